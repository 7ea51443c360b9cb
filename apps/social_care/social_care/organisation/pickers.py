"""Choosing a unit or an institution: any words of the name, in any spelling, with the path in the tree beside it."""

import frappe
from frappe.query_builder import DocType

from social_care.registry.arabic import normalise
from social_care.registry.search import as_filters, name_filters

TITLES = {"Org Unit": "unit_name", "Institution": "institution_name"}
BETWEEN = " ‹ "


@frappe.whitelist()
@frappe.validate_and_sanitize_search_inputs
def pick(
	doctype: str, txt: str, searchfield: str, start: int, page_len: int, filters: dict | list | None = None
) -> list[tuple]:
	"""(name, title, path) of units or institutions for a link field, within the caller's scope; two queries."""
	title, given = TITLES[doctype], as_filters(doctype, filters)
	found = {"filters": given + name_filters("search_name", txt)}
	if txt and txt.isascii():  # a code, or a name in Latin letters
		either = [["name", "like", f"%{txt}%"], [f"{title}_en", "like", f"%{txt}%"]]
		found = {"filters": given, "or_filters": [*either, ["search_name", "like", f"%{normalise(txt)}%"]]}
	rows = frappe.get_list(
		doctype,
		**found,
		fields=["name", title],
		limit_start=start,
		limit_page_length=page_len,
		order_by=f"{title} asc",
		as_list=True,
	)
	paths = PATHS[doctype]([row[0] for row in rows]) if rows else {}
	return [(name, shown, paths.get(name, "")) for name, shown in rows]


def unit_paths(names: list[str]) -> dict[str, str]:
	"""The units above each, the highest first: governorate's directorate ‹ administration."""
	unit, above, over, top = (DocType("Org Unit").as_(alias) for alias in ("unit", "above", "over", "top"))
	rows = (
		frappe.qb.from_(unit)
		.left_join(above)
		.on(above.name == unit.parent_org_unit)
		.left_join(over)
		.on(over.name == above.parent_org_unit)
		.left_join(top)
		.on(top.name == over.parent_org_unit)
		.select(unit.name, top.unit_name, over.unit_name, above.unit_name)
		.where(unit.name.isin(names))
		.run()
	)
	return {row[0]: _path(row[1:]) for row in rows}


def institution_paths(names: list[str]) -> dict[str, str]:
	"""Governorate ‹ supervising unit."""
	home, unit, governorate = (DocType(name) for name in ("Institution", "Org Unit", "Governorate"))
	rows = (
		frappe.qb.from_(home)
		.left_join(unit)
		.on(unit.name == home.org_unit)
		.left_join(governorate)
		.on(governorate.name == home.governorate)
		.select(home.name, governorate.governorate_name, unit.unit_name)
		.where(home.name.isin(names))
		.run()
	)
	return {row[0]: _path(row[1:]) for row in rows}


def _path(names: tuple[str | None, ...]) -> str:
	return BETWEEN.join(name for name in names if name)


PATHS = {"Org Unit": unit_paths, "Institution": institution_paths}


def ensure_search_names() -> None:
	"""Search keys of units and institutions that were stored before there were any; running it again changes nothing."""
	for doctype, title in TITLES.items():
		rows = frappe.get_all(doctype, filters={"search_name": ["is", "not set"]}, fields=["name", title])
		for row in rows:
			frappe.db.set_value(
				doctype, row.name, "search_name", normalise(row[title]), update_modified=False
			)

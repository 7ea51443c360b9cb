"""Where a citizen's request goes: an office of his governorate, or the institution that it is about.

Offices and institutions are given with their public names only. Institutions of kinds that are not named in public
(shelters) are not on the list, nor are those that do not operate.
"""

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.utils import nowdate

from social_care.services.packs.definition import fields_of
from social_care.setup.tables import table

UNIT, INSTITUTION = "unit", "institution"
LEVELS = {
	"national": ("Headquarters",),
	"directorate": ("Directorate",),
	"district": ("Social Administration", "Social Unit", "Office"),
}


class PlaceError(frappe.ValidationError):
	"""No office or institution that takes requests of this service."""


def governorates() -> list[tuple[str, str]]:
	"""(code, name) in alphabetical order; a reference table."""
	rows = frappe.get_all(
		"Governorate",
		filters={"is_governorate": 1},
		fields=["name", "governorate_name"],
		order_by="governorate_name asc",
	)
	return [(row.name, row.governorate_name) for row in rows]


def known(governorate: str) -> str:
	"""The code of a governorate. Raises PlaceError where there is none of this code."""
	if governorate not in {code for code, _name in governorates()}:
		frappe.throw(_("Choose the governorate first."), PlaceError, title=_("Request"))
	return governorate


def levels_of(pack: dict) -> set[str]:
	"""Levels of the roles that take in requests of the service (setup/data/roles.csv)."""
	level = {row["role"]: row["level"] for row in table("roles")}
	return {level.get(row["role"], "") for row in pack["access"] if "create" in row["rights"]}


def asks_for_institution(pack: dict) -> bool:
	"""Whether the citizen may choose an institution: the service is about one, or about a child who lives in one."""
	about_child = pack["subject"] == "child" and "institution" in pack["channels"]
	return about_child or pack["subject"] == "institution" or levels_of(pack) == {"institution"}


def choices(pack: dict, governorate: str) -> list[dict]:
	"""[{"title", "rows": [[key, name]]}] for the list of the page; empty groups are left out."""
	groups = []
	if asks_for_institution(pack):
		groups.append({"title": _("Institutions"), "rows": institutions(governorate)})
	groups.append({"title": _("Offices"), "rows": offices(pack, governorate)})
	return [group for group in groups if group["rows"]]


def institutions(governorate: str) -> list[list[str]]:
	"""Operating institutions of the governorate by their names."""
	home, kind = DocType("Institution"), DocType("Institution Type")
	rows = (
		frappe.qb.from_(home)
		.join(kind)
		.on(kind.name == home.institution_type)
		.select(home.name, home.institution_name)
		.where(home.governorate == str(governorate))
		.where(home.status == "Operating")
		.where(kind.kept_private == 0)
		.orderby(home.institution_name)
		.run()
	)
	return [[f"{INSTITUTION}:{name}", title] for name, title in rows]


def institutions_for(pack: dict, governorate: str) -> list[list[str]]:
	"""Institutions of a governorate, where a field of the form asks for one."""
	asked = any(
		field["target"] == "Institution" and field["filled_by"] == "applicant" for field in fields_of(pack)
	)
	return institutions(governorate) if asked else []


def offices(pack: dict, governorate: str) -> list[list[str]]:
	"""Offices of the governorate at the level that takes in; the directorate where there is none, then headquarters."""
	taking = levels_of(pack)
	for level in ("district", "directorate", "national"):
		if level in taking or level != "district":
			rows = _units(LEVELS[level], "" if level == "national" else str(governorate))
			if rows:
				return rows
	return []


def _units(levels: tuple[str, ...], governorate: str) -> list[list[str]]:
	unit, above = DocType("Org Unit"), DocType("Org Unit").as_("above")
	query = (
		frappe.qb.from_(unit)
		.left_join(above)
		.on(above.name == unit.parent_org_unit)
		.select(unit.name, unit.unit_name, unit.level, above.unit_name)
		.where(unit.level.isin(levels))
		.where((unit.valid_from.isnull()) | (unit.valid_from <= nowdate()))
		.where((unit.valid_to.isnull()) | (unit.valid_to >= nowdate()))
		.orderby(unit.lft)
	)
	query = query.where(unit.governorate == governorate) if governorate else query
	return [[f"{UNIT}:{name}", _named(title, level, over)] for name, title, level, over in query.run()]


def _named(title: str, level: str, above: str | None) -> str:
	return f"{title} ({above})" if above and level in ("Social Unit", "Office") else title


def place_of(pack: dict, governorate: str, key: str) -> dict[str, str | None]:
	"""{org_unit, institution} behind a choice of the list. Raises PlaceError for what does not stand on it."""
	listed = {row[0] for group in choices(pack, governorate) for row in group["rows"]}
	if key not in listed:
		frappe.throw(_("Choose the office that handles the request."), PlaceError, title=_("Request"))
	kind, _colon, name = key.partition(":")
	if kind == UNIT:
		return {"org_unit": name, "institution": None}
	return {"org_unit": frappe.db.get_value("Institution", name, "org_unit"), "institution": name}

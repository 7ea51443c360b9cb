"""Children in care by orphanhood, parentage or how they came, at the places of a reader who reads that level of the file.

Every number is made from the filters of a list, so it opens as many files; what is not recorded is a column of its own.
"""

import frappe
from frappe import _
from frappe.utils import add_days, add_years, nowdate

from social_care.governance.indicators import public
from social_care.prints import report
from social_care.prints.layout import Layout, as_of
from social_care.registry import census, levels, small_numbers
from social_care.registry.dashboards.completeness import IN_CARE
from social_care.registry.dashboards.rows import Filters, Reach, grouped, number_of, opened, own_rows

TITLE = "Children by Orphanhood and Parentage"
AXES = {"Orphanhood": "orphanhood", "Parentage": "parentage", "How the Child Came": "how_found"}
BY = {"Governorate": "governorate", "Institution": "institution", "Sex": "sex"}
AGE = "Age Band"
NARROWED = ("governorate", "institution", "sex")
NAMES = {
	"governorate": ("Governorate", "governorate_name"),
	"institution": ("Institution", "institution_name"),
}
PRINTED_FILTERS = {
	"told_by": ("Columns", None),
	"by": ("Rows", None),
	"sex": ("Sex", None),
	"for_publication": ("For Publication", report.TICK),
}


class OrphansReportError(frappe.ValidationError):
	"""Rows and columns that tell the same."""


def execute(filters: dict | None = None) -> tuple:
	"""A row a place, sex, age band or value of another axis, and their sum; how many children are in care beside it."""
	asked = validate_filters(filters or {})
	files = own_rows("Child")
	rows = get_data(asked, files) if files else []
	if not rows:
		return get_columns(asked), [], nothing()
	limit = public.limit() if asked.for_publication else 0
	if limit:
		rows = small_numbers.hidden(rows, [*categories(asked.field), "children"], limit)
	summary = [] if limit else get_summary(asked, files)
	return get_columns(asked), rows, small_numbers.note(limit), None, summary


def nothing() -> str:
	return _("There are no children in care at your places with these filters.")


def validate_filters(filters: dict) -> frappe._dict:
	"""The axis of the columns and that of the rows. Raises PermissionError for whoever does not read parentage."""
	if not levels.readable(levels.PARENTAGE):
		frappe.throw(
			_("Orphanhood and parentage are told to readers of that level of a child's file."),
			frappe.PermissionError,
			title=_(TITLE),
		)
	asked = frappe._dict(filters)
	asked.field = AXES.get(asked.told_by or "Orphanhood", "orphanhood")
	asked.by = asked.by if asked.by in {*BY, *AXES, AGE} else "Governorate"
	if AXES.get(asked.by) == asked.field:
		frappe.throw(
			_("Rows and columns are the same. Please choose another."), OrphansReportError, title=_(TITLE)
		)
	asked.base = IN_CARE | {name: asked[name] for name in NARROWED if asked.get(name)}
	return asked


def values_of(field: str) -> list[str]:
	"""The values that a file can hold."""
	return [value for value in frappe.get_meta("Child").get_field(field).options.split("\n") if value]


def categories(field: str) -> dict[str, Filters]:
	"""Counted columns: each value of the field, and at last whatever is none of them."""
	known = values_of(field)
	found: dict[str, Filters] = {frappe.scrub(value): {field: value} for value in known}
	return found | {"not_recorded": {field: ["not in", known]}}


def get_columns(asked: dict) -> list[dict]:
	kind = "Data" if asked.for_publication else "Int"
	labels = {frappe.scrub(value): _(value) for value in values_of(asked.field)}
	labels |= {"not_recorded": _("Not Recorded"), "children": _("Children in Care")}
	return [{"fieldname": "title", "label": _(asked.by), "fieldtype": "Data", "width": 230}] + [
		{"fieldname": name, "label": label, "fieldtype": kind, "width": 125, "align": "right"}
		for name, label in labels.items()
	]


def get_data(asked: dict, files: Reach) -> list[dict]:
	"""One query for the numbers, whatever the number of rows, and one for the names of places."""
	if asked.by == AGE:
		rows = _by_age(asked, files)
	else:
		rows = _by_column(asked, files, BY.get(asked.by) or AXES[asked.by])
	counted = [row for row in rows if row["children"]]
	if not counted:
		return []
	names = [*categories(asked.field), "children"]
	sums = {name: sum(row[name] for row in counted) for name in names}
	return [*counted, {"title": _("Total"), **sums, "opens": _opens(asked, files, {}), **census.TOTAL}]


def _by_column(asked: dict, files: Reach, column: str) -> list[dict]:
	told = categories(asked.field)
	measures = {name: number_of("Child", asked.base | own, asked.base) for name, own in told.items()}
	groups: dict[str, dict] = {}  # an empty and a missing value are one
	for row in grouped(files, asked.base, measures | {"children": "count(*)"}, column):
		kept = groups.setdefault(row.key or "", dict.fromkeys([*told, "children"], 0))
		for name in kept:
			kept[name] += int(row[name])
	titles = _titles(column, list(groups))
	return [
		{
			"title": titles[key],
			**groups[key],
			"opens": _opens(asked, files, {column: key or ["is", "not set"]}),
		}
		for key in sorted(groups, key=lambda key: (not key, key if column in BY.values() else titles[key]))
	]


def _titles(column: str, keys: list[str]) -> dict[str, str]:
	"""What rows are called; names of places that the reader's scope has let through."""
	named = dict.fromkeys(keys, "") | {key: _(key) for key in keys if key}
	if column in NAMES:
		doctype, title = NAMES[column]
		names = frappe.get_all(
			doctype, {"name": ["in", keys or [""]]}, ["name", title], as_list=True, order_by=None
		)
		named |= dict(names)
	return {key: title or _("Not Recorded") for key, title in named.items()}


def bands() -> dict[str, Filters]:
	"""The age bands of the settings as birth dates, the youngest first; each begins where the one before it ends."""
	rows = sorted(frappe.get_cached_doc("Social Care Settings").age_bands, key=lambda row: row.age_from)
	return {
		row.band_label: {
			"birth_date": [
				"between",
				[
					str(add_days(add_years(nowdate(), -row.age_below), 1)),
					str(add_years(nowdate(), -row.age_from)),
				],
			]
		}
		for row in rows
	}


def _by_age(asked: dict, files: Reach) -> list[dict]:
	"""What lies in no band, as an unknown age does, is a row of its own."""
	told = categories(asked.field) | {"children": {}}
	found = bands()
	measures = {
		f"b{place}_{name}": number_of("Child", asked.base | band | own, asked.base)
		for place, band in enumerate(found.values())
		for name, own in told.items()
	}
	measures |= {name: number_of("Child", asked.base | own, asked.base) for name, own in told.items()}
	(row,) = grouped(files, asked.base, measures)
	rows = [
		{
			"title": title,
			**{name: int(row[f"b{place}_{name}"]) for name in told},
			"opens": _opens(asked, files, band),
		}
		for place, (title, band) in enumerate(found.items())
	]
	rest = {name: int(row[name]) - sum(one[name] for one in rows) for name in told}
	return [*rows, {"title": _("Age not known"), **rest}]


def _opens(asked: dict, files: Reach, of_row: Filters) -> dict:
	"""The list behind each number of a row; none where the figures are meant for outside."""
	if asked.for_publication:
		return {}
	told = categories(asked.field) | {"children": {}}
	lists = {name: opened(files, asked.base | of_row | own) for name, own in told.items()}
	return {name: found for name, found in lists.items() if found}


def get_summary(asked: dict, files: Reach) -> list[dict]:
	"""Children in care as every other figure counts them, and of how many the axis is not recorded."""
	measures = {
		"children": "count(*)",
		"lacking": number_of("Child", asked.base | categories(asked.field)["not_recorded"], asked.base),
	}
	(row,) = grouped(files, asked.base, measures)
	return [
		{"label": _("Children in Care"), "value": int(row.children), "datatype": "Int"},
		{"label": _("Not Recorded"), "value": int(row.lacking), "datatype": "Int"},
	]


def print_layout(filters: dict) -> Layout:
	asked = validate_filters(filters)
	note = small_numbers.note(public.limit() if asked.for_publication else 0)
	said = note or _("Whole numbers, for use inside the ministry. For others tick «For Publication».")
	shown = {"told_by": asked.told_by or "Orphanhood", "by": asked.by}
	facts = report.facts({**filters, **shown}, report.FILTERS | PRINTED_FILTERS)
	return Layout.of(filters, period=as_of(None), landscape=True, numbered=False, facts=facts, notes=[said])

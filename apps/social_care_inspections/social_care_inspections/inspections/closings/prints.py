"""The file of a closing and the table of its children, as official prints. What a child said stays in its row."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, format_date, format_datetime, get_fullname
from social_care.prints.digits import in_digits
from social_care.prints.sheet import sheet, speak_arabic

from social_care_inspections.inspections.closings import states

FILE, TABLE = "Closing File", "Table of Re-placements"
GROUPS = {
	"Reason and Result": (
		"institution_name",
		"institution_type",
		"reason",
		"reason_details",
		"expected_result",
		"successor",
	),
	"Order of the Closing": (
		"decision_number",
		"decision_date",
		"decision_authority",
		"ordered_by",
		"ordered_on",
	),
	"Interim Supervision": ("supervisor_name", "supervisor_job", "supervision_from"),
	"Decision of the Committee": (
		"committee",
		"plan_decision_number",
		"plan_decision_date",
		"plan_legal_opinion",
		"plan_opinion_by",
		"plan_approved_by",
	),
	"Handing Over": ("files_receiver", "savings_receiver", "licence_cancelled_on", "no_assets_reason"),
	"End of the Closing": ("completed_by", "completed_on", "completion_note", "closing_reason"),
}
TEXTS = ("memo", "legal_opinion")
SIGNATURES = ("Prepared By", "Director of the Directorate", "Seal")
CHILD = ("sex", "age", "next_place", "to_institution_name", "distance_km", "status")
TITLES = {
	"Institution": "institution_name",
	"Institution Type": "type_name",
	"Org Unit": "unit_name",
	"Governorate": "governorate_name",
}


def closing_file(case: Document) -> dict:
	"""Everything the file shows: {sheet, sections, texts, steps, children, assets, workers, signatures}."""
	speak_arabic()
	sections = [
		{"title": _(title), "rows": rows}
		for title, names in GROUPS.items()
		if (rows := facts_of(case, names))
	]
	shown = {
		"sections": sections,
		"texts": [
			{"title": _(case.meta.get_label(field)), "text": case.get(field)}
			for field in TEXTS
			if case.get(field)
		],
		"steps": [step(row) for row in case.steps],
		"counts": counts(plan_rows(case)),
		"assets": [asset(row) for row in case.assets],
		"workers": workers(case.institution),
		"signatures": [_(text) for text in SIGNATURES],
	}
	return shown | {"sheet": head(case, FILE, _("File of the Closing of an Institution"), shown)}


def replacement_table(case: Document) -> dict:
	"""Everything the table shows: {sheet, columns, children, counts, signatures}; refused before there are rows."""
	speak_arabic()
	rows = frappe.get_list(
		states.PLAN,
		filters={"closing_case": case.name},
		fields=["name", "child", "keeps_school", "in_school", *CHILD],
		order_by="child asc",
		limit_page_length=0,
	)
	if not rows:
		frappe.throw(_("This closing has no plan for its children yet."), title=_(TABLE))
	names = names_of([row.child for row in rows])
	shown = {
		"decision": facts_of(case, GROUPS["Decision of the Committee"]),
		"children": [child(number, row, names) for number, row in enumerate(rows, 1)],
		"counts": counts(rows),
		"signatures": [_(text) for text in ("Secretary of the Committee", "Head of the Committee", "Seal")],
	}
	return shown | {
		"sheet": head(case, TABLE, _("Where the Children of an Institution under Closing Go"), shown)
	}


def head(case: Document, kind: str, title: str, shown: dict) -> dict:
	period = _("Closing Case") + f": {case.name} – {_(case.status)}"
	return sheet(kind, title, shown, case.org_unit, case.institution_name, period)


def facts_of(case: Document, names: tuple[str, ...]) -> list[dict]:
	return [
		{"label": _(case.meta.get_label(field)), "value": in_digits(said(case, field))}
		for field in names
		if case.get(field) not in (None, "", 0)
	]


def said(case: Document, field: str) -> str:
	"""A value in Arabic words: dates, options, the titles of linked records."""
	df, value = case.meta.get_field(field), case.get(field)
	if df.fieldtype == "Date":
		return format_date(value)
	if df.fieldtype == "Datetime":
		return format_datetime(value)
	if df.fieldtype == "Select":
		return _(value)
	if df.fieldtype == "Check":
		return _("Yes")
	if df.fieldtype == "Link":
		return get_fullname(value) if df.options == "User" else title_of(df.options, value)
	return str(value)


def title_of(doctype: str, name: str) -> str:
	"""What a linked record is called; its code where it has no other name."""
	return (doctype in TITLES and frappe.db.get_value(doctype, name, TITLES[doctype])) or name


def step(row: Document) -> list[str]:
	"""Title, owner, due day, day done."""
	done = format_date(row.done_on) if row.done else ""
	return [row.title, _(row.owner_role), *(in_digits(text) for text in (format_date(row.due_on), done))]


def asset(row: Document) -> list[str]:
	cells = (row.asset, row.quantity and f"{row.quantity:g}", _(row.condition or ""), row.custodian)
	day = format_date(row.handed_over_on) if row.handed_over_on else ""
	return [in_digits(str(cell or "")) for cell in (*cells, day)]


def workers(institution: str) -> list[list[str]]:
	"""Name, job, since when, and whether he may work in care: whoever is excluded is marked for the next employer."""
	rows = frappe.get_list(
		"Institution Worker",
		filters={"institution": institution, "to_date": ["is", "not set"]},
		fields=["full_name", "job", "from_date", "clearance"],
		order_by="full_name asc",
		limit_page_length=0,
	)
	return [[row.full_name, row.job, in_digits(format_date(row.from_date)), _(row.clearance)] for row in rows]


def plan_rows(case: Document) -> list[dict]:
	return frappe.get_list(
		states.PLAN, filters={"closing_case": case.name}, fields=["next_place", "status"], limit_page_length=0
	)


def counts(rows: list[dict]) -> list[dict]:
	"""Children of the plan by their next place, and how many of them have moved."""
	places = (states.FAMILY, states.KAFALA, states.SMALL_HOME, states.OTHER, states.INDEPENDENT)
	found = [(_(place), sum(row.next_place == place for row in rows)) for place in places]
	found.append((_("Not Decided Yet"), sum(not row.next_place for row in rows)))
	found.append((_("Moved"), sum(row.status == states.MOVED for row in rows)))
	return [{"label": label, "value": in_digits(str(number))} for label, number in found if number]


def names_of(children: list[str]) -> dict[str, str]:
	"""Names of the children whose files the reader may open; of others the code alone."""
	rows = frappe.get_list("Child", {"name": ["in", children]}, ["name", "full_name"], limit_page_length=0)
	return {row.name: row.full_name for row in rows}


def child(number: int, row: dict, names: dict[str, str]) -> list[str]:
	"""Number, code, name, sex, age, next place, institution, kilometres, school, state."""
	moves = row.in_school and row.next_place
	school = "" if not moves else _("Keeps the School") if cint(row.keeps_school) else _("Changes School")
	far = f"{row.distance_km:.0f}" if row.distance_km else ""
	cells = (
		str(number),
		row.child,
		names.get(row.child, ""),
		_(row.sex or ""),
		str(row.age),
		_(row.next_place or ""),
	)
	return [in_digits(cell) for cell in (*cells, row.to_institution_name or "", far, school, _(row.status))]

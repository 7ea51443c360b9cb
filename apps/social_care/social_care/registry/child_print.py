"""Data of the prints of a child's file. What the reader may not see, and what may not leave care, is not in it."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, format_date

from social_care.prints.digits import in_digits
from social_care.prints.sheet import sheet, speak_arabic
from social_care.registry import levels, national_number
from social_care.registry.child_file import history
from social_care.registry.kin import siblings

# Decree 1143/2020 and the Child Law: a print for the child, school or employer shows neither parentage, finding
# record, reason of admission, religion nor health.
EXTERNAL = {
	"Name and Birth": (
		"full_name",
		"nickname",
		"sex",
		"birth_date",
		"birth_place",
		"birth_governorate",
		"nationality",
	),
	"National Number": ("national_number",),
	"Care": ("institution", "admission_date"),
}
INTERNAL = {
	"Name and Birth": (*EXTERNAL["Name and Birth"], "religion"),
	"National Number": ("national_number", "national_number_status", "national_number_reason"),
	"Parentage": ("parentage", "how_found", "orphanhood", "legal_status", "mother_full_name", "family"),
	"Finding Record": (
		*("finding_record_number", "finding_record_date", "finding_police_station", "finding_place"),
		*("age_estimation_date", "name_giving_date", "registry_entry_date"),
	),
	"Admission to Care": (
		"admission_reason",
		"referral_authority",
		"admission_date",
		"decision_number",
		"decision_date",
		"decision_authority",
	),
	"Care": ("institution", "org_unit", "governorate", "care_type", "room_group", "caregiver"),
	"Health": (
		"blood_group",
		"health_insurance_number",
		"chronic_conditions",
		"medicines",
		"disability",
		"services_card_number",
	),
	"Wishes and Future": ("hobbies", "child_view", "savings_account"),
	"Review": ("file_state", "submitted_on", "reviewed_on", "approved_on"),
}
TABLES = {
	"identity_papers": ("paper_kind", "paper_number", "issue_date", "health_office", "civil_registry_office"),
	"education_records": ("school_year", "stage", "grade", "school_name", "enrolment_status", "result"),
	"health_records": ("record_date", "record_kind", "finding", "provider", "next_date"),
}
SCHOOL_ONLY = {"education_records": TABLES["education_records"]}


def child_print(child: Document, internal: bool) -> dict:
	"""Everything a print of the file shows: {sheet, code, note, sections, tables, placements, photo}."""
	speak_arabic()
	readable = levels.read_levels()
	shown = {
		"code": child.name,
		"sections": _sections(child, INTERNAL if internal else EXTERNAL, readable, internal),
		"tables": _tables(child, TABLES if internal else SCHOOL_ONLY, readable)
		+ (_siblings(child) if internal else []),
		"placements": _placements(child) if internal else [],
		"note": _note(internal),
	}
	kind = "Child File Internal" if internal else "Child File External"
	title = _("Child's File") if internal else _("Child Data Card")
	head = sheet(
		kind, title, shown, child.org_unit, child.institution_name or "", _("File Code") + f": {child.name}"
	)
	return shown | {"sheet": head, "photo": child.photo if levels.PAPERS in readable else None}


def _note(internal: bool) -> str:
	if internal:
		return in_digits(
			_("For official use inside the ministry only. It holds sensitive data under Law 151 of 2020.")
		)
	return _("Issued on request of the institution for the body concerned.")


def _sections(child: Document, groups: dict, levels: set[int], internal: bool) -> list[dict]:
	sections = []
	for title, fields in groups.items():
		rows = [
			{"label": _(df.label), "value": _value(child, df, internal)}
			for field in fields
			if (df := child.meta.get_field(field))
			and (df.permlevel or 0) in levels
			and child.get(field) not in (None, "")
		]
		if rows:
			sections.append({"title": _(title), "rows": rows})
	return sections


def _value(doc: Document, df, internal: bool = True) -> str:
	value = doc.get(df.fieldname)
	if df.fieldname == "national_number" and not internal:
		visible = cint(frappe.get_cached_doc("Social Care Settings").nid_visible_digits)
		return in_digits(national_number.mask(value, visible))
	if df.fieldtype == "Select":
		return _(value)
	if df.fieldtype == "Link":
		return _title(df.options, value)
	if df.fieldtype == "Date":
		return in_digits(format_date(value))
	shown = frappe.format(value, df) if df.fieldtype in ("Datetime", "Currency", "Percent") else str(value)
	return in_digits(shown)


def _title(doctype: str, name: str) -> str:
	field = frappe.get_meta(doctype).title_field
	return _(frappe.db.get_value(doctype, name, field) or name) if field else _(name)


def _tables(child: Document, tables: dict, levels: set[int]) -> list[dict]:
	found = []
	for table, columns in tables.items():
		holder = child.meta.get_field(table)
		if child.get(table) and (holder.permlevel or 0) in levels:
			fields = [
				df
				for df in map(frappe.get_meta(holder.options).get_field, columns)
				if (df.permlevel or 0) in levels
			]
			rows = [
				[_value(row, df) if row.get(df.fieldname) else "" for df in fields]
				for row in child.get(table)
			]
			found.append({"title": _(holder.label), "headings": [_(df.label) for df in fields], "rows": rows})
	return found


def _siblings(child: Document) -> list[dict]:
	"""Siblings in care as the reader may see them, under the level of the family; of those elsewhere whom to ask."""
	rows = [
		[
			row.name,
			row.full_name,
			_(row.sex),
			in_digits(str(row.age or "")),
			row.institution_name or _(row.care_type),
		]
		if not row.get("elsewhere")
		else ["", _("In care elsewhere"), "", "", row["ask"]]
		for row in siblings.shown_to_reader(child)
	]
	headings = [_("Code"), _("Name"), _("Sex"), _("Age"), _("Where Now")]
	return [{"title": _("Siblings in Care"), "headings": headings, "rows": rows}] if rows else []


def _placements(child: Document) -> list[list[str]]:
	return [
		[
			row.place,
			_(row.movement),
			in_digits(format_date(row.from_date)),
			in_digits(format_date(row.to_date)) if row.to_date else _("Current"),
			in_digits(row.decision_number or ""),
		]
		for row in history(child.name)
	]

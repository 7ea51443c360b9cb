"""Two records side by side, as far as the reviewer may read their fields."""

import json

import frappe
from frappe import _
from frappe.model.document import Document

from social_care.registry.changes import differs
from social_care.registry.levels import PAPERS, PARENTAGE, read_levels
from social_care.registry.matching import model
from social_care.registry.merging import guard, history, merge, values

# Words of the levels, and the protection level of the field that they tell of.
REASONS = {
	("name", "same"): "The names are the same",
	("name", "other_order"): "The parts of the name stand in another order",
	("name", "part_missing"): "A part of the name is missing",
	("name", "spelled_alike"): "The names differ in a letter or two",
	("name", "part_missing_and_spelled_alike"): "A part of the name is missing and another differs",
	("name", "first_name_spelled_alike"): "The first names differ in one letter",
	("name", "same_lineage"): "Father, grandfather and family are the same",
	("name", "first_and_father"): "First name and father's name are the same",
	("name", "first_only"): "The first names are the same",
	("birth", "same"): "The birth dates are the same",
	("birth", "day_and_month_turned"): "Day and month of birth are exchanged",
	("birth", "one_digit"): "The birth dates differ in one digit",
	("birth", "same_month"): "Month and year of birth are the same",
	("birth", "same_year"): "The year of birth is the same",
	("number", "same"): "The national numbers are the same",
	("number", "one_digit"): "The national numbers differ in one digit",
	("number", "two_digits"): "The national numbers differ in two digits",
	("number", "same_end"): "The national numbers end alike",
	("mother", "same"): "The mothers' names are the same",
	("mother", "part_missing"): "A part of the mother's name is missing",
	("mother", "spelled_alike"): "The mothers' names differ in a letter or two",
}
LEVELS = {model.NUMBER: PAPERS, model.MOTHER: PARENTAGE}


def panel(candidate: Document) -> dict:
	"""What the review shows: reasons, rows of values, the two files, whether the histories can be joined, and a proposal."""
	one, other = (frappe.get_doc("Person", name) for name in (candidate.person, candidate.other_person))
	files = [merge.file_of(person.name) for person in (one, other)]
	for doc in (one, other):
		doc.check_permission("read")
	guard.check_files([one.name, other.name], "read")
	return {
		"reasons": reasons(candidate),
		"rows": rows(one, other, files),
		"files": [_file(name) for name in files],
		"history": _history(files),
		"proposal": proposal(candidate.name),
		"four_eyes": merge.four_eyes(),
	}


def reasons(candidate: Document) -> list[str]:
	"""Why the two may be one, in words; only of fields that the reader may read."""
	found, readable = json.loads(candidate.levels or "{}"), read_levels("Child")
	keys = [(name, key) for name, key in found.items() if LEVELS.get(name, 0) in readable]
	return [_(REASONS[key]) for key in keys if key in REASONS]


def of_merge(doc: Document) -> list[dict]:
	"""The rows of a proposed merge, the one that stays first, with the side that was picked («at»: 0 or 1); nothing of files
	that the reader may not read."""
	persons, files = [doc.survivor, doc.merged], [doc.survivor_child, doc.merged_child]
	if doc.status != merge.PROPOSED or not guard.reaches(persons, "read"):
		return []
	chosen = json.loads(
		frappe.db.get_value("Person Merge", doc.name, "chosen") or "{}"
	)  # of rows alone, below
	both = [frappe.get_doc("Person", name) for name in persons]
	docs = [frappe.get_doc("Child", name) for name in files] if all(files) else both
	return [
		row | {"at": int(values.side(*docs, row["field"], chosen) == values.MERGED)}
		for row in rows(*both, files)
	]


def rows(one: Document, other: Document, files: list[str | None]) -> list[dict]:
	"""[{field, label, type, values, differs}] of what can be picked, in the order of the form."""
	both = all(files)
	docs = [frappe.get_doc("Child", name) for name in files] if both else [one, other]
	meta, readable = docs[0].meta, read_levels(docs[0].doctype)
	wanted = set(values.chosen_fields(has_files=both))
	return [
		{
			"field": df.fieldname,
			"label": _(df.label),
			"type": df.fieldtype,
			"values": [_shown(df, doc.get(df.fieldname)) for doc in docs],
			"differs": differs(docs[0], docs[1], df.fieldname),
		}
		for df in meta.fields
		if df.fieldname in wanted and df.permlevel in readable and any(doc.get(df.fieldname) for doc in docs)
	]


def _shown(df, value) -> str:
	if value in (None, ""):
		return ""
	if df.fieldtype == "Check":
		return _("Yes") if value else _("No")
	if df.fieldtype == "Select":
		return _(value)
	if df.fieldtype == "Link" and df.options == "Governorate":
		return frappe.db.get_value("Governorate", value, "governorate_name") or value
	if df.fieldtype == "Link":
		return _(value)
	return frappe.format(value, df) if df.fieldtype in ("Date", "Datetime", "Currency") else str(value)


def _file(name: str | None) -> dict | None:
	if not name:
		return None
	fields = ["name", "file_state", "institution_name", "admission_date", "life_state"]
	found = frappe.get_list("Child", {"name": name}, fields, limit_page_length=1)
	return found[0] if found else None


def _history(files: list[str | None]) -> dict:
	if not all(files):
		return {"needed": False}
	return {"needed": True, "obstacle": history.obstacle(*files), "choices": list(history.CHOICES)}


def proposal(candidate: str) -> dict | None:
	"""The merge of the pair that waits or was done, as far as the reader sees it."""
	fields = ["name", "status", "survivor", "merged", "history", "reason", "proposed_by", "proposed_on"]
	found = frappe.get_list(
		"Person Merge",
		{"candidate": candidate, "status": ["in", [merge.PROPOSED, merge.DONE]]},
		fields,
		order_by="creation desc",
		limit_page_length=1,
	)
	return found[0] if found else None

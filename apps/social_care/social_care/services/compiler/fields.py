"""Fields of the record type: those that every request has, and those of the pack."""

from collections.abc import Iterator

from social_care.services.compiler.artefacts import Row
from social_care.services.compiler.texts import Texts
from social_care.services.packs.fact_names import SUBJECT_FIELDS
from social_care.services.packs.javascript import as_javascript

FIELD_TYPES = {
	"text": "Data",
	"long_text": "Small Text",
	"integer": "Int",
	"number": "Float",
	"money": "Currency",
	"percent": "Percent",
	"date": "Date",
	"time": "Time",
	"datetime": "Datetime",
	"yes_no": "Check",
	"choice": "Select",
	"link": "Link",
	"phone": "Data",
	"email": "Data",
	"table": "Table",
}
LISTED = 4
# Whom the request is about in the applicant's own words; who that is in the register is found by the office.
SAID = {
	"child": "Child's Name as Written by the Applicant",
	"association": "Association's Name as Written by the Applicant",
}
DEFAULTS: Row = {
	"options": None,
	"reqd": 0,
	"read_only": 0,
	"hidden": 0,
	"permlevel": 0,
	"in_list_view": 0,
	"no_copy": 0,
	"in_standard_filter": 0,
	"search_index": 0,
	"depends_on": None,
	"mandatory_depends_on": None,
	"length": 0,
	"description": None,
	"default": None,
	"label": None,
	"non_negative": 0,
	"unique": 0,
	"collapsible": 0,
	"read_only_depends_on": None,
	"ignore_user_permissions": 0,
}


def df(fieldname: str, fieldtype: str, label: str = "", **more) -> Row:
	"""A field with every property that the compiler decides."""
	return {**DEFAULTS, "fieldname": fieldname, "fieldtype": fieldtype, "label": label, **more}


KEPT: Row = {"read_only": 1, "no_copy": 1}
CHANNELS = "Service Counter\nCitizen\nInstitution\nHeadquarters"


def head(pack: dict) -> Iterator[Row]:
	"""What every request begins with. Texts are the app's own, translated in its files."""
	yield from _standing()
	yield from _place(pack)
	yield from _applicant(pack)
	yield from _subject(pack)


def _standing() -> Iterator[Row]:
	yield df("request_section", "Section Break", "Request")
	yield df("status", "Select", "Status", **KEPT, in_list_view=1, in_standard_filter=1, search_index=1)
	yield df("submitted_on", "Datetime", "Submitted On", **KEPT)
	yield df("due_on", "Date", "Due On", **KEPT, in_list_view=1, search_index=1)
	yield df("overdue", "Check", "Overdue", **KEPT, in_standard_filter=1)


def _place(pack: dict) -> Iterator[Row]:
	yield df("request_column", "Column Break")
	yield df("org_unit", "Link", "Office", options="Org Unit", search_index=1, in_standard_filter=1)
	yield df("institution", "Link", "Institution", options="Institution", search_index=1)
	if pack["second_unit"]:
		yield df("second_unit", "Link", "Second Unit", options="Org Unit", search_index=1, **KEPT)
	yield df("channel", "Select", "Channel", options=CHANNELS, **KEPT)
	hidden = 0 if pack["priority"] else 1
	yield df("priority_points", "Int", "Priority Points", **KEPT, hidden=hidden, search_index=1)


def _applicant(pack: dict) -> Iterator[Row]:
	by_number = "applicant_national_number"
	yield df("applicant_section", "Section Break", "Applicant")
	yield df("applicant_name", "Data", "Applicant's Name", in_list_view=0 if pack["confidential"] else 1)
	yield df("applicant_national_number", "Data", "National Number", permlevel=1, length=20)
	yield df("applicant_birth_date", "Date", "Birth Date", read_only_depends_on=by_number)
	yield df("applicant_sex", "Select", "Sex", options="\nMale\nFemale", read_only_depends_on=by_number)
	yield df("applicant_column", "Column Break")
	yield df("applicant_phone", "Data", "Telephone", length=30)
	yield df("applicant_email", "Data", "E-mail", options="Email")
	yield df("person", "Link", "Person", options="Person", **KEPT, search_index=1)
	yield df("receipt", "Link", "Receipt", options="Service Receipt", search_index=1, no_copy=1)


def _subject(pack: dict) -> Iterator[Row]:
	"""Whom the request is about, where that is not the applicant."""
	if pack["subject"] in SAID:
		by_applicant = "eval:doc.channel=='Citizen'"
		yield df("subject_said", "Data", SAID[pack["subject"]], read_only_depends_on=by_applicant)
	subject = SUBJECT_FIELDS.get(pack["subject"])
	if subject and subject[0] != "institution":
		yield df(subject[0], "Link", subject[1], options=subject[1], in_standard_filter=1, search_index=1)


def tail() -> Iterator[Row]:
	"""What every request ends with."""
	yield from _examined()
	yield from _decided()
	yield from _path()
	yield from _rated()
	yield from _system()


def _examined() -> Iterator[Row]:
	yield df("documents_section", "Section Break", "Documents")
	yield df("documents", "Table", "Documents", options="Service Request Document")
	yield df("rules_section", "Section Break", "Conditions of the Service")
	yield df("rule_results", "Table", "Conditions of the Service", options="Service Rule Result", no_copy=1)


def _decided() -> Iterator[Row]:
	yield df("decision_section", "Section Break", "Decision")
	yield df("reason", "Small Text", "Reason", no_copy=1)
	yield df("decision_column", "Column Break")
	yield df("decided_by", "Link", "Decided By", options="User", **KEPT)
	yield df("decided_on", "Datetime", "Decided On", **KEPT)
	yield df("fee_section", "Section Break", "Fee", collapsible=1)
	yield df("fee_amount", "Currency", "Fee Amount", **KEPT)
	yield df("fee_column", "Column Break")
	yield df("fee_receipt", "Data", "Receipt of the Fee", no_copy=1)


def _path() -> Iterator[Row]:
	yield df("clock_section", "Section Break", "Path of the Request", collapsible=1)
	yield df("clock", "Table", "Path of the Request", options="Service Clock Entry", **KEPT)
	yield df("state_due_on", "Date", "Step Due On", **KEPT, search_index=1)
	yield df("working_days", "Int", "Days Used", **KEPT)
	yield df("clock_column", "Column Break")
	yield df("paused_days", "Int", "Days of Waiting for the Applicant", **KEPT)
	yield df("external_days", "Int", "Days at Other Authorities", **KEPT)
	yield df("closed_on", "Datetime", "Closed On", **KEPT)


def _rated() -> Iterator[Row]:
	yield df("satisfaction_section", "Section Break", "Satisfaction", collapsible=1)
	yield df("rating", "Int", "Rating", **KEPT)
	yield df("satisfaction_column", "Column Break")
	yield df("rating_comment", "Small Text", "Remark of the Applicant", **KEPT)


def _system() -> Iterator[Row]:
	yield df("system_section", "Section Break", "", hidden=1)
	yield df("service", "Link", "Service", options="Service", **KEPT)
	yield df("pack_version", "Int", "Version", **KEPT, search_index=1)
	yield df("editors", "Small Text", "Editors", **KEPT)
	yield df("asked_users", "Small Text", "Asked Users", **KEPT)


def of_pack(pack: dict, texts: Texts) -> Iterator[Row]:
	"""The pack's own sections and fields."""
	shown = 0
	for section in pack["sections"]:
		condition = form_condition(section["show_when"])
		yield df(
			f"{section['code']}_part", "Section Break", texts.label(section["title"]), depends_on=condition
		)
		for field in section["fields"]:
			listed = field["in_list"] and field["type"] != "table" and not field["level"] and shown < LISTED
			shown += listed
			yield of_field(pack, field, texts, listed)


def of_field(pack: dict, field: dict, texts: Texts, listed: bool) -> Row:
	"""One field of the pack as a field of the framework. What is required is asked on the server, version by version."""
	more: Row = {
		"permlevel": field["level"],
		"in_list_view": int(listed),
		"in_standard_filter": int(listed and field["type"] in ("choice", "link", "yes_no")),
		"depends_on": form_condition(field["show_when"]),
		"mandatory_depends_on": _mandatory(field),
		"description": texts.label(field["help"]) or None,
		"options": _options(pack, field, texts),
	}
	if field["type"] == "phone":
		more["length"] = 30
	if field["type"] in ("integer", "number", "money", "percent") and (field["minimum"] or 0) >= 0:
		more["non_negative"] = int(field["minimum"] is not None)
	return df(field["name"], FIELD_TYPES[field["type"]], texts.label(field["label"]), **more)


def form_condition(text: str | None) -> str | None:
	"""A condition as the form reads it."""
	return f"eval:{as_javascript(text)}" if text else None


def _mandatory(field: dict) -> str | None:
	if field["filled_by"] == "staff" and field["from_state"]:
		return None
	if field["required"]:
		return "eval:1"
	return form_condition(field["required_when"])


def _options(pack: dict, field: dict, texts: Texts) -> str | None:
	if field["type"] == "choice":
		return "\n".join(["", *(texts.value(row["value"], row["title"]) for row in field["options"])])
	if field["type"] == "table":
		return table_name(pack, field)
	return {"link": field["target"], "email": "Email"}.get(field["type"])


def table_name(pack: dict, field: dict) -> str:
	"""Name of the record type of a table's rows."""
	words = field["name"].replace("_", " ").title()
	return f"{pack['document_type']} {words}"[:61].strip()


def of_column(column: dict, texts: Texts) -> Row:
	"""One column of a table."""
	options = None
	if column["type"] == "choice":
		options = "\n".join(["", *(texts.value(row["value"], row["title"]) for row in column["options"])])
	more: Row = {"in_list_view": 1, "reqd": int(column["required"]), "options": options}
	return df(column["name"], FIELD_TYPES[column["type"]], texts.label(column["label"]), **more)

"""How a service's form looks to staff and to citizens, without anything being published."""

from typing import Any

import frappe
from frappe import _

from social_care.services.builder.places import told
from social_care.services.builder.review import draft
from social_care.services.compiler.citizen_page import APPLICANT
from social_care.services.compiler.fields import FIELD_TYPES, form_condition
from social_care.services.packs.definition import complete, faults_of

Docfield = dict[str, Any]


def preview(name: str) -> dict[str, Any]:
	"""{"faults", "title", "introduction", "documents", "desk", "citizen"}; the last two are fields as the desk draws them."""
	pack = draft(name).pack()
	wrong = faults_of(pack)
	if wrong:
		return {"faults": told(pack, wrong)}
	whole = complete(pack)
	introduction = whole["introduction"] and own(whole["introduction"])
	documents = [
		{"title": own(row["title"]), "condition": row["required_when"] or "", "required": row["required"]}
		for row in whole["documents"]
	]
	citizen = list(fields(whole, for_staff=False)) if "citizen" in whole["channels"] else None
	return {
		"faults": [],
		"title": own(whole["title"]),
		"introduction": introduction,
		"documents": documents,
		"desk": list(fields(whole, for_staff=True)),
		"citizen": citizen,
	}


def own(text: dict) -> str:
	"""A text in the reader's language."""
	return text["en"] if frappe.local.lang == "en" else text["ar"]


def fields(pack: dict, for_staff: bool) -> list[Docfield]:
	"""The form's fields in the reader's language, with their conditions."""
	made = [_field("applicant_part", "Section Break", _("Applicant"))]
	made += [_field(name, kind, _(label), reqd=required) for name, kind, label, required in APPLICANT]
	for section in pack["sections"]:
		asked = [row for row in section["fields"] if for_staff or row["filled_by"] == "applicant"]
		if asked:
			shown = form_condition(section["show_when"])
			made.append(
				_field(f"{section['code']}_part", "Section Break", own(section["title"]), depends_on=shown)
			)
			made += [_of(row) for row in asked]
	return made


def _of(row: dict) -> Docfield:
	more: Docfield = {
		"depends_on": form_condition(row["show_when"]),
		"mandatory_depends_on": "eval:1" if row["required"] else form_condition(row["required_when"]),
		"description": own(row["help"]) if row["help"] else None,
		"options": _options(row),
	}
	if row["type"] == "table":
		more |= {"fields": [_column(column) for column in row["columns"]], "data": [], "cannot_add_rows": 0}
	kind = FIELD_TYPES[row["type"]]
	return _field(row["name"], "Data" if kind == "Link" else kind, own(row["label"]), **more)


def _column(column: dict) -> Docfield:
	options = _options(column)
	kind = FIELD_TYPES[column["type"]]
	return _field(
		column["name"],
		kind,
		own(column["label"]),
		in_list_view=1,
		options=options,
		reqd=int(column["required"]),
	)


def _options(row: dict) -> Any:
	if row["type"] != "choice":
		return None
	empty = [{"value": "", "label": ""}]
	return [*empty, *({"value": option["value"], "label": own(option["title"])} for option in row["options"])]


def _field(fieldname: str, fieldtype: str, label: str, **more: Any) -> Docfield:
	return {"fieldname": fieldname, "fieldtype": fieldtype, "label": label, **more}

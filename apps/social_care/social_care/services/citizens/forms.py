"""The form of a service as its page shows it: the Web Form says which fields, in which order and under which heading;
the pack says what they hold. A row of the Web Form that is no field for applicants is not shown, whoever wrote it there.
"""

import frappe
from frappe import _

from social_care.services.citizens import answers, places
from social_care.services.citizens.offers import Offer
from social_care.services.packs.definition import fields_of
from social_care.services.packs.trees import tree

APPLICANT = {
	"applicant_name": {"type": "text", "fill": "name"},
	"applicant_national_number": {"type": "text", "fill": "off", "keys": "numeric"},
	"applicant_phone": {"type": "phone", "fill": "tel"},
	"applicant_email": {"type": "email", "fill": "email"},
	"applicant_birth_date": {"type": "date", "fill": "bday"},
	"subject_said": {"type": "text", "fill": "off"},
}
INPUTS = {"phone": "tel", "email": "email", "date": "date", "datetime": "datetime-local", "time": "time"}
# Reference tables of which a citizen may choose a row, by the field that names the row to readers.
LISTS = {"Governorate": "governorate_name", "Country": "name", "Admission Reason": "reason_name"}
INSTITUTION = "Institution"


def fields(offer: Offer) -> list[dict]:
	"""Fields of the applicant and of the pack that stand on the Web Form, in its order."""
	of_pack = {row["name"]: row for row in fields_of(offer.pack) if row["filled_by"] == "applicant"}
	found = []
	for row in offer.web_form.web_form_fields:
		if row.fieldname in APPLICANT:
			found.append({**APPLICANT[row.fieldname], "name": row.fieldname, "required": bool(row.reqd)})
		elif row.fieldname in of_pack and _can_be_asked(of_pack[row.fieldname]):
			found.append(of_pack[row.fieldname])
	return found


def _can_be_asked(field: dict) -> bool:
	return field["type"] != "link" or field["target"] in LISTS or field["target"] == INSTITUTION


def sections(offer: Offer) -> list[dict]:
	"""[{"title", "when", "fields": […]}] for the template, with Arabic texts and conditions as trees."""
	asked = {field["name"]: field for field in fields(offer)}
	when = {f"{part['code']}_part": part["show_when"] for part in offer.pack["sections"]}
	found: list[dict] = []
	for row in offer.web_form.web_form_fields:
		if row.fieldtype == "Section Break":
			found.append({"title": _(row.label or ""), "when": tree(when.get(row.fieldname)), "fields": []})
		elif row.fieldname in asked:
			if not found:
				found.append({"title": "", "when": None, "fields": []})
			found[-1]["fields"].append(shown(asked[row.fieldname], row))
	return [section for section in found if section["fields"]]


def shown(field: dict, row) -> dict:
	"""One field for the template."""
	message = field.get("message") or {}
	return {
		**_input(field),
		"name": field["name"],
		"label": _(row.label or field["name"]),
		"help": _(row.description) if row.description else "",
		"required": bool(row.reqd),
		"when": tree(field.get("show_when")),
		"needed": tree(field.get("required_when")) or (["value", 1] if field.get("required") else None),
		"valid": tree(field.get("valid_when")),
		"message": message.get("ar", ""),
		"fill": field.get("fill", "off"),
		"columns": [
			{
				**_input(column),
				"name": column["name"],
				"label": column["label"]["ar"],
				"required": column["required"],
			}
			for column in field.get("columns", [])
		],
	}


def _input(field: dict) -> dict:
	"""Kind of the browser's own input, its bounds and its choices."""
	kind = field["type"]
	number = kind in answers.NUMBERS
	return {
		"kind": kind,
		"input": INPUTS.get(kind, "text"),
		"keys": field.get("keys")
		or ("decimal" if number and kind != "integer" else "numeric" if number else ""),
		"longest": answers.TEXT if kind == "long_text" else answers.LINE,
		"least": field.get("minimum"),
		"most": field.get("maximum"),
		"options": options(field),
		"institutions": field.get("target") == INSTITUTION,
	}


def options(field: dict) -> list[list[str]]:
	"""[value, title] of a choice or of a reference table."""
	if field["type"] == "choice":
		return [[row["value"], row["title"]["ar"]] for row in field["options"]]
	if field["type"] != "link" or field["target"] not in LISTS:
		return []
	title = LISTS[field["target"]]
	rows = frappe.get_all(
		field["target"], fields=["name", title], order_by=f"{title} asc"
	)  # reference tables
	return [[row.name, _(row.get(title))] for row in rows]


def papers(pack: dict) -> list[dict]:
	"""Papers that the applicant brings, with the condition under which each is asked for."""
	return [
		{
			"code": row["code"],
			"title": row["title"]["ar"],
			"help": (row["help"] or {}).get("ar", ""),
			"always": bool(row["required"] and not row["required_when"]),
			"needed": tree(row["required_when"]),
			"original": bool(row["original_seen"]),
		}
		for row in pack["documents"]
		if row["provided_by"] == "applicant"
	]


def place_label(pack: dict) -> str:
	return _("Institution or Office") if places.asks_for_institution(pack) else _("Office")

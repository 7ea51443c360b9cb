"""The Web Form of a service: what of its form a citizen fills, in which order, with which words above it."""

from collections.abc import Iterator
from html import escape

from social_care.services.compiler.artefacts import Artefact, Row
from social_care.services.compiler.fields import FIELD_TYPES, SAID, form_condition, table_name
from social_care.services.compiler.texts import Texts

APPLICANT: tuple[tuple[str, str, str, int], ...] = (
	("applicant_name", "Data", "Applicant's Name", 1),
	("applicant_national_number", "Data", "National Number", 0),
	("applicant_phone", "Data", "Telephone", 1),
	("applicant_email", "Data", "E-mail", 0),
)

WEB_TYPES = {"percent": "Float"}  # what the framework's web forms do not know


def route(pack: dict) -> str:
	"""Address of the service's public page."""
	return f"services/{pack['code'].lower()}"


def citizen_page(pack: dict, texts: Texts) -> Iterator[Artefact]:
	"""The Web Form, published where the pack names the citizen as a channel."""
	introduction = pack["introduction"] or pack["title"]
	values: Row = {
		"title": pack["title"]["ar"][:140],
		"route": route(pack),
		"doc_type": pack["document_type"],
		"module": "Services",
		"is_standard": 0,
		"published": int("citizen" in pack["channels"]),
		"login_required": 0,
		"anonymous": 1,
		"allow_edit": 0,
		"allow_multiple": 1,
		"allow_delete": 0,
		"allow_print": 0,
		"allow_comments": 0,
		"allow_incomplete": 0,
		"show_list": 0,
		"introduction_text": f"<p>{escape(introduction['ar'], quote=False)}</p>",
	}
	yield Artefact("Web Form", pack["code"].lower(), values, {"web_form_fields": list(_fields(pack, texts))})


def _fields(pack: dict, texts: Texts) -> Iterator[Row]:
	yield _row("applicant_section", "Section Break", "Applicant")
	for name, kind, label, required in APPLICANT:
		yield _row(name, kind, label, reqd=int(required and not pack["anonymous"]))
	if pack["subject"] in SAID:
		yield _row("subject_said", "Data", SAID[pack["subject"]], reqd=1)
	for section in pack["sections"]:
		asked = [field for field in section["fields"] if field["filled_by"] == "applicant"]
		if asked:
			condition = form_condition(section["show_when"])
			yield _row(
				f"{section['code']}_part",
				"Section Break",
				texts.label(section["title"]),
				depends_on=condition,
			)
			yield from (_field(pack, field, texts) for field in asked)


def _field(pack: dict, field: dict, texts: Texts) -> Row:
	options = {
		"choice": lambda: "\n".join(["", *(row["value"] for row in field["options"])]),
		"link": lambda: field["target"],
		"table": lambda: table_name(pack, field),
	}.get(field["type"], lambda: None)()
	return _row(
		field["name"],
		WEB_TYPES.get(field["type"], FIELD_TYPES[field["type"]]),
		texts.label(field["label"]),
		options=options,
		reqd=int(field["required"] and not field["show_when"]),
		depends_on=form_condition(field["show_when"]),
		mandatory_depends_on=form_condition(field["required_when"]),
		description=texts.label(field["help"]) or None,
	)


def _row(fieldname: str, fieldtype: str, label: str, **more) -> Row:
	base: Row = {
		"options": None,
		"reqd": 0,
		"depends_on": None,
		"mandatory_depends_on": None,
		"description": None,
	}
	return base | {"fieldname": fieldname, "fieldtype": fieldtype, "label": label} | more

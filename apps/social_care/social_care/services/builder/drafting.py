"""New drafts: of a new service, of a version that is there, of another service, of a file."""

import json
import re
from pathlib import Path
from typing import Any

import frappe
from frappe import _

from social_care.services.builder.review import ask_right, draft, form_faults

PACK = "Service Pack"
TEMPLATE = Path(__file__).with_name("template.json")
MOST_CHARACTERS = 1_000_000
LONGEST_NAME = 50


class ImportedPackError(frappe.ValidationError):
	"""A text that is no service pack, or one of another service."""


def new_service(code: str, name: str, name_en: str, group: str) -> str:
	"""A row of the catalogue and its first draft, made of the template; returns the draft's name."""
	ask_right("create")
	service = frappe.new_doc("Service")
	service.update({"service_code": code.strip().upper(), "service_name": name, "service_name_en": name_en})
	service.update({"service_group": group, "status": "In Preparation", "phase": 2})
	service.insert()
	return _insert(service.name, for_service(template(), service), "Desk")


def begin(service: str) -> str:
	"""A draft of a service that has none yet, made of the template; of one that has, its newest version again."""
	ask_right("create")
	newest = frappe.get_list(
		PACK, filters={"service": service}, order_by="version desc", limit=1, pluck="name"
	)
	if newest:
		return new_version(newest[0])
	return _insert(service, for_service(template(), frappe.get_doc("Service", service)), "Desk")


def new_version(name: str) -> str:
	"""A draft with the same definition, one version later."""
	doc = draft(name)
	return _insert(doc.service, doc.pack(), "Desk")


def copy_to(name: str, service: str) -> str:
	"""A draft of another service with this definition under that service's names."""
	pack = draft(name).pack()
	target = frappe.get_doc("Service", service)
	target.check_permission("write")
	return _insert(target.name, for_service(pack, target), "Desk")


def import_text(text: str, into: str = "") -> dict[str, Any]:
	"""A pack from a file: into the draft `into`, or as a new draft of the service that it names.

	A published version is never touched: a new version is made beside it. Raises ImportedPackError.
	"""
	ask_right("create")
	pack = parsed(text)
	doc = draft(into) if into else None
	service = doc.service if doc else str(pack.get("code") or "")
	check_service(service, pack)
	if doc and doc.status == "Draft":
		doc.definition, doc.origin = json.dumps(pack, ensure_ascii=False), "Import"
		name = doc.save().name
	else:
		name = _insert(service, pack, "Import")
	return {"name": name, "faults": form_faults(pack)}


def parsed(text: str) -> dict:
	"""The JSON object of a text, or a sentence that says what is wrong with it."""
	if len(text) > MOST_CHARACTERS:
		_refuse(_("The file is larger than a service pack can be."))
	try:
		pack = json.loads(text)
	except json.JSONDecodeError as error:
		_refuse(_("The file cannot be read: line {0}, column {1}.").format(error.lineno, error.colno))
	except RecursionError:
		_refuse(_("The file is nested too deeply."))
	if not isinstance(pack, dict):
		_refuse(_("The file holds no service pack: it has to be one JSON object."))
	return pack


def check_service(service: str, pack: dict) -> None:
	code = pack.get("code")
	if code != service:
		_refuse(_("The file is of the service {0}, this version is of {1}.").format(code, service))
	if not service or not frappe.db.exists("Service", service):
		_refuse(_("There is no service {0} in the catalogue. Add it to the catalogue first.").format(service))


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, ImportedPackError, title=_("Import"))


def exported(name: str) -> tuple[str, str]:
	"""(file name, JSON text) of a version."""
	doc = draft(name)
	return f"{doc.name}.json", json.dumps(doc.pack(), ensure_ascii=False, indent=2) + "\n"


def template() -> dict:
	"""The pack with which a new service begins: it can be published as it is."""
	return json.loads(TEMPLATE.read_text(encoding="utf-8"))


def for_service(pack: dict, service) -> dict:
	"""The pack under the names of a service."""
	english = service.service_name_en or f"Service {service.name}"
	names = {"ar": service.service_name, "en": english}
	kept = frappe.db.get_value(PACK, {"service": service.name, "status": "Published"}, "document_type")
	return pack | {"code": service.name, "title": names, "document_type": kept or record_type(english)}


def record_type(english: str) -> str:
	"""A free name of a record type: English words with capitals, «… Request» at the end."""
	words = [word[:1].upper() + word[1:] for word in re.findall(r"[A-Za-z0-9]+", english)]
	words = [word for word in words if word != "Request"][:6]
	while words and not words[0][0].isalpha():
		words.pop(0)
	while len(" ".join(words)) > LONGEST_NAME - 12:
		words.pop()
	base = " ".join([*(words or ["Service"]), "Request"])
	name, number = base, 1
	while frappe.db.exists("DocType", name):
		number += 1
		name = f"{base} {number}"
	return name


def _insert(service: str, pack: dict, origin: str) -> str:
	doc = frappe.new_doc(PACK)
	doc.update({"service": service, "origin": origin, "definition": json.dumps(pack, ensure_ascii=False)})
	return doc.insert().name

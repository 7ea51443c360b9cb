"""Packs of tests: services of their own, published and taken away again."""

import copy
import json
from typing import Any

import frappe

from social_care.services import versions
from social_care.services.compiler import from_files, publishing, removal
from social_care.services.compiler.stored import read, table_columns
from social_care.services.packs.files import packs_of_app
from social_care.tests.places import one_place_each


def pack_like_visit(code: str, document_type: str, **changes: Any) -> dict:
	"""The visit permit under another code and record type."""
	pack = copy.deepcopy(packs_of_app("social_care")["SC-07"])
	return pack | {"code": code, "document_type": document_type} | changes


def compile_packs(codes: list[str] | None = None) -> from_files.Outcome:
	"""Publish packs of the apps' files where the country of the tests may be there."""
	with one_place_each():
		return from_files.compile_packs(codes)


def ensure_service(code: str) -> None:
	"""A row of the catalogue for the pack."""
	if not frappe.db.exists("Service", code):
		values = {"service_code": code, "service_name": f"خدمة {code}", "service_group": "CIC"}
		frappe.get_doc({"doctype": "Service", **values}).insert()
		frappe.db.commit()


def draft(pack: dict) -> tuple[publishing.Draft, str]:
	"""A new version of the pack's service, not published."""
	ensure_service(pack["code"])
	doc = frappe.new_doc("Service Pack")
	doc.update({"service": pack["code"], "definition": json.dumps(pack, ensure_ascii=False)})
	doc.insert()
	frappe.db.commit()
	return publishing.checked(pack["code"], doc.version, pack), doc.name


def publish(pack: dict) -> int:
	"""Publish a pack as the next version of its service; the number of steps."""
	made, name = draft(pack)
	return publishing.publish(made, name)


def remove(code: str) -> None:
	"""Take a test's service away, with its requests."""
	frappe.set_user("Administrator")
	doctype = frappe.db.get_value("Service", code, "request_type")
	if doctype and frappe.db.table_exists(doctype):
		frappe.db.delete(doctype)
	removal.remove(code)
	frappe.db.delete("Service", {"name": code})
	frappe.db.commit()
	versions.forget(code)


def schema_dump(code: str, pack: dict, version: int = 1) -> str:
	"""Everything that a compile makes, as one text: records as they are stored, and the tables in the database."""
	artefacts = publishing.assembled([publishing.Draft(code, version, publishing.complete(pack))])[code]
	records = {str(key): [stored.values, stored.tables] for key, stored in read(artefacts).items()}
	types = [artefact.name for artefact in artefacts if artefact.doctype == "DocType"]
	columns = {name: sorted(found) for name, found in table_columns(types).items()}
	indexes = frappe.db.sql(
		"""select table_name, index_name, column_name from information_schema.statistics
		where table_schema = database() and table_name in %(names)s order by 1, 2, seq_in_index""",
		{"names": [f"tab{name}" for name in types]},
	)
	return json.dumps([records, columns, indexes], sort_keys=True, default=str, ensure_ascii=False)

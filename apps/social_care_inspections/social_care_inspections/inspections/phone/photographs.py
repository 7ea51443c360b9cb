"""A photograph that was taken on a phone: one request each, a private file and a row of evidence, once."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint
from social_care.files import kinds

from social_care_inspections.inspections.phone import operations, shown
from social_care_inspections.inspections.phone.download import setting

ROOM = 1.2  # the device shrinks by steps; a little more than the setting is no reason to lose a photograph


def add(name: str, operation: dict, content: bytes) -> dict:
	"""{results, visit}, as of other operations. Raises what the rules of the visit refuse."""
	visit = operations.held(name)
	operations.check_identity(operation)
	if operations.claim(operation, name):
		check(operation, content)
		attach(visit, operation, content)
	return {"results": [{"id": operation["id"], "state": operations.APPLIED}], "visit": shown.state(visit)}


def check(operation: dict, content: bytes) -> None:
	kinds.check(f"{operation['id']}.jpg", content)
	if not content or len(content) > cint(setting("phone_photograph_kb")) * 1024 * ROOM:
		operations.refuse(_("The photograph is larger than the settings allow."))


def attach(visit: Document, operation: dict, content: bytes) -> None:
	"""A refusal ends the request: the framework then takes the file from the disk again."""
	row = {field: str(operation.get(field) or "") for field in ("caption", "indicator_code", "place")}
	row["file"] = store(visit, operation["id"], content).file_url
	visit.append("evidence", row | {"taken_on": shown.moment(operation.get("taken_on"))})
	visit.save()


def store(visit: Document, identity: str, content: bytes) -> Document:
	"""A private file of the visit under a name that tells nothing."""
	file = frappe.new_doc("File")
	file.update(
		{
			"file_name": f"{identity}.jpg",
			"attached_to_doctype": visit.doctype,
			"attached_to_name": visit.name,
			"is_private": 1,
			"content": content,
		}
	)
	return file.insert()

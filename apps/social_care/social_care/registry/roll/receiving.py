"""An upload arrives: who may, what it is, where it is kept until it is compared."""

import frappe
from frappe import _
from frappe.model.document import Document

from social_care.registry.roll import downloading, package
from social_care.registry.roll.decisions import start

ENDINGS = (".xlsx", ".csv")


def receive(institution: str, file_name: str, data: bytes) -> Document:
	"""Keep a roll for comparing, which begins at once. Raises UnfitWorkbookError before anything is stored."""
	return started(store_roll(institution, file_name, data))


def store_roll(institution: str, file_name: str, data: bytes) -> Document:
	"""Keep a roll."""
	check_uploader(institution)
	ending = next((ending for ending in ENDINGS if file_name.lower().endswith(ending)), "")
	if not ending:
		package.refuse(_("Upload a workbook (xlsx) or a text table (csv)."))
	package.check_size(data, "roll_max_file_mb")
	if ending == ".xlsx":
		package.check_workbook(data)
	return store(institution, "Roll", f"roll{ending}", data)


def started(doc: Document) -> Document:
	"""The upload with its first job queued."""
	start(doc)
	return doc


def check_uploader(institution: str) -> None:
	"""Refuse who may not change files of the institution."""
	downloading.check_reader(institution)
	if not frappe.has_permission("Child", "write") or not frappe.has_permission("Roll Upload", "read"):
		frappe.throw(_("You may not change files."), frappe.PermissionError, title=_("Not Permitted"))


def store(institution: str, contents: str, file_name: str, data: bytes) -> Document:
	"""The upload with its private file."""
	doc = frappe.new_doc("Roll Upload")
	doc.update({"institution": institution, "contents": contents})
	doc.insert(ignore_permissions=True)  # asked above: the right to change the institution's files
	file = frappe.new_doc("File")
	file.update(
		{
			"file_name": file_name,
			"content": data,
			"is_private": 1,
			"attached_to_doctype": doc.doctype,
			"attached_to_name": doc.name,
			"attached_to_field": "file",
		}
	)
	file.insert(ignore_permissions=True)
	doc.db_set("file", file.file_url, update_modified=False)
	return doc

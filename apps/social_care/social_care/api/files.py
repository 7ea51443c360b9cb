"""The framework's endpoints for files that ask for less than the rule of files (hook override_whitelisted_methods)."""

import frappe
import frappe.handler
from frappe import _
from frappe.desk.form import load, save

from social_care.files import kinds, rights


@frappe.whitelist(allow_guest=True, methods=["POST"])  # a guest may upload where the site's setting says so
def upload_file():
	"""An upload: its content first, its target always, and no other endpoint in its name."""
	arguments = frappe.form_dict
	if arguments.method and arguments.method not in frappe.get_hooks("social_care_upload_methods"):
		refuse()
	if frappe.session.user == "Guest" and (arguments.file_url or arguments.doctype or arguments.docname):
		refuse()
	kinds.check_upload()
	return frappe.handler.upload_file()


@frappe.whitelist(methods=["POST"])
def move_file(file_list, new_parent: str, old_parent: str = "") -> None:
	"""Put files that the caller may change into another folder."""
	if not frappe.db.get_value("File", new_parent, "is_folder"):
		refuse()
	for row in frappe.parse_json(file_list):
		file = frappe.get_doc("File", row.get("name"))
		file.check_permission("write")
		file.folder = new_parent
		file.save()


@frappe.whitelist()
def getdoc(doctype: str, name: str, user: str | None = None) -> None:
	"""A form, without the files of fields above the caller's level."""
	load.getdoc(doctype, name)
	hide_attachments()
	name_people()


@frappe.whitelist()
def get_docinfo(doctype: str | None = None, name: str | None = None) -> None:
	"""What stands beside a form, as `getdoc`."""
	load.get_docinfo(doctype=doctype, name=name)
	hide_attachments()


@frappe.whitelist(methods=["POST", "PUT"])
def savedocs(doc: str, action: str) -> None:
	"""A saved form, as `getdoc`."""
	save.savedocs(doc, action)
	hide_attachments()
	name_people()


def hide_attachments() -> None:
	"""Leave out of the answer the attachments that the caller may not open."""
	docinfo, user = frappe.response.get("docinfo"), frappe.session.user
	if docinfo and docinfo.get("attachments"):
		docinfo["attachments"] = [row for row in docinfo["attachments"] if rights.may_read(row, user)]


def name_people() -> None:
	"""Tell the names of who made the form and last changed it; the framework would show their log-in names."""
	docinfo = frappe.response.get("docinfo")
	for doc in (frappe.response.get("docs") or []) if docinfo else []:
		for person in {doc.get("owner"), doc.get("modified_by")} - {None}:
			frappe.utils.add_user_info(person, docinfo["user_info"])


def refuse() -> None:
	frappe.throw(_("You may not use this file."), frappe.PermissionError, title=_("Attachment"))

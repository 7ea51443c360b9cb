"""Where a row of File may come from and where it may hang: no row is a way to another's file or onto another's record."""

import re
from urllib.parse import unquote

import frappe
from frappe import _
from frappe.model.document import Document

from social_care.files.rights import (
	ATTACH,
	field_levels,
	may_read,
	on_scoped_type,
	parent_of,
	rows_of,
	scoped_rows,
)
from social_care.permissions import is_scoped

STORED = re.compile(r"/(private/)?files/(?!\.{1,2}$)[^/\\]+")
PRIVATE = "/private/files/"
NEW_NAME = re.compile(r"new-[a-z0-9-]+", re.IGNORECASE)


def is_trusted() -> bool:
	"""Whether the framework itself is at work, installing or migrating, or the Administrator is."""
	flags = frappe.flags
	return frappe.session.user == "Administrator" or bool(
		flags.in_install or flags.in_migrate or flags.in_patch
	)


def check_new(file: Document) -> None:
	"""Before a row is made: it brings its content, or the address of a stored file that the user may open."""
	if file.get("content"):
		file.file_url = None
	elif not file.file_url:
		frappe.throw(_("The file is empty."), frappe.ValidationError, title=_("Attachment"))
	else:
		check_address(file)
	if not is_trusted():
		check_target(file)


def check_address(file: Document) -> None:
	"""Refuse addresses of other servers and of files that the user may not open or may not hang here."""
	file.file_url = unquote(file.file_url)
	if not STORED.fullmatch(file.file_url):
		frappe.throw(
			_("Only a file that was uploaded here can be attached."),
			frappe.ValidationError,
			title=_("Attachment"),
		)
	if is_trusted() or not file.file_url.startswith(PRIVATE):
		return
	if not (
		file.flags.ignore_permissions and not rows_of(file.file_url)
	):  # written a moment ago by server code
		check_source(file.file_url)
	if scoped_rows(file.file_url) and not on_scoped_type(file):
		_refuse_elsewhere()


def check_source(file_url: str) -> None:
	"""Refuse the address of a private file that the session user may not open, or that has no row at all."""
	user = frappe.session.user
	if not is_trusted() and not any(may_read(row, user) for row in rows_of(file_url)):
		frappe.throw(_("You may not use this file."), frappe.PermissionError, title=_("Attachment"))


def check_reading(file: Document) -> None:
	"""Before stored content is given out, to whatever asks for it: an archive, an import, a picture tool, a mail."""
	folder = PRIVATE if file.is_private else "/files/"
	address = unquote(file.file_url or f"{folder}{file.file_name}")
	if not file.is_folder and not STORED.fullmatch(address):
		frappe.throw(_("You may not use this file."), frappe.PermissionError, title=_("Attachment"))
	if address.startswith(PRIVATE):
		check_source(address)


def check_target(file: Document) -> None:
	"""Refuse to hang a file on a record that the user may not write, or on a field above his level."""
	if not file.attached_to_doctype or file.flags.ignore_permissions or may_hang(file):
		return
	frappe.throw(_("You may not attach files to this record."), frappe.PermissionError, title=_("Attachment"))


def may_hang(file: Document | frappe._dict) -> bool:
	"""Write right to the record and level; for a record that is not saved yet, the right to make one of its kind."""
	user, doctype = frappe.session.user, file.attached_to_doctype
	if not frappe.db.exists("DocType", doctype):
		return False
	parent = parent_of(file)
	if not parent:
		unsaved = bool(NEW_NAME.fullmatch(str(file.attached_to_name or "")))
		return unsaved and frappe.has_permission(doctype, "create", user=user)
	if parent.doctype == "User" and parent.name == user:
		return user != "Guest"
	if not frappe.has_permission(parent.doctype, "write", doc=parent, user=user):
		return False
	levels = parent.meta.get_permlevel_access("write", user=user)
	return all(level in levels for level in field_levels(parent, file))


def check_attachments(doc: Document, method: str | None = None) -> None:
	"""Hook of every DocType: a new value of an Attach field is a file that the user may open and hang here.

	Asked before the controller's own validation, which may write the file through to a record (a Child's Person) that
	the user reaches only once this one is saved.
	"""
	if doc.doctype == "File" or is_trusted():
		return
	before, scoped = doc.get_doc_before_save(), is_scoped(doc.doctype)
	known = set(_attached(before)) if before else set()
	known |= set(doc.flags.written_files or ())  # written a moment ago by server code, for this very record
	for value in dict.fromkeys(_attached(doc)):
		if value not in known:
			_check_value(unquote(value), scoped)


def _check_value(value: str, scoped: bool) -> None:
	if not scoped and "private/files" not in value:
		return
	if not STORED.fullmatch(value) or not value.startswith(PRIVATE):
		frappe.throw(
			_("Files of this record must be uploaded as private files."),
			frappe.ValidationError,
			title=_("Attachment"),
		)
	check_source(value)
	if not scoped and scoped_rows(value):
		_refuse_elsewhere()


def _attached(doc: Document) -> list[str]:
	return [
		row.get(df.fieldname)
		for row in [doc, *doc.get_all_children()]
		for df in row.meta.get("fields", {"fieldtype": ["in", ATTACH]})
		if row.get(df.fieldname)
	]


def _refuse_elsewhere() -> None:
	frappe.throw(
		_("A file of a protected record is not attached elsewhere."),
		frappe.PermissionError,
		title=_("Attachment"),
	)


def forbid_sharing(doc: Document, method: str | None = None) -> None:
	"""DocShare hook: a share would open a row, or a file, against its scope."""
	if doc.share_doctype == "File" or is_scoped(doc.share_doctype):
		frappe.throw(
			_("Records of this kind are not shared; scope comes from Staff Assignments."),
			frappe.PermissionError,
			title=_("Sharing"),
		)

"""Files of scoped rows: private always, and opened by the right to the parent row and field, not by ownership."""

from pathlib import Path

import frappe
from frappe import _
from frappe.core.doctype.file.file import File
from frappe.model.document import Document

from social_care.permissions import CHANGING, is_scoped
from social_care.scope import reference_condition, row_in_scope

ADDRESS = ("file_url", "attached_to_doctype", "attached_to_name", "attached_to_field")


class ScopedFile(File):
	"""File whose download asks the row and the field it is attached to, and which stays private and where it is."""

	def before_insert(self) -> None:
		guard_new_file(self)  # before the content is written, because it decides into which folder
		super().before_insert()

	def save_file_on_filesystem(self) -> dict[str, str]:
		"""A private file lies under a name that tells nothing and cannot be guessed; users see the name they gave."""
		given = self.file_name
		if self.is_private:
			self.file_name = frappe.generate_hash(length=24) + Path(given).suffix.lower()
		try:
			return super().save_file_on_filesystem()
		finally:
			self.file_name = given

	def validate(self) -> None:
		if not self.is_new():
			self.check_address()
		if scoped_parent(self):
			self.is_private = 1
		super().validate()

	def check_address(self) -> None:
		"""A stored file of a scoped row is not hung elsewhere: that would open it to whoever reads the other row."""
		before = self.get_doc_before_save()
		moved = before and any((before.get(field) or "") != (self.get(field) or "") for field in ADDRESS)
		if (
			moved
			and frappe.session.user != "Administrator"
			and (scoped_parent(before) or scoped_parent(self))
		):
			frappe.throw(
				_("A stored file cannot be moved to another record."),
				frappe.PermissionError,
				title=_("Attachment"),
			)

	def is_downloadable(self) -> bool:
		if not scoped_parent(self):
			return super().is_downloadable()
		return may_read_parent(self, frappe.session.user)


def scoped_parent(file: File) -> bool:
	"""Whether the file hangs on a row that scope protects."""
	return (
		bool(file.attached_to_doctype)
		and bool(frappe.db.exists("DocType", file.attached_to_doctype))
		and is_scoped(file.attached_to_doctype)
	)


def may_read_parent(file: File, user: str, ptype: str = "read") -> bool:
	"""Right to the parent row and, where the file fills a field, to that field's permission level."""
	if user == "Administrator":
		return True
	if not file.attached_to_name or not frappe.db.exists(file.attached_to_doctype, file.attached_to_name):
		return file.owner == user
	parent = frappe.get_doc(file.attached_to_doctype, file.attached_to_name)
	if not frappe.has_permission(parent.doctype, ptype, doc=parent, user=user):
		return False
	levels = parent.meta.get_permlevel_access("read", user=user)
	return all(level in levels for level in field_levels(parent, file))


def field_levels(parent, file: File) -> set[int]:
	"""Permission levels above 0 of the fields of the row (and its tables) that hold the file."""
	levels = set()
	for row in [parent, *parent.get_all_children()]:
		for df in row.meta.get("fields", {"fieldtype": ["in", ["Attach", "Attach Image"]]}):
			if row.get(df.fieldname) == file.file_url or df.fieldname == file.attached_to_field:
				levels.add(df.permlevel or 0)
	return levels - {0}


def has_permission(
	doc: File, ptype: str | None = None, user: str | None = None, debug: bool = False
) -> bool | None:
	"""The same rule for form, list and REST of File; abstains for files of rows that scope does not protect."""
	from social_care import compat

	user = user or frappe.session.user
	if ptype == "create" or not scoped_parent(doc):
		return compat.allow()
	return compat.allow() if may_read_parent(doc, user, "write" if ptype in CHANGING else "read") else False


def get_permission_query_conditions(user: str | None = None, doctype: str | None = None) -> str:
	"""List of File: own uploads that hang nowhere, files of rows in scope, and whatever hangs on rows without scope."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	return reference_condition("File", "attached_to_doctype", "attached_to_name", user)


def guard_new_file(doc: File, method: str | None = None) -> None:
	"""Before a File row is made: private on scoped rows, only on rows one may write, never a way to another's file."""
	if (doc.file_url or "").startswith("/private/files/"):
		doc.is_private = 1
	if scoped_parent(doc):
		doc.is_private = 1
		_check_target(doc)
	_check_source(doc)


def _check_target(doc: File) -> None:
	user, name = frappe.session.user, doc.attached_to_name
	if (
		user == "Administrator"
		or doc.flags.ignore_permissions
		or not name
		or not frappe.db.exists(doc.attached_to_doctype, name)
	):
		return
	if not frappe.has_permission(doc.attached_to_doctype, "write", doc=name, user=user):
		frappe.throw(
			_("You may not attach files to this record."), frappe.PermissionError, title=_("Attachment")
		)


def _check_source(doc: File) -> None:
	"""A row that points to a stored private file needs the right to read a row that already does."""
	user = frappe.session.user
	if user == "Administrator" or not (doc.file_url or "").startswith("/private/files/") or doc.content:
		return
	check_source(doc.file_url)


def check_source(file_url: str) -> None:
	"""Refuse the address of a stored file that the session user may not open."""
	rows = [
		frappe.get_doc("File", name)
		for name in frappe.get_all("File", filters={"file_url": file_url}, pluck="name")
	]
	if rows and not any(row.is_downloadable() for row in rows):
		frappe.throw(_("You may not use this file."), frappe.PermissionError, title=_("Attachment"))


def check_attachments(doc: Document, method: str | None = None) -> None:
	"""Validate hook: a new value of an Attach field is a file that the user may open, and on scoped rows a private one."""
	if frappe.session.user == "Administrator" or frappe.flags.in_install or doc.doctype == "File":
		return
	before, scoped = doc.get_doc_before_save(), is_scoped(doc.doctype)
	known = {value for _row, value in _attached(before)} if before else set()
	for _row, value in _attached(doc):
		if value in known:
			continue
		if value.startswith("/private/files/"):
			check_source(value)
		elif scoped:
			frappe.throw(
				_("Files of this record must be uploaded as private files."),
				frappe.ValidationError,
				title=_("Attachment"),
			)


def _attached(doc: Document) -> list[tuple[Document, str]]:
	return [
		(row, row.get(df.fieldname))
		for row in [doc, *doc.get_all_children()]
		for df in row.meta.get("fields", {"fieldtype": ["in", ["Attach", "Attach Image"]]})
		if row.get(df.fieldname)
	]


def forbid_sharing(doc, method: str | None = None) -> None:
	"""DocShare hook: a share would open a row against its scope."""
	if is_scoped(doc.share_doctype):
		frappe.throw(
			_("Records of this kind are not shared; scope comes from Staff Assignments."),
			frappe.PermissionError,
			title=_("Sharing"),
		)


def row_visible(doctype: str, name: str) -> bool:
	"""Whether the session user may see that a row exists (used where the framework shows titles of links)."""
	user = frappe.session.user
	return user == "Administrator" or not is_scoped(doctype) or row_in_scope(doctype, name, user)

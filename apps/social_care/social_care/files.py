"""Files of scoped rows: private always, and opened by the right to the parent row and field, not by ownership."""

import frappe
from frappe import _
from frappe.core.doctype.file.file import File

from social_care.permissions import is_scoped
from social_care.scope import condition, row_in_scope


class ScopedFile(File):
	"""File whose download asks the row and the field it is attached to."""

	def is_downloadable(self) -> bool:
		if not scoped_parent(self):
			return super().is_downloadable()
		return may_read_parent(self, frappe.session.user)


def scoped_parent(file: File) -> bool:
	"""Whether the file hangs on a row that scope protects."""
	return bool(file.attached_to_doctype) and bool(frappe.db.exists("DocType", file.attached_to_doctype)) and is_scoped(file.attached_to_doctype)


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


def has_permission(doc: File, ptype: str | None = None, user: str | None = None, debug: bool = False) -> bool | None:
	"""The same rule for form, list and REST of File; abstains for files of rows that scope does not protect."""
	from social_care import compat

	user = user or frappe.session.user
	if ptype == "create" or not scoped_parent(doc):
		return compat.allow()
	return compat.allow() if may_read_parent(doc, user, "write" if ptype in ("write", "delete") else "read") else False


def get_permission_query_conditions(user: str | None = None, doctype: str | None = None) -> str:
	"""List of File: own uploads that hang nowhere, files of rows in scope, and whatever hangs on rows without scope."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	names = [name for name in _attached_doctypes() if frappe.db.exists("DocType", name)]
	scoped = [name for name in names if is_scoped(name)]
	if not scoped:
		return ""
	listed = ", ".join(frappe.db.escape(name) for name in scoped)
	parts = [f"ifnull(`tabFile`.`attached_to_doctype`, '') not in ({listed})"]
	parts += [_rows_in_scope(name, user) for name in scoped if frappe.has_permission(name, "read", user=user)]
	return f"({' or '.join(parts)})"


def _attached_doctypes() -> list[str]:
	return frappe.get_all("File", filters={"attached_to_doctype": ["is", "set"]}, pluck="attached_to_doctype", distinct=True)


def _rows_in_scope(doctype: str, user: str) -> str:
	where = condition(doctype, user)
	inner = f" where {where}" if where else ""
	return (
		f"(`tabFile`.`attached_to_doctype` = {frappe.db.escape(doctype)}"
		f" and `tabFile`.`attached_to_name` in (select `name` from `tab{doctype}`{inner}))"
	)


def guard_new_file(doc: File, method: str | None = None) -> None:
	"""Before a File row is made: private on scoped rows, only on rows one may write, never a way to another's file."""
	if scoped_parent(doc):
		doc.is_private = 1
		_check_target(doc)
	_check_source(doc)


def _check_target(doc: File) -> None:
	user, name = frappe.session.user, doc.attached_to_name
	if user == "Administrator" or doc.flags.ignore_permissions or not name or not frappe.db.exists(doc.attached_to_doctype, name):
		return
	if not frappe.has_permission(doc.attached_to_doctype, "write", doc=name, user=user):
		frappe.throw(_("You may not attach files to this record."), frappe.PermissionError, title=_("Attachment"))


def _check_source(doc: File) -> None:
	"""A row that points to a stored private file needs the right to read a row that already does."""
	user = frappe.session.user
	if user == "Administrator" or not (doc.file_url or "").startswith("/private/files/") or doc.content:
		return
	rows = [frappe.get_doc("File", name) for name in frappe.get_all("File", filters={"file_url": doc.file_url}, pluck="name")]
	if rows and not any(row.is_downloadable() for row in rows):
		frappe.throw(_("You may not use this file."), frappe.PermissionError, title=_("Attachment"))


def forbid_sharing(doc, method: str | None = None) -> None:
	"""DocShare hook: a share would open a row against its scope."""
	if is_scoped(doc.share_doctype):
		frappe.throw(_("Records of this kind are not shared; scope comes from Staff Assignments."), frappe.PermissionError, title=_("Sharing"))


def row_visible(doctype: str, name: str) -> bool:
	"""Whether the session user may see that a row exists (used where the framework shows titles of links)."""
	user = frappe.session.user
	return user == "Administrator" or not is_scoped(doctype) or row_in_scope(doctype, name, user)

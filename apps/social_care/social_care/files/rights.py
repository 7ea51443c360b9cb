"""Who may open, change and list a stored file: whoever may do that with the row, and the field, it hangs on."""

from collections.abc import Iterator

import frappe
from frappe.model.db_query import DatabaseQuery
from frappe.model.document import Document

from social_care import compat
from social_care.permissions import CHANGING, is_scoped
from social_care.scope import NOTHING, escape

ATTACH = ["Attach", "Attach Image"]
FIELDS = [
	"name",
	"owner",
	"is_private",
	"is_folder",
	"is_home_folder",
	"is_attachments_folder",
	"file_url",
	"attached_to_doctype",
	"attached_to_name",
	"attached_to_field",
]
# Rows that belong to the record they speak about; so do the files that hang on them.
SPEAKING = {"Comment", "Communication"}


def has_permission(
	doc: Document, ptype: str | None = None, user: str | None = None, debug: bool = False
) -> bool | None:
	"""Permission hook of File; a new row is judged by `sources.check_new`, which knows where its content comes from."""
	user = user or frappe.session.user
	if ptype == "create":
		return compat.allow()
	may = may_change if ptype in CHANGING else may_read
	return compat.allow() if may(doc, user) else False


def may_read(file: Document | frappe._dict, user: str) -> bool:
	"""Whether the user may open the file; asked of the stored row, whatever the given one says."""
	row = stored(file)
	if user == "Administrator":
		return True
	if row.is_folder:
		return user != "Guest" and bool(row.is_home_folder or row.is_attachments_folder or row.owner == user)
	if parent := parent_of(row):
		open_to_all = not row.is_private and not is_scoped(parent.doctype)
		return open_to_all or _may_with_parent(parent, row, user, "read")
	if not row.is_private and not on_scoped_type(row):
		return True
	if others := scoped_rows(row.file_url, besides=row.name):
		return any(may_read(other, user) for other in others)
	return row.owner == user != "Guest"


def may_change(file: Document | frappe._dict, user: str) -> bool:
	"""Whether the user may change or delete the row of the file."""
	row = stored(file)
	if user == "Administrator":
		return True
	if row.is_home_folder or row.is_attachments_folder:
		return False
	if not row.is_folder and (parent := parent_of(row)):
		return _may_with_parent(parent, row, user, "write")
	return row.owner == user != "Guest"


def stored(file: Document | frappe._dict) -> frappe._dict:
	"""The row as the database has it: what a request says of owner or parent counts for nothing."""
	found = frappe.db.get_value("File", file.name, FIELDS, as_dict=True) if file.get("name") else None
	return found or frappe._dict({field: file.get(field) for field in FIELDS})


def parent_of(row: Document | frappe._dict) -> Document | None:
	"""The record that the file hangs on, if there is one; of a comment or a mail the record it is about."""
	parent = _existing(row.attached_to_doctype, row.attached_to_name)
	if parent and parent.doctype in SPEAKING:
		return _existing(parent.reference_doctype, parent.reference_name) or parent
	return parent


def _existing(doctype: str | None, name: str | None) -> Document | None:
	if not doctype or not name or not frappe.db.exists("DocType", doctype):
		return None
	if frappe.get_meta(doctype).get("is_virtual") or not frappe.db.exists(doctype, name):
		return None
	return frappe.get_doc(doctype, name)


def on_scoped_type(row: Document | frappe._dict) -> bool:
	"""Whether the file hangs on a record of a kind that scope protects, be it saved already or not."""
	if row.attached_to_doctype in SPEAKING:
		parent = parent_of(row)
		return bool(parent) and is_scoped(parent.doctype)
	doctype = row.attached_to_doctype
	return bool(doctype) and bool(frappe.db.exists("DocType", doctype)) and is_scoped(doctype)


def rows_of(file_url: str | None) -> list[frappe._dict]:
	"""Every row of exactly this address (the database itself compares without regard to case)."""
	rows = frappe.get_all("File", filters={"file_url": file_url}, fields=FIELDS) if file_url else []
	return [row for row in rows if row.file_url == file_url]


def scoped_rows(file_url: str | None, besides: str | None = None) -> list[frappe._dict]:
	"""Rows of the address that hang on an existing record which scope protects: they alone say who may open it."""
	return [
		row
		for row in rows_of(file_url)
		if row.name != besides and on_scoped_type(row) and parent_of(row) is not None
	]


def _may_with_parent(parent: Document, row: frappe._dict, user: str, ptype: str) -> bool:
	if not _reaches(parent, user, ptype):
		return False
	levels = parent.meta.get_permlevel_access(ptype, user=user)
	return all(level in levels for level in field_levels(parent, row))


def _reaches(parent: Document, user: str, ptype: str) -> bool:
	if frappe.has_permission(parent.doctype, ptype, doc=parent, user=user):
		return True
	own = parent.owner == user or (parent.doctype == "User" and parent.name == user)
	return own and user != "Guest" and not is_scoped(parent.doctype)


def field_levels(parent: Document, row: frappe._dict) -> set[int]:
	"""Permission levels above 0 of the fields of the record (and its tables) that hold the file or are named by it."""
	named = {
		df.permlevel
		for meta in _with_tables(parent.meta)
		for df in _attach_fields(meta)
		if df.fieldname == row.attached_to_field
	}
	held = {
		df.permlevel
		for table in [parent, *parent.get_all_children()]
		for df in _attach_fields(table.meta)
		if row.file_url and table.get(df.fieldname) == row.file_url
	}
	return (named | held) - {0, None}


def _with_tables(meta) -> list:
	return [meta, *(frappe.get_meta(df.options) for df in meta.get_table_fields())]


def _attach_fields(meta) -> list:
	return meta.get("fields", {"fieldtype": ["in", ATTACH]})


def get_permission_query_conditions(user: str | None = None, doctype: str | None = None) -> str:
	"""Lists of File: own uploads that hang nowhere, the fixed folders, and the files of rows one may read."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	if user == "Guest":
		return NOTHING
	own = f"`tabFile`.`owner` = {escape(user)}"
	parts = [
		f"(`tabFile`.`is_folder` = 1 and (`tabFile`.`is_home_folder` = 1"
		f" or `tabFile`.`is_attachments_folder` = 1 or {own}))",
		f"(`tabFile`.`is_folder` = 0 and ifnull(`tabFile`.`attached_to_name`, '') = '' and {own})",
		*_conditions_by_parent(user),
	]
	return f"({' or '.join(parts)})"


def _conditions_by_parent(user: str) -> Iterator[str]:
	used = frappe.get_all(
		"File", filters={"attached_to_doctype": ["is", "set"]}, pluck="attached_to_doctype", distinct=True
	)
	for doctype in sorted(used):
		if doctype == "File":  # a file on a file: this very condition
			continue
		if not frappe.db.exists("DocType", doctype) or not frappe.has_permission(doctype, "read", user=user):
			continue
		meta = frappe.get_meta(doctype)
		if meta.istable or meta.get("is_virtual"):
			continue
		kind = f"`tabFile`.`attached_to_doctype` = {escape(doctype)}"
		yield " and ".join([f"({kind}", *_rows_and_fields(meta, user)]) + ")"


def _rows_and_fields(meta, user: str) -> Iterator[str]:
	if not meta.issingle:
		where = DatabaseQuery(meta.name, user=user).build_match_conditions(as_condition=True)
		inner = f" where {where}" if where else ""
		yield f"`tabFile`.`attached_to_name` in (select `name` from `tab{meta.name}`{inner})"
	levels = meta.get_permlevel_access("read", user=user)
	for owner in _with_tables(meta):
		for df in _attach_fields(owner):
			if df.permlevel and df.permlevel not in levels:
				yield _not_in_field(owner, df.fieldname)


def _not_in_field(meta, fieldname: str) -> str:
	"""Leaves out the files of one field, named by the file's row or held by the record's."""
	named = f"ifnull(`tabFile`.`attached_to_field`, '') != {escape(fieldname)}"
	if meta.issingle:
		return named
	key = "parent" if meta.istable else "name"
	return (
		f"{named} and not exists (select 1 from `tab{meta.name}` held where held.`{key}` ="
		f" `tabFile`.`attached_to_name` and held.`{fieldname}` = `tabFile`.`file_url`)"
	)

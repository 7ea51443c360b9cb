"""Fields that a functional administrator adds to a DocType of ours, without code and without a System Manager.

Frappe's Custom Field is used as it is; this is what it may be when whoever makes it does not keep the system: one of a
few kinds, on a DocType that its app offers (hook `social_care_extendable_doctypes`), with nothing in it that is run, with
an Arabic label, and at a level that later is never lowered.
"""

import re

import frappe
from frappe import _

ROLE = "Functional Administrator"
HOOK = "social_care_extendable_doctypes"
KINDS = (
	*("Data", "Small Text", "Int", "Float", "Check", "Select", "Date"),
	*("Section Break", "Column Break"),
)
BREAKS = ("Section Break", "Column Break")
# Run by browsers or servers, takes a value past its level, or changes how the table is kept.
CLOSED = {
	*("depends_on", "mandatory_depends_on", "read_only_depends_on", "collapsible_depends_on"),
	*("fetch_from", "is_virtual", "unique", "ignore_user_permissions", "ignore_xss_filter"),
	*("allow_on_submit", "is_system_generated", "module", "in_preview"),
}
ARABIC = re.compile(r"[\u0621-\u064A]")
COLUMN = re.compile(r"custom_[a-z][a-z0-9_]{0,50}|custom_[0-9a-f]{10}")
COMPUTED = re.compile(r"^\s*(eval:|:|__)|\{|\bjavascript:", re.IGNORECASE)


class CustomFieldError(frappe.ValidationError):
	"""The field is of a kind, or at a place, that only who keeps the system may make."""


def extendable() -> list[str]:
	"""DocTypes that take fields of a functional administrator."""
	return sorted(set(frappe.get_hooks(HOOK)))


def is_restricted(user: str | None = None) -> bool:
	"""Whether a user makes fields as a functional administrator only."""
	user = user or frappe.session.user
	return user != "Administrator" and "System Manager" not in frappe.get_roles(user)


def may_extend(doctype: str) -> bool:
	"""Whether the session user may add fields to a DocType as a functional administrator."""
	return doctype in extendable() and bool(frappe.has_permission("Custom Field", "create"))


def name_column(doc, method: str | None = None) -> None:
	"""`before_insert` hook: a column has a Latin name, also where the label is Arabic."""
	if is_restricted() and not COLUMN.fullmatch(doc.fieldname or ""):
		doc.fieldname = f"custom_{frappe.generate_hash(length=10)}"


def check_field(doc, method: str | None = None) -> None:
	"""`validate` hook of Custom Field.

	Raises CustomFieldError with a sentence that says what is not possible.
	"""
	if frappe.flags.in_install or frappe.flags.in_migrate or not is_restricted():
		return
	before = doc.get_doc_before_save()
	_check_place(doc, before)
	_check_kind(doc)
	_check_label(doc)
	_check_level(doc, before)


def may_change(doc, ptype: str, user: str) -> bool:
	"""Whether a functional administrator reaches a Custom Field: those of the DocTypes that are open to him, and he
	never removes one, since with it the values would be out of sight."""
	if not is_restricted(user):
		return True
	return doc.dt in extendable() and ptype not in ("delete", "share") if doc.dt else ptype != "delete"


def has_permission(doc, ptype: str | None = None, user: str | None = None) -> bool:
	"""Hook of the framework for Custom Field."""
	return may_change(doc, ptype or "read", user or frappe.session.user)


def get_permission_query_conditions(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook of the framework for Custom Field: a functional administrator sees those of the DocTypes open to him."""
	if not is_restricted(user):
		return ""
	names = ", ".join(frappe.db.escape(name) for name in extendable())
	return f"`tabCustom Field`.`dt` in ({names})" if names else "1=0"


def _check_place(doc, before) -> None:
	if doc.dt not in extendable():
		_refuse(
			_("Fields can be added to these types only: {0}.").format(
				"، ".join(_(name) for name in extendable())
			)
		)
	if doc.is_system_generated or (before and before.is_system_generated):
		_refuse(_("This field belongs to the system and is not changed here."))
	if not COLUMN.fullmatch(doc.fieldname or ""):
		_refuse(
			_(
				"The name of a column begins with {0} and has small Latin letters, digits and underscores. Leave it empty to have one made."
			).format("custom_")
		)


def _check_kind(doc) -> None:
	if doc.fieldtype not in KINDS:
		_refuse(
			_("A field of this kind is made by who keeps the system. Possible kinds: {0}.").format(
				"، ".join(_(kind) for kind in KINDS)
			)
		)
	used = [doc.meta.get_label(field) for field in sorted(CLOSED) if doc.get(field)]
	if used:
		_refuse(_("This is set by who keeps the system: {0}.").format("، ".join(_(label) for label in used)))
	if doc.fieldtype != "Select" and doc.options:
		_refuse(_("Only a field of kind Select has options."))
	if COMPUTED.search(doc.default or "") or COMPUTED.search(doc.options or ""):
		_refuse(_("A default and an option are plain values, nothing that is computed."))


def _check_label(doc) -> None:
	if doc.fieldtype not in BREAKS and not ARABIC.search(doc.label or ""):
		_refuse(_("Give the field an Arabic label."))


def _check_level(doc, before) -> None:
	"""Levels are those of the DocType; a value that was behind one stays there."""
	known = {row.permlevel for row in frappe.get_meta(doc.dt).permissions}
	if doc.permlevel not in known:
		_refuse(
			_("Possible levels of this type: {0}.").format("، ".join(str(level) for level in sorted(known)))
		)
	if before and doc.permlevel != before.permlevel:
		_refuse(_("The level of a field stays as it was made, so that no value comes to other eyes."))


def _refuse(message: str) -> None:
	frappe.throw(message, CustomFieldError, title=_("Custom Field"))


@frappe.whitelist()
@frappe.validate_and_sanitize_search_inputs
def search_types(doctype: str, txt: str, searchfield: str, start: int, page_len: int, filters=None) -> list:
	"""The DocTypes that take fields, for the link of the form."""
	frappe.has_permission("Custom Field", "create", throw=True)
	return [[name, _(name)] for name in extendable() if txt.lower() in name.lower() or txt in _(name)]

"""Who may write what of a request where it stands. Editors of its state write everything; others only what is theirs:
the reason or the receipt that their own step asks for, and a waiver.
"""

from typing import Any

import frappe
from frappe import _
from frappe.model import no_value_fields
from frappe.model.document import Document
from frappe.utils.data import cast

from social_care.services.runtime import units
from social_care.services.runtime.documents import MISSING, files_of
from social_care.services.versions import state_named

REASON, RECEIPT = "reason", "fee_receipt"
# written by the system with a save, or guarded by themselves (waivers in rules.py, steps in steps.py)
NOT_BY_HAND = frozenset({"status", "priority_points", "person", "rule_results", "clock"})


def check(doc: Document, pack: dict, before: Document, with_step: bool = False) -> None:
	"""In each state the roles that the pack names edit, at the place of the request.

	`with_step`: the save takes a step too, to which its reason and its receipt belong. Raises PermissionError.
	"""
	if doc.flags.by_system or doc.flags.by_citizen or frappe.session.user == "Administrator":
		return
	state = state_named(pack, before.status)
	held = units.roles_in(frappe.session.user, before, state)
	if set(state["editors"]) & held:
		return
	own = {REASON, RECEIPT} if with_step else writable(pack, state, held)
	if changed(doc, before) - own - writable(pack, state, held) or not own:
		frappe.throw(
			_("The request is «{0}»; it cannot be edited now by you.").format(_(before.status)),
			frappe.PermissionError,
			title=_("Request"),
		)


def writable(pack: dict, state: dict, held: set[str]) -> set[str]:
	"""Fields that roles write in a state which they do not edit."""
	found = set()
	for action in pack["workflow"]["actions"]:
		if state["code"] in action["from"] and set(action["roles"]) & held:
			found |= {REASON} & set(action["requires"])
			found |= {RECEIPT} if "fee" in action["requires"] else set()
	for key, table in (("rules", "rule_results"), ("documents", "documents")):
		if any(set(row["waivable_by"]) & held for row in pack[key]):
			found.add(table)
	return found


def changed(doc: Document, before: Document) -> set[str]:
	"""Names of the fields that a save changes by hand."""
	fields = (df for df in doc.meta.fields if df.fieldname not in NOT_BY_HAND)
	return {df.fieldname for df in fields if _differs(df, doc.get(df.fieldname), before.get(df.fieldname))}


def _differs(df: Any, new: Any, old: Any) -> bool:
	if df.fieldtype == "Table":
		return _rows(df, new) != _rows(df, old)
	if df.fieldtype in no_value_fields:
		return False
	return _plain(df, new) != _plain(df, old)


def _rows(df: Any, rows: list[Document] | None) -> list[list]:
	"""Values of the rows; of the checklist what a client writes of papers that somebody has touched."""
	if df.fieldname == "documents":
		touched = [row for row in rows or [] if row.state != MISSING or files_of(row) or row.remarks]
		return sorted([row.document_code, row.state, *files_of(row), row.remarks or ""] for row in touched)
	columns = frappe.get_meta(df.options).fields
	return [[_plain(column, row.get(column.fieldname)) for column in columns] for row in rows or []]


def _plain(df: Any, value: Any) -> Any:
	"""The value as its kind, so that «5» and 5 are one; nothing, 0 and "" are one."""
	return (cast(df.fieldtype, value) or None) if value else None

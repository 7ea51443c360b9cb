"""What the history below a version tells of a change: the difference in words, in place of the definition's text."""

import json
import re
from typing import Any

import frappe
from frappe import _

from social_care.services.builder import comparing

PACK = "Service Pack"
AT_MOST = 10  # changes looked at, as many as the framework shows of a record
PARTS = 4  # differences in one sentence
CODES = re.compile(
	"[A-Za-z]_|_[A-Za-z]"
)  # names of fields, as values of samples and conditions hold them: the place is told alone


def entries(doctype: str, docname: str) -> list[dict[str, Any]]:
	"""Entries for the framework's timeline, one a save that changed the definition (hook `additional_timeline_content`)."""
	if doctype != PACK or not frappe.has_permission(PACK, "read", doc=docname):
		return []
	changes = frappe.get_all(  # the history of a record that the user reads
		"Version",
		filters={"ref_doctype": PACK, "docname": docname},
		fields=["owner", "creation", "data"],
		order_by="creation desc",
		limit=AT_MOST,
	)
	return [entry for row in changes if (entry := _entry(row))]


def _entry(row: dict) -> dict[str, Any] | None:
	changed = {field: (old, new) for field, old, new in json.loads(row.data or "{}").get("changed") or []}
	if "definition" not in changed:
		return None
	words = in_words(*changed["definition"])
	if not words:
		return None
	said = _("{0} changed: {1}").format(frappe.utils.get_fullname(row.owner), words)
	return {"icon": "edit", "creation": row.creation, "content": frappe.utils.escape_html(said)}


def in_words(old: str, new: str) -> str:
	"""Differences of two definitions as one sentence; «» where they say the same."""
	try:
		rows = comparing.differences(json.loads(old or "{}"), json.loads(new or "{}"))
	except (ValueError, KeyError, TypeError, AttributeError):
		return _("the definition, which could not be read")
	parts = [_part(row) for row in rows[:PARTS]]
	if len(rows) > PARTS:
		parts.append(_("and {0} more").format(len(rows) - PARTS))
	return _("، ").join(parts)


def _part(row: dict[str, str]) -> str:
	if row["kind"] == "+":
		return _("«{0}» added to {1}").format(row["text"], row["where"])
	if row["kind"] == "-":
		return _("«{0}» removed from {1}").format(row["text"], row["where"])
	if CODES.search(row["text"]):
		return row["where"]
	return _("{0}: {1}").format(row["where"], row["text"])

"""The best interests determination: one set of fields and one rule, wherever it is written (R3-10).

It stands in a Care Review whose kind asks for it, or, where no review was held for the occasion, in a record of its own
(Best Interests Determination). Both carry the fields below with the same levels, and both are checked by `check`.
Convention on the Rights of the Child, articles 3 and 12.
"""

from collections.abc import Callable

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, cint, nowdate

FIELDS = ("child_view", "no_view_reason", "best_interests")
REVIEW, RECORD = "Care Review", "Best Interests Determination"


def lacks_view(doc: Document) -> bool:
	"""Neither the child's own view nor the reason why there is none."""
	return not (doc.get("child_view") or "").strip() and not (doc.get("no_view_reason") or "").strip()


def check_view(doc: Document, refuse: Callable[[str, str], None]) -> None:
	"""The child's own view, or in writing why there is none."""
	if lacks_view(doc):
		refuse(
			_("Write the child's own view, or the reason why there is none (for example: too young)."),
			_("The Child's Own View"),
		)


def check(doc: Document, refuse: Callable[[str, str], None]) -> None:
	"""A determination that counts: the child's view, and in writing what was weighed and decided."""
	check_view(doc, refuse)
	if not (doc.get("best_interests") or "").strip():
		refuse(
			_("Please complete first: {0}").format(_(doc.meta.get_label("best_interests"))),
			_("Best Interests Determination"),
		)


def latest(child: str) -> dict | None:
	"""The newest determination of a child that still counts (Social Care Settings, days): {doctype, name, day}."""
	days = cint(frappe.get_cached_doc("Social Care Settings").best_interests_valid_days)
	since = add_days(nowdate(), -days) if days else "1900-01-01"
	written = {"child": child, "best_interests": ["is", "set"]}
	reviews = frappe.get_all(  # of a child whose movement the caller works on; nothing of the content leaves
		REVIEW,
		filters=written | {"status": "Completed", "held_on": [">=", since]},
		fields=["name", "held_on as day"],
		order_by="held_on desc",
		limit=1,
	)
	records = frappe.get_all(
		RECORD,
		filters=written | {"determined_on": [">=", since]},
		fields=["name", "determined_on as day"],
		order_by="determined_on desc",
		limit=1,
	)
	found = [{"doctype": REVIEW, **row} for row in reviews] + [{"doctype": RECORD, **row} for row in records]
	return max(found, key=lambda row: row["day"], default=None)

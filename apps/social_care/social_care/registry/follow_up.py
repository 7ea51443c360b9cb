"""Follow-up at set times after a child has left an institution: rows that come due, and stay once they are done."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_months, getdate, nowdate

TABLE = "follow_ups"


class FollowUpError(frappe.ValidationError):
	"""A row of the follow-up that is not true, or that would be lost."""


def months(setting: str) -> list[int]:
	"""Months after the beginning at which a follow-up is due, from a field of Social Care Settings like «1,3,6»."""
	return parse_months(frappe.get_cached_doc("Social Care Settings").get(setting))


def parse_months(text: str | None) -> list[int]:
	"""Ascending months of a list like «1, 3, 6»; ValueError where something else stands in it."""
	parts = (part.strip() for part in (text or "").replace("،", ",").split(","))
	found = sorted({int(part) for part in parts if part})
	if any(month < 1 or month > 240 for month in found):
		raise ValueError(text)
	return found


def schedule(doc: Document, start, setting: str) -> None:
	"""Plan the follow-up from `start`; rows that are done stay, those that were only planned make room."""
	done = [row for row in doc.get(TABLE) if row.visit_date]
	met = {getdate(row.due_date) for row in done}
	due = [getdate(add_months(start, month)) for month in months(setting)]
	doc.set(TABLE, done)
	for day in due:
		if day not in met:
			doc.append(TABLE, {"due_date": day})
	doc.get(TABLE).sort(key=lambda row: getdate(row.due_date))
	for number, row in enumerate(doc.get(TABLE), 1):
		row.idx = number


def check(doc: Document) -> None:
	"""What was done has a day not in the future and an outcome, and does not vanish."""
	for row in doc.get(TABLE):
		if row.visit_date and getdate(row.visit_date) > getdate(nowdate()):
			_refuse(_("Row {0} of the follow-up: the day lies in the future.").format(row.idx))
		if row.visit_date and not row.outcome:
			_refuse(_("Row {0} of the follow-up: write the outcome.").format(row.idx))
	_keep_done(doc)


def _keep_done(doc: Document) -> None:
	before = doc.get_doc_before_save()
	kept = {row.name for row in doc.get(TABLE)}
	if before and any(row.visit_date and row.name not in kept for row in before.get(TABLE)):
		_refuse(_("A follow-up that was done is not removed."))


def open_rows(doc: Document) -> list:
	"""Rows that are not done yet."""
	return [row for row in doc.get(TABLE) if not row.visit_date]


def _refuse(message: str) -> None:
	frappe.throw(message, FollowUpError, title=_("Follow-up"))

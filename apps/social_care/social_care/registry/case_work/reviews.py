"""The review of a child's care: what it must hold before it counts, and what follows from it."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from social_care.registry import best_interests
from social_care.registry.case_work import due, rules
from social_care.registry.case_work.records import check_day, refuse

PLANNED, COMPLETED = "Planned", "Completed"
NEEDED = ("held_on", "participants", "placement_necessary", "placement_suitable", "decisions")


def check_path(review: Document) -> None:
	"""Planned, then completed; what is completed stays as it is."""
	before = review.get_doc_before_save()
	old, new = before.status if before else PLANNED, review.status or PLANNED
	if old == COMPLETED:
		review.status = COMPLETED
		review.freeze()
	elif new == COMPLETED:
		complete(review)


def complete(review: Document) -> None:
	"""All that a review needs to count, and the day of the next one."""
	review.expect(NEEDED, _("Before the review can be completed, please fill in: {0}"))
	best_interests.check_view(review, refuse)
	if needs_best_interests(review):
		best_interests.check(review, refuse)
	review.due_on = due.due_on(review.child)
	review.is_late = int(bool(review.due_on) and getdate(review.held_on) > review.due_on)
	set_next(review)
	review.stamp("completed")


def needs_best_interests(review: Document) -> bool:
	"""Whether the occasion asks for a written best interests determination (a setting of the kind of review)."""
	return bool(frappe.db.get_value("Care Review Kind", review.review_kind, "needs_best_interests"))


def set_next(review: Document) -> None:
	"""The next review follows this one, not later than the rule allows."""
	latest = rules.months_after(rules.REVIEW, review.held_on)
	review.next_review_on = review.next_review_on or latest
	if review.next_review_on and getdate(review.next_review_on) <= getdate(review.held_on):
		refuse(_("The next review lies after this one."), _("Care Review"))
	if latest and getdate(review.next_review_on) > latest:
		refuse(
			_("The next review is due on {0} at the latest.").format(frappe.format(latest, "Date")),
			_("Care Review"),
		)


def check_dates(review: Document) -> None:
	"""A review is held neither in the future nor before the child was born."""
	check_day(review, "held_on")
	if review.status == COMPLETED and not review.next_review_on:
		refuse(_("There is no rule for the interval between reviews."), _("Care Review"))


def one_planned(review: Document) -> None:
	"""A child has one planned review at a time: a second click opens no second one."""
	if not review.is_new() or review.status == COMPLETED:
		return
	other = frappe.db.get_value("Care Review", {"child": review.child, "status": PLANNED}, for_update=True)
	if other:
		refuse(
			_("A review of this child is already planned ({0}); complete it first.").format(other),
			_("Care Review"),
		)

from typing import ClassVar

import frappe
from frappe import _
from frappe.utils import cint, getdate, now_datetime, nowdate
from social_care.registry.child_paper import ChildRecord

from social_care_kafala.kafala.applications.campaigns import CAMPAIGN, CANCELLED

PLANNED, HELD = "Campaign Planned", "Campaign Held"
STEPS = {(PLANNED, HELD), (PLANNED, CANCELLED)}


class KafalaCampaignError(frappe.ValidationError):
	"""A campaign, or a step of it, that the rules do not allow now."""


class KafalaAwarenessCampaign(ChildRecord):
	"""A campaign that makes kafala known (R2-17): who holds it, when, by which activities, and how many people it reached.

	It names nobody; families who learned of kafala by it say so in their files.
	"""

	title: ClassVar[str] = CAMPAIGN
	error = KafalaCampaignError

	def on_trash(self) -> None:
		frappe.throw(
			_("A campaign is cancelled, not deleted."), frappe.PermissionError, title=_("Not Deleted")
		)

	def place(self) -> tuple[str | None, str | None]:
		before = self.get_doc_before_save()
		return (before or self).org_unit, None

	def check_content(self) -> None:
		before = self.get_doc_before_save()
		if before and before.status != PLANNED:
			self.refuse(_("A campaign that was held or cancelled is not rewritten."))
		self.check_days()
		self.people_reached = sum(cint(row.people_reached) for row in self.activities)
		if self.status != (before.status if before else PLANNED):
			self.take_step(before)

	def check_days(self) -> None:
		"""The campaign ends after it begins, and its activities lie within."""
		first, last = getdate(self.starts_on), getdate(self.ends_on)
		if last < first:
			self.refuse(_("The first day lies after the last one."))
		for row in self.activities:
			if not first <= getdate(row.day) <= last:
				self.refuse(_("Activity {0} lies outside the days of the campaign.").format(row.idx))

	def take_step(self, before) -> None:
		"""Held once its last day has come, with activities and what came of it; or cancelled with the reason."""
		if not before or (before.status, self.status) not in STEPS:
			self.refuse(_("A campaign begins as planned, and is then held or cancelled."))
		self.expect(("result",), _("Please complete first: {0}"))
		if self.status == HELD:
			self.expect(("activities",), _("Please complete first: {0}"))
			if getdate(self.ends_on) > getdate(nowdate()):
				self.refuse(_("The last day of the campaign has not come yet."))
		self.closed_on = now_datetime()

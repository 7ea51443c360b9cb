"""The rules of a rapid intervention case, however it is saved: clock of arrival, team, action, follow-up."""

from typing import ClassVar

import frappe
from frappe import _
from frappe.utils import add_to_date, cint, flt, get_datetime, now_datetime, time_diff_in_seconds
from social_care import system_fields
from social_care.organisation.grants import roles_at
from social_care.organisation.transitions import check_role
from social_care.registry.file_review import changed_fields
from social_care.registry.notices import notify
from social_care.workflow_actions import note_next_step

from social_care_inspections.inspections.interventions import states
from social_care_inspections.inspections.paper import InstitutionPaper, Place
from social_care_inspections.inspections.visits import evidence
from social_care_inspections.inspections.visits.people import names, officers_of
from social_care_inspections.inspections.visits.states import INSPECTORS

MINUTE = 60
MEMBERS = frozenset({*states.RESPONDERS, *INSPECTORS, "Social Unit Worker"})


class RapidInterventionCaseError(frappe.ValidationError):
	"""A case, or a step of it, that the rules do not allow now."""


class InterventionCase(InstitutionPaper):
	"""One report that a team is sent out to, from its receipt to the end of its follow-up."""

	title: ClassVar[str] = states.CASE
	error = RapidInterventionCaseError
	steps: ClassVar[dict[str, str]] = {
		states.DISPATCHED: "dispatch",
		states.ARRIVED: "arrive",
		states.ACTED: "act",
		states.FOLLOWED: "follow_up",
		states.CLOSED: "close",
		states.NOT_ACCEPTED: "refuse_report",
	}

	def on_update(self) -> None:
		before = self.get_doc_before_save()
		note_next_step(self, "status")
		if before and before.status != self.status == states.DISPATCHED:
			sentence = _("You are sent out to case {0}.", lang="ar").format(self.name)
			others = {row.user for row in self.team} - {frappe.session.user}
			notify(sorted(others), sentence, self.doctype, self.name)

	def keep_system_fields(self) -> None:
		system_fields.keep(self, but=self.fills_itself)
		system_fields.keep_rows(self, "follow_ups")
		self.governorate = frappe.db.get_value("Org Unit", self.place()[0], "governorate")

	def place(self) -> Place:
		"""The unit that sends the team; the institution in which something happens sees nothing."""
		before = self.get_doc_before_save()
		return (before or self).org_unit, None

	def check_content(self) -> None:
		before = self.get_doc_before_save()
		if before and before.org_unit != self.org_unit:
			self.refuse(_("A case stays with its unit."))
		self.check_report(before)
		self.check_team()
		evidence.check_files(self)
		self.keep_follow_ups(before)

	def check_report(self, before) -> None:
		"""Time and place of the report; until a team is sent, the clock runs from that time."""
		self.reported_on = self.reported_on or now_datetime()
		if get_datetime(self.reported_on) > add_to_date(now_datetime(), minutes=5):
			self.refuse(_("{0} lies in the future.").format(_("Reported On")))
		if not (-90 <= flt(self.latitude) <= 90 and -180 <= flt(self.longitude) <= 180):
			self.refuse(_("Latitude lies between -90 and 90, longitude between -180 and 180."))
		if bool(flt(self.latitude)) != bool(flt(self.longitude)):
			self.refuse(_("A place has both latitude and longitude."))
		if not before or before.status == states.RECEIVED:
			self.arrival_due_on = add_to_date(self.reported_on, minutes=minutes_of(self.case_kind))

	def check_team(self) -> None:
		"""Members work at the unit and hold no office in the institution concerned; one heads the team."""
		users = [row.user for row in self.team]
		if len(set(users)) < len(users):
			self.refuse(_("A member of the team is named twice."))
		unit, _institution = self.place()
		strangers = [user for user in users if not MEMBERS & roles_at(user, unit, None)]
		if strangers:
			self.refuse(_("These are sent out by another unit: {0}").format(names(strangers)))
		if self.institution and (involved := set(users) & officers_of(self.institution)):
			self.refuse(_("These hold an office in the institution: {0}").format(names(sorted(involved))))
		heads = sum(cint(row.is_lead) for row in self.team)
		if heads > 1:
			self.refuse(_("A team has one head."))
		if users and not heads:
			self.team[0].is_lead = 1

	def keep_follow_ups(self, before) -> None:
		"""Rows of the follow-up are added, by whoever looked; none goes."""
		known = {row.name for row in before.follow_ups} if before else set()
		if known - {row.name for row in self.follow_ups}:
			self.refuse(_("What was followed up is not taken away."))
		for row in self.follow_ups:
			if not row.followed_by:
				row.followed_by = frappe.session.user

	def guard_path(self) -> None:
		before = self.get_doc_before_save()
		changed = changed_fields(self, before)
		if changed:
			self.add_editor()
		if not before:
			self.begin(changed)
			return
		if changed - states.WRITTEN.get(before.status, frozenset()):
			self.refuse(_("What is {0} is not rewritten any more.").format(_(before.status)))
		if before.status == self.status:
			self.check_editing(changed)
			return
		check_role(before, self.status, *self.place(), _(self.title))
		getattr(self, self.steps[self.status])()

	def begin(self, changed: set[str]) -> None:
		"""A case begins with the report, whatever was sent with it."""
		if changed - states.REPORT - {"org_unit"} or self.team or self.follow_ups or self.evidence:
			self.refuse(_("A case begins with the report; the rest is written step by step."))

	# Steps, in the order of the states

	def dispatch(self) -> None:
		if not self.team:
			self.refuse(_("Name the team that is sent out."))
		self.stamp("dispatched")

	def arrive(self) -> None:
		"""Between the report and now; compared with the clock that began with the report. Late stays late."""
		self.arrived_on = self.arrived_on or now_datetime()
		moment = get_datetime(self.arrived_on)
		if moment > now_datetime() or moment < get_datetime(self.reported_on):
			self.refuse(_("A team arrives between the report and now."))
		seconds = time_diff_in_seconds(moment, self.reported_on)
		self.arrival_minutes = int(seconds // MINUTE)
		self.arrived_late = int(moment > get_datetime(self.arrival_due_on))

	def act(self) -> None:
		self.need("action_taken", "action_details")
		self.need(*states.NEEDED.get(self.action_taken, ()))

	def follow_up(self) -> None:
		if not self.follow_ups:
			self.refuse(_("Write the first look after the people of this case."))

	def close(self) -> None:
		"""Whoever was placed in a home was looked after at least once."""
		self.need("closing_note")
		if self.action_taken == states.PLACED and not self.follow_ups:
			self.refuse(_("Write the first look after the people of this case."))
		self.stamp("closed")

	def refuse_report(self) -> None:
		"""A report that no team is sent out to, with the reason."""
		self.need("closing_note")
		self.stamp("closed")


def minutes_of(kind: str) -> int:
	"""Minutes until a team is there: those of the kind, or of the settings."""
	own = cint(frappe.db.get_value("Intervention Kind", kind, "arrival_minutes"))
	return own or cint(frappe.get_cached_doc("Inspection Settings").arrival_minutes)

"""Where one child of a closing institution goes: who writes what of it, and when it is ready for the committee."""

import frappe
from frappe import _
from frappe.utils import nowdate
from social_care.organisation.grants import roles_at
from social_care.registry import best_interests
from social_care.registry.child_paper import ChildRecord

from social_care_inspections.inspections.closings import facts, solver, states
from social_care_inspections.inspections.closings.distance import Point, kilometres
from social_care_inspections.inspections.closings.settings import in_school_year, weights

HEARD = frozenset({"child_view", "no_view_reason", "best_interests", "special_needs"})
CHOICE = frozenset({"next_place", "to_institution"})
NO_OPINION = dict.fromkeys(("plan_legal_opinion", "plan_opinion_by", "plan_opinion_on"))
PLANNED = CHOICE | {
	"effective_date",
	"school_reason",
	"separation_reason",
	"exception_reason",
	"reintegration_case",
}
AFTERWARDS = frozenset(
	{"file_handed_over_on", "savings_handed_over_on", "absence_note", "reintegration_case"}
)
CHOOSERS = frozenset({"Directorate Director", "Directorate Data Officer", "Central Administration Head"})
OPEN = (states.PLACING, states.HANDING)


class ClosingPlacementError(frappe.ValidationError):
	"""A row of a plan that the rules do not allow now."""


class PlannedPlacement(ChildRecord):
	"""The institution writes down what the child says and needs; directorate and headquarters choose; a committee approves."""

	title = states.PLAN
	error = ClosingPlacementError

	def check_new(self) -> None:
		"""One row for each child who lives in the institution that closes."""
		twin = {"closing_case": self.closing_case, "child": self.child}
		if frappe.db.exists(states.PLAN, twin):
			self.refuse(_("The plan has a row for this child already."))
		if frappe.db.get_value("Child", self.child, "institution") != self.place()[1]:
			self.refuse(_("The child does not live in the institution that closes."))

	def place(self) -> tuple[str | None, str | None]:
		found = frappe.db.get_value(states.CLOSING, self.closing_case, ["org_unit", "institution"])
		return found or (None, None)

	def keep_system_fields(self) -> None:
		super().keep_system_fields()
		if self.is_new():
			self.org_unit, self.institution = self.place()
			known = facts.children([self.child]).get(self.child, {})
			self.update({field: value for field, value in known.items() if field != "special_needs"})

	def check_content(self) -> None:
		changed = self.changes()
		if self.is_new():
			self.check_new()
		self.check_closing()
		self.check_hands(changed)
		if self.next_place not in states.TO_INSTITUTION:
			self.to_institution = None
		if changed & CHOICE:
			self.update({"chosen_by_person": int(bool(self.next_place)), "unplaced_reason": None})
		if changed & PLANNED:
			self.add_editor()
			end_opinion(self.closing_case)
		self.describe_target()
		self.check_reintegration()

	def check_closing(self) -> None:
		state = frappe.db.get_value(states.CLOSING, self.closing_case, "status")
		if state not in OPEN:
			self.refuse(
				_("The plan for the children is written while they are placed; the closing is: {0}").format(
					_(state)
				)
			)

	def check_hands(self, changed: set[str]) -> None:
		"""What was decided stays; the institution writes what the child says, and does not choose."""
		if changed & CHOICE and self.status == states.APPROVED and self.fault and not self.placement_change:
			self.choose_anew()
		if self.status != states.DRAFT and changed - AFTERWARDS:
			self.refuse(_("What the committee has decided is not rewritten any more."))
		user = frappe.session.user
		if user == "Administrator" or self.flags.ignore_permissions:
			return
		if changed - HEARD and not CHOOSERS & roles_at(user, *self.place()):
			self.refuse(
				_(
					"The directorate chooses where the child goes; the institution writes down what the child says."
				)
			)

	def choose_anew(self) -> None:
		"""The core refused the transfer, or it came to nothing: another place is another decision of the committee."""
		self.status = states.DRAFT
		decided = ("decision_number", "decision_date", "decision_authority", "approved_by", "approved_on")
		self.update(dict.fromkeys((*decided, *states.SHOWN, "fault")))

	def describe_target(self) -> None:
		"""Name, way and school of the chosen institution."""
		home, name, points = self.to_institution, None, {}
		if home:
			if home == self.institution:
				self.refuse(_("The child lives in this institution already."))
			points = facts.places_of({self.institution, home})
			name = frappe.db.get_value("Institution", home, "institution_name")
		self.update(target(self, home, name, points))

	def check_reintegration(self) -> None:
		if self.reintegration_case:
			child = frappe.db.get_value("Reintegration Case", self.reintegration_case, "child")
			if child != self.child:
				self.refuse(_("{0} belongs to another child.").format(_("Reintegration Case")))


def target(row: dict, home: str | None, name: str | None, points: dict[str, Point]) -> dict:
	"""What a row says of its next institution: name, way, and whether the child can go on to the same school."""
	if not home:
		return {"to_institution_name": None, "distance_km": 0, "keeps_school": 0}
	away = kilometres(points[row.institution], points[home])
	kept = int(bool(row.in_school) and away <= weights().reach_km)
	return {"to_institution_name": name, "distance_km": round(away, 1), "keeps_school": kept}


def faults(row: dict, group: list[dict], successor: str | None = None) -> list[str]:
	"""Sentences on what keeps a row from the committee; `group`: rows of the child's siblings in the same plan; `successor`: of a
	merger, the only institution that children go to."""
	found = []
	if best_interests.lacks_view(row):
		found.append(_("the child has not been heard, and no reason is written"))
	if not (row.best_interests or "").strip():
		found.append(_("what is best for the child has not been written"))
	if not row.next_place or (row.next_place in states.TO_INSTITUTION and not row.to_institution):
		found.append(_("no next place was chosen"))
	if successor and row.to_institution and row.to_institution != successor:
		found.append(_("in a merger the child goes to the institution that takes over"))
	if row.get("unsuitable") and not (row.exception_reason or "").strip():
		found.append(
			_(
				"the institution does not suit the child (sex, age, needs, grade, governorate), and no reason is written"
			)
		)
	apart = {(other.next_place, other.to_institution) for other in group} - {
		(row.next_place, row.to_institution)
	}
	if apart and not (row.separation_reason or "").strip():
		found.append(_("siblings are separated without a reason"))
	if loses_school(row) and not (row.school_reason or "").strip():
		found.append(_("the school changes during the year without a reason"))
	return found


def loses_school(row: dict) -> bool:
	"""A pupil who is moved out of reach of the school while school is held."""
	moves_away = row.in_school and row.next_place in states.TO_INSTITUTION and not row.keeps_school
	return bool(moves_away) and in_school_year(row.effective_date or nowdate())


def reason(rule: str, siblings: int) -> str:
	"""Why the search has no home for a child, as a sentence."""
	sentences = {
		solver.TOGETHER: _("The institution that was chosen for a sibling cannot take the child."),
		solver.KIND: _("No institution takes children with these needs."),
		solver.SEX: _("No suitable institution takes this sex."),
		solver.AGE: _("No suitable institution takes this age."),
		solver.DISTANCE: _("No suitable institution lies within the distance of the settings."),
		solver.ROOM: _("No suitable institution has a free place."),
		solver.STOPPED: _("The search was stopped by its time before it found a place; give it more time."),
		solver.TAKEN: _("The free places of suitable institutions are taken by other children of the plan."),
	}
	together = {
		solver.KIND: _("No institution takes all these siblings with their different needs together."),
		solver.SEX: _("No suitable institution takes brothers and sisters together."),
		solver.AGE: _("No suitable institution takes siblings of these ages together."),
		solver.ROOM: _("No suitable institution has free places for all siblings together."),
	}
	return (together.get(rule) if siblings else None) or sentences[rule]


def end_opinion(closing: str) -> None:
	"""The legal adviser's opinion is about the plan as it stood; another plan needs another one."""
	frappe.db.set_value(states.CLOSING, closing, NO_OPINION, update_modified=False)

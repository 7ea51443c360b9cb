"""The rules of a closing, however it is saved. The last of them: it is not completed while a child has no other place."""

import frappe
from frappe import _
from social_care.organisation.grants import roles_at
from social_care.organisation.transitions import check_role
from social_care.registry import placements
from social_care.registry.file_review import changed_fields
from social_care.workflow_actions import note_next_step

from social_care_inspections.inspections.closings import completion, effect, notices, states, steps
from social_care_inspections.inspections.closings.settings import settings
from social_care_inspections.inspections.paper import InstitutionPaper, due_after

CLOCKS = {
	states.WITH_ADVISER: "opinion_days",
	states.OPINION: "order_days",
	states.ORDERED: "supervision_days",
	states.PLACING: "placing_days",
}


class ClosingCaseError(frappe.ValidationError):
	"""A closing, or a step of it, that the rules do not allow now."""


class ClosingPaper(InstitutionPaper):
	"""The closing of one institution: memo, legal opinion, order, interim supervision, the children, handing over, end."""

	title = states.CLOSING
	error = ClosingCaseError
	steps_taken = {
		states.MEMO: "send_back",
		states.WITH_ADVISER: "send_to_adviser",
		states.OPINION: "give_opinion",
		states.ORDERED: "order",
		states.SUPERVISED: "begin_supervision",
		states.PLACING: "begin_placing",
		states.HANDING: "begin_handing",
		states.COMPLETED: "complete",
		states.CANCELLED: "stop",
	}

	def validate(self) -> None:
		super().validate()
		steps.keep(self)

	def on_update(self) -> None:
		before = self.get_doc_before_save()
		note_next_step(self, "status")
		if before and before.status != self.status:
			effect.follow(self, before.status)
			notices.tell(self)

	@property
	def residents_left(self) -> int:
		"""Children who live in the institution now."""
		return placements.children_in(self.institution) if self.institution else 0

	def check_content(self) -> None:
		before = self.get_doc_before_save()
		if not before:
			self.check_alone()
		if self.expected_result != states.MERGER:
			self.successor = None
		elif self.successor == self.institution:
			self.refuse(_("An institution is not merged with itself."))

	def check_alone(self) -> None:
		"""One closing of an institution at a time."""
		frappe.db.get_value("Institution", self.institution, "name", for_update=True)
		open_ones = {
			"institution": self.institution,
			"status": ["in", states.OPEN],
			"name": ["!=", self.name or ""],
		}
		if other := frappe.db.get_value(states.CLOSING, open_ones, for_update=True):
			self.refuse(_("A closing of this institution is under way already: {0}").format(other))

	def guard_path(self) -> None:
		before = self.get_doc_before_save()
		if not before:
			self.begin()
			return
		changed = changed_fields(self, before)
		if changed:
			self.check_changes(before, changed)
			if changed & states.TERMS:
				self.add_editor()
			self.follow_committee(changed)
		if before.status != self.status:
			check_role(before, self.status, *self.place(), _(self.title))
			getattr(self, self.steps_taken[self.status])(before)
			self.step_due_on = due_after(settings().get(CLOCKS.get(self.status, ""), 0))

	def begin(self) -> None:
		"""A closing begins with the memo, whatever was sent with it."""
		sent = {
			df.fieldname
			for df in self.meta.fields
			if df.fieldname in states_fields() and self.get(df.fieldname)
		}
		self.add_editor()
		if sent - states.TERMS:
			self.refuse(_("A closing begins with the memo; the rest is written step by step."))

	def check_changes(self, before, changed: set[str]) -> None:
		"""What is written in the present state, by whoever edits in it at the institution's place."""
		if changed == states.PLAN_OPINION and before.status in (states.PLACING, states.HANDING):
			self.check_adviser()
			return
		adviser, others = states.WRITTEN.get(before.status, (frozenset(), frozenset()))
		parts = {"adviser": adviser, "editor": others}
		self.check_parts(before, changed, parts, others="editor", adviser=states.ADVISER)

	def check_adviser(self) -> None:
		"""The Workflow lets the adviser edit nothing in these states; the opinion on the committee's decision is his all the same."""
		user = frappe.session.user
		if user != "Administrator" and not states.ADVISER & roles_at(user, *self.place()):
			frappe.throw(_("This step is not yours to take."), frappe.PermissionError, title=_(self.title))

	def follow_committee(self, changed: set[str]) -> None:
		"""The legal adviser's opinion is about the decision that stands there; another decision needs another one."""
		if changed & states.PLAN_OPINION:
			self.need("plan_legal_opinion", "committee", "plan_decision_number", "plan_decision_date")
			planners = {self.proposal_by, *(self.proposers or "").split()}
			self.other_hands(
				planners, _("Whoever made the plan for the children does not give the opinion on it.")
			)
			self.stamp("plan_opinion")
		elif changed & states.COMMITTEE_FIELDS:
			self.update(dict.fromkeys(("plan_legal_opinion", "plan_opinion_by", "plan_opinion_on")))

	# Steps, in the order of the states

	def send_back(self, before) -> None:
		"""With the reason, to be written anew; what was decided before is void."""
		self.need("return_reason")
		self.update(dict.fromkeys(("opinion_by", "opinion_on", "legal_opinion")))

	def send_to_adviser(self, before) -> None:
		self.need("memo", "reason", "expected_result")
		if self.expected_result == states.MERGER:
			self.need("successor")
		self.check_reachable()
		self.return_reason = None

	def check_reachable(self) -> None:
		"""What the order would put the institution into, its own Workflow has a way to from where it stands."""
		now = frappe.db.get_value("Institution", self.institution, "status")
		wanted = effect.ordered_state(self)
		if now != wanted and not effect.is_way(now, wanted):
			self.refuse(
				_("An institution that is {0} cannot become {1}; change its state first.").format(
					_(now), _(wanted)
				)
			)

	def give_opinion(self, before) -> None:
		self.need("legal_opinion")
		self.other_hands(self.hands(), _("Whoever wrote the memo does not give the opinion on it."))
		self.stamp("opinion")

	def order(self, before) -> None:
		"""By other hands than the memo's and the opinion's; the institution takes no children from now on."""
		if not self.opinion_on:
			self.refuse(_("The legal adviser gives an opinion on the closing first."))
		self.need("decision_number", "decision_date", "decision_authority")
		self.check_past("decision_date")
		self.other_hands(
			self.hands() | {self.opinion_by}, _("Whoever wrote the memo does not order the closing.")
		)
		self.return_reason = None
		self.stamp("ordered")
		steps.draw_up(self)

	def begin_supervision(self, before) -> None:
		if not self.ordered_on:
			self.refuse(_("The closing has not been ordered yet."))
		self.need("supervisor_name", "supervision_from")
		self.check_past("supervision_from")
		self.stamp("supervision")

	def begin_placing(self, before) -> None:
		"""A row for each child; or back from handing over, with the reason."""
		if before.status == states.HANDING:
			self.need("return_reason")
		if not self.supervision_on:
			self.refuse(_("Interim supervision has not begun yet."))
		if self.expected_result not in states.EMPTIED:
			self.refuse(_("With this result the children stay; no plan is made for them."))

	def begin_handing(self, before) -> None:
		if not self.supervision_on:
			self.refuse(_("Interim supervision has not begun yet."))
		if self.expected_result in states.EMPTIED:
			completion.check_plan_decided(self)
		self.return_reason = None
		self.stamp("handing")

	def complete(self, before) -> None:
		"""Every condition of the result, under a lock, whichever way the state was reached."""
		self.other_hands({self.handing_by}, _("Whoever handed over does not complete the closing."))
		effect.note_moves(self.name)
		completion.check(self)
		self.stamp("completed")

	def stop(self, before) -> None:
		self.need("closing_reason")
		self.stamp("cancelled")


def states_fields() -> set[str]:
	"""Fields that some state lets somebody write."""
	return states.PLAN_OPINION.union(*(adviser | others for adviser, others in states.WRITTEN.values()))

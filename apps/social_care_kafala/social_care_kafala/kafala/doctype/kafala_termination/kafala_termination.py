from typing import ClassVar

import frappe
from frappe import _
from frappe.utils import getdate
from social_care.registry import best_interests
from social_care.registry.child_paper import ChildPaper, lock_child

from social_care_kafala.kafala.endings import effect, facts, unjustified, words


class KafalaTerminationError(frappe.ValidationError):
	"""An ending, or a step of its path, that the rules do not allow now."""


class KafalaTermination(ChildPaper):
	"""The end of one kafala: why, what was studied and decided, and where the child goes.

	The child's stay with the family ends on the day on which the next one begins, in one transaction (domain 3.7).
	"""

	title: ClassVar[str] = words.DOCTYPE
	error = KafalaTerminationError
	deciding: ClassVar[set[str]] = words.DECIDING
	steps: ClassVar[dict[str, str]] = {
		words.STUDIED: "give_back",
		words.BEFORE_DECISION: "check_study",
		words.DECIDED: "decide",
		words.CARRIED_OUT: "carry_out",
		words.WITHDRAWN: "withdraw",
	}

	def on_trash(self) -> None:
		frappe.throw(
			_("An ending is withdrawn with its reason, not deleted."),
			frappe.PermissionError,
			title=_("Not Deleted"),
		)

	def before_insert(self) -> None:
		super().before_insert()
		lock_child(frappe.db.get_value(words.path.DOCTYPE, self.family_file, "child"))
		if other := self.other_running():
			self.refuse(_("An ending of this kafala is under way already: {0}").format(other))

	def other_running(self) -> str | None:
		"""Another ending of the file, as others have committed it meanwhile."""
		filters = {"family_file": self.family_file, "status": ["in", words.OPEN]}
		return frappe.db.get_value(self.doctype, filters, "name", for_update=True)

	def place(self) -> tuple[str | None, str | None]:
		"""The family's administration, wherever the child is."""
		return frappe.db.get_value(words.path.DOCTYPE, self.family_file, "org_unit"), None

	def check_content(self) -> None:
		before = self.get_doc_before_save()
		if not before or before.status in (words.STUDIED, words.BEFORE_DECISION):
			facts.fill(self)
		self.check_past("noticed_on", "study_on", "decision_date")

	def check_editing(self, changed: set[str]) -> None:
		"""What was decided is not rewritten; where the child goes may be, when an institution has declined."""
		super().check_editing(changed)
		closed = self.status in (words.CARRIED_OUT, words.WITHDRAWN)
		if changed and (closed or (self.status == words.DECIDED and changed - words.STILL_OPEN)):
			self.refuse(_("What was decided is not rewritten."))

	def on_update(self) -> None:
		super().on_update()
		before = self.get_doc_before_save()
		old = before.status if before else None
		if self.status == words.DECIDED:
			effect.ask_institution(self)
		if (self.status, old) == (words.DECIDED, words.BEFORE_DECISION):
			unjustified.propose_bars(self)
		if self.status == words.CARRIED_OUT and old == words.DECIDED:
			effect.end_file(self)

	# Steps, in the order of the states

	def give_back(self) -> None:
		self.need("return_reason")

	def check_study(self) -> None:
		"""The study, the child's view and best interests are written, before anybody decides."""
		self.check_child()
		if self.ending_kind != words.DEATH:
			self.need("study_on", "study", "psychological_report")
			best_interests.check(self, lambda message, _title: self.refuse(message))
		if self.ending_kind not in words.WITHOUT_CAUSE:
			self.need("ending_cause")
		if self.ending_kind == words.RETURN:
			self.need("is_unjustified")

	def check_child(self) -> None:
		"""The child lives with this family, or did so last, by his history."""
		if not self.family_placement:
			self.refuse(_("The history of the child has no stay with this family."))

	def decide(self) -> None:
		"""By other hands, with number and day; where the child goes is known."""
		self.four_eyes()
		self.check_study()
		self.need("decision_number", "decision_date", "decision_authority", "planned_on")
		self.check_next()
		unjustified.settle(self)
		self.stamp("decided")

	def check_next(self) -> None:
		"""The child's next place is named, as the kind asks for it."""
		if field := facts.TARGET.get(self.ending_kind):
			self.need(field)
		if getdate(self.planned_on) <= getdate(self.placed_on):
			self.refuse(_("The day lies before the child came to the present place."))
		facts.check_target(self)

	def carry_out(self) -> None:
		"""The next stay begins and this one ends; refused while the child has nowhere to go."""
		self.update(effect.move(self))

	def withdraw(self) -> None:
		self.need("withdrawal_reason")
		effect.check_withdrawal(self)

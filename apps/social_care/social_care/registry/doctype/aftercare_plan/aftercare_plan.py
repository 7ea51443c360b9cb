from typing import ClassVar

import frappe
from frappe import _
from frappe.utils import comma_and, getdate

from social_care.registry import follow_up
from social_care.registry.child_paper import ChildPaper, lock_child

PROGRESS = ("progress", "progress_note")
OPEN = ("Draft", "Submitted for Approval", "Approved")


class AftercarePlan(ChildPaper):
	"""How a young person gets from care to a life of his own: his view, goals by area, and who looks after them."""

	title: ClassVar[str] = "Aftercare Plan"
	deciding: ClassVar[set[str]] = {"follow_ups", "completion_note", "return_reason"}
	steps: ClassVar[dict[str, str]] = {
		"Draft": "reopen",
		"Submitted for Approval": "submit_plan",
		"Approved": "approve",
		"Completed": "complete",
	}

	def before_insert(self) -> None:
		super().before_insert()
		lock_child(self.child)
		if other := self.other_open(status=["in", OPEN]):
			self.refuse(_("The child has an open plan already: {0}").format(other))

	def check_content(self) -> None:
		follow_up.check(self)
		for goal in self.goals:
			if getdate(goal.due_date) < getdate(self.plan_date):
				self.refuse(_("Row {0} of the goals: its day lies before the plan.").format(goal.idx))

	def check_editing(self, changed: set[str]) -> None:
		"""An approved plan is carried out, not rewritten: only progress and follow-up change."""
		super().check_editing(changed)
		if self.status in ("Approved", "Completed") and not self.flags.scheduled:
			before = self.get_doc_before_save()
			if changed - self.deciding - {"goals"} or agreed(self) != agreed(before):
				self.refuse(_("An approved plan is revised before its goals are changed."))

	def add_editor(self) -> None:
		"""Progress in an approved plan makes nobody the author of the plan."""
		before = self.get_doc_before_save()
		if not before or before.status != "Approved":
			super().add_editor()

	def submit_plan(self) -> None:
		"""Complete: the young person was heard, and no area of life is forgotten."""
		self.need("young_person_view", "goals", "planned_exit_date")
		if frappe.get_cached_doc("Social Care Settings").plan_covers_all_areas and (
			missing := self.missing()
		):
			areas = comma_and([_(area) for area in missing], add_quotes=False)
			self.refuse(_("The plan says nothing yet about: {0}").format(areas))
		self.stamp("submitted")

	def missing(self) -> list[str]:
		"""Areas of life without a goal."""
		areas = frappe.get_meta("Aftercare Goal").get_field("area").options.split("\n")
		return [area for area in areas if area not in {goal.area for goal in self.goals}]

	def reopen(self) -> None:
		"""Returned before approval with a reason, or revised after it; either way it is approved anew."""
		if self.get_doc_before_save().status == "Submitted for Approval":
			self.need("return_reason")
		self.update({"approved_by": None, "approved_on": None})

	def approve(self) -> None:
		self.four_eyes()
		self.stamp("approved")
		self.content_editors = ""
		if left := left_on(self.child):
			follow_up.schedule(self, left, "aftercare_follow_up_months")

	def complete(self) -> None:
		"""Ended with a word on what was reached; planned visits that did not take place go."""
		self.need("completion_note")
		self.follow_ups = [row for row in self.follow_ups if row.visit_date]


def agreed(plan) -> list[tuple]:
	"""What was approved of the goals: everything but their progress."""
	fields = [df.fieldname for df in frappe.get_meta("Aftercare Goal").fields if df.fieldname not in PROGRESS]
	fields = [field for field in fields if not field.endswith("_column")]
	return [tuple(str(goal.get(field) or "") for field in fields) for goal in plan.goals]


def left_on(child: str):
	"""First day of the young person's life outside institutions; None while he lives in one."""
	return frappe.db.get_value(
		"Placement", {"child": child, "is_current": 1, "setting": "Independent"}, "from_date"
	)

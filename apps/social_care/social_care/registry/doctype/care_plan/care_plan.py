from frappe import _

from social_care.registry.case_work import plans
from social_care.registry.case_work.records import CaseRecord, check_same_child
from social_care.workflow_actions import note_next_step


class CarePlan(CaseRecord):
	"""One version of a child's individual care plan."""

	fills_itself = frozenset({"status"})

	def before_insert(self) -> None:
		super().before_insert()
		plans.begin(self)

	def validate(self) -> None:
		self.keep_system_fields()
		if self.is_new():
			plans.set_version(self)
			self.require_reason()
		check_same_child(self, "assessment")
		plans.set_keys(self)
		plans.guard(self)
		plans.check_dates(self)

	def on_update(self) -> None:
		note_next_step(self, "status")

	def require_reason(self) -> None:
		"""A version that follows another says why."""
		if self.based_on:
			self.expect(("change_reason",), _("Before the plan can be saved, please fill in: {0}"))

from social_care.registry.case_work import due, plans, reviews
from social_care.registry.case_work.records import CaseRecord
from social_care.registry.child_paper import lock_child


class CareReview(CaseRecord):
	"""A review of one child's care: his own view, the placement, the plan's goals, decisions, and when the next one is."""

	fills_itself = frozenset({"status"})

	def before_insert(self) -> None:
		super().before_insert()
		lock_child(self.child)
		reviews.one_planned(self)

	def validate(self) -> None:
		self.keep_system_fields()
		plans.take_goals(self)
		reviews.check_path(self)
		reviews.check_dates(self)

	def on_update(self) -> None:
		if self.status == reviews.COMPLETED and self.has_value_changed("status"):
			plans.take_progress(self)
			due.refresh([self.child])

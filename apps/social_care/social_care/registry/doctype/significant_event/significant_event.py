from social_care.registry.case_work import events, notices
from social_care.registry.case_work.records import CaseRecord
from social_care.workflow_actions import note_next_step


class SignificantEvent(CaseRecord):
	"""A significant event in a child's life, and the chain from its recording to its closing."""

	fills_itself = frozenset({"status"})

	def validate(self) -> None:
		self.keep_system_fields()
		before = self.get_doc_before_save()
		if not before or before.status == events.RECORDED:
			events.check_dates(self)
			events.set_kind(self)
		events.guard(self)

	def after_insert(self) -> None:
		notices.tell_directorate(self)

	def on_update(self) -> None:
		note_next_step(self, "status")

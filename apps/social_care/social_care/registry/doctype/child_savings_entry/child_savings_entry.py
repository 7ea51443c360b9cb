from social_care.registry.case_work import savings
from social_care.registry.case_work.records import CaseRecord, check_day


class ChildSavingsEntry(CaseRecord):
	"""One deposit or withdrawal in a child's savings."""

	fills_itself = frozenset(savings.WRITTEN)

	def validate(self) -> None:
		self.keep_system_fields()
		savings.keep(self)
		if self.is_new():
			check_day(self, "entry_date")
			savings.begin(self)

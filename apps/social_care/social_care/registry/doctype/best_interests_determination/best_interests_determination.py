from social_care.registry import best_interests
from social_care.registry.case_work.records import CaseRecord, check_day, refuse


class BestInterestsDetermination(CaseRecord):
	"""What is best for one child on one occasion, where no Care Review was held for it. Not rewritten afterwards."""

	def validate(self) -> None:
		self.keep_system_fields()
		if not self.is_new():
			self.freeze()
		check_day(self, "determined_on")
		best_interests.check(self, refuse)

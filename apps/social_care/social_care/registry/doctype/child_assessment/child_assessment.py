from social_care.registry.case_work import assessments
from social_care.registry.case_work.records import CaseRecord


class ChildAssessment(CaseRecord):
	"""An assessment of a child with scored questions, strengths, needs and a recommendation that feeds the plan."""

	fills_itself = frozenset({"status"})

	def validate(self) -> None:
		self.keep_system_fields()
		assessments.score(self)
		assessments.check_dates(self)
		assessments.check_path(self)

from social_care_inspections.inspections.closings.governorate import GovernoratePlan


class InstitutionFreeGovernorate(GovernoratePlan):
	"""The way of a governorate to the day on which no child lives in an institution there."""

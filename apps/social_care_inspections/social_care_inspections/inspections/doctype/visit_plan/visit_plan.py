from social_care_inspections.inspections.plans import Plan


class VisitPlan(Plan):
	"""A plan of visits of a unit."""

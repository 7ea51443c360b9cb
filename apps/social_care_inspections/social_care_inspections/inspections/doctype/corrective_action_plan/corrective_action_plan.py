from social_care_inspections.inspections.actions.plan import ActionPlan


class CorrectiveActionPlan(ActionPlan):
	"""What one institution has to put right, until when, and who saw that it did."""

from social_care_inspections.inspections.actions.action import RequiredAction


class CorrectiveAction(RequiredAction):
	"""One thing that an institution has to put right."""

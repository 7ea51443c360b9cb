from social_care_inspections.inspections.interventions.case import InterventionCase


class RapidInterventionCase(InterventionCase):
	"""One report that a team is sent out to, from its receipt to the end of its follow-up."""

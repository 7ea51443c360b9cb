from social_care_inspections.inspections.complaints.complaint import HandledComplaint


class InstitutionComplaint(HandledComplaint):
	"""One complaint about an institution or an office, from its receipt to its answer."""

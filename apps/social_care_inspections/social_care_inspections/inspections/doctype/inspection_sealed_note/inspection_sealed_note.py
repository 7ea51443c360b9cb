from social_care_inspections.inspections.visits.notes import SealedNote


class InspectionSealedNote(SealedNote):
	"""What a child or worker said, or an inspector thinks, which the institution never reads."""

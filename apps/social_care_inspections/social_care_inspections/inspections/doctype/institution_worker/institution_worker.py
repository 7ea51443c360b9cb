from social_care_inspections.inspections.violations.worker import Worker


class InstitutionWorker(Worker):
	"""Somebody on the staff list of an institution."""

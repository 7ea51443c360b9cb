from social_care_inspections.inspections.violations.record import RecordedViolation


class ViolationRecord(RecordedViolation):
	"""One violation by an institution, somebody who works there, or a supervisor."""

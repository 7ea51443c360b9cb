from social_care_inspections.inspections.closings.critical import CriticalPaper


class CriticalFollowup(CriticalPaper):
	"""An institution in a critical state: why, what has to be remedied until when, and how it ended."""

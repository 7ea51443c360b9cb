from social_care_inspections.inspections.closings.case import ClosingPaper


class ClosingCase(ClosingPaper):
	"""The closing of one institution, from the memo to the last child's new place."""

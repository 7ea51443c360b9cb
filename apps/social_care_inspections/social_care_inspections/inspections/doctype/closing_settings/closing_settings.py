from social_care_inspections.inspections.closings.settings import ClosingRules


class ClosingSettings(ClosingRules):
	"""Clocks, steps and weights of closings: what a decree could change."""

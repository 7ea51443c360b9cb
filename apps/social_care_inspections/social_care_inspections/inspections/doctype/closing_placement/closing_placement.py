from social_care_inspections.inspections.closings.plan_row import PlannedPlacement


class ClosingPlacement(PlannedPlacement):
	"""Where one child of a closing institution goes, why, and with whose word."""

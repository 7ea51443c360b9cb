from social_care_inspections.inspections.closings.freeze import FreezePeriod


class LicensingFreeze(FreezePeriod):
	"""A time in which no institution of a kind is newly licensed."""

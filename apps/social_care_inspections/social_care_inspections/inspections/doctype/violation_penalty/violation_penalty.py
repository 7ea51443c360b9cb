from social_care_inspections.inspections.violations.penalty import DecidedPenalty


class ViolationPenalty(DecidedPenalty):
	"""One penalty for one proven violation."""

from social_care.governance.kept import KeptDocument


class CensusEntry(KeptDocument):
	"""A child as a census counted it: where it lived at the cut-off (governance/census/)."""

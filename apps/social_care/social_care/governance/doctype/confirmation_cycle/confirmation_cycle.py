from social_care.governance.kept import KeptDocument


class ConfirmationCycle(KeptDocument):
	"""A period in which every institution confirms the data of its children once (governance/confirmation/opening.py)."""

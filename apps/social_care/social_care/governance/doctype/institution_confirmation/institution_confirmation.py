from social_care.governance.kept import KeptDocument


class InstitutionConfirmation(KeptDocument):
	"""What an institution confirms in a cycle, until its director signs it (governance/confirmation/)."""

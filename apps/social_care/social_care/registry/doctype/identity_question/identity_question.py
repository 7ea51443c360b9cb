from social_care.governance.kept import KeptDocument


class IdentityQuestion(KeptDocument):
	"""What was asked about a person, when, and what came of it."""

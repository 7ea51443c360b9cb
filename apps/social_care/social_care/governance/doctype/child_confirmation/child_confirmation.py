from social_care.governance.kept import KeptDocument


class ChildConfirmation(KeptDocument):
	"""Whether an institution confirmed a child's data in a cycle: who, when, and a fingerprint of what he saw."""

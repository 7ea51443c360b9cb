from social_care.governance.kept import KeptDocument


class DataOfficerTask(KeptDocument):
	"""Something that waits for the data officer of a directorate, and when it was over (governance/officer/)."""

from social_care.governance.kept import KeptDocument


class CorrectionLog(KeptDocument):
	"""A fault of data quality that is over: what, of which record, since when, until when, and who ended it; no values."""

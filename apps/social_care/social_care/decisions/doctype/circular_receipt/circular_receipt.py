from social_care.governance.kept import KeptDocument


class CircularReceipt(KeptDocument):
	"""Whether one addressee of a circular has read it. Written by publishing and by the addressee's own confirmation alone."""

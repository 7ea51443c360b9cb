from social_care.services.builder.rows import PackRow


class PackState(PackRow):
	"""A state of a request."""

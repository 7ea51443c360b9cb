from social_care.services.builder.rows import PackRow


class PackOption(PackRow):
	"""One of the values of a choice."""

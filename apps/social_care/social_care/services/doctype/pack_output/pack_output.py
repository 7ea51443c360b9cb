from social_care.services.builder.rows import PackRow


class PackOutput(PackRow):
	"""A paper that the service issues."""

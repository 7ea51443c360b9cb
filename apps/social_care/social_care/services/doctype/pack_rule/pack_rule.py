from social_care.services.builder.rows import PackRow


class PackRule(PackRow):
	"""A condition for being entitled to the service."""

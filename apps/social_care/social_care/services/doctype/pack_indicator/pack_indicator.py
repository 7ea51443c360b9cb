from social_care.services.builder.rows import PackRow


class PackIndicator(PackRow):
	"""A figure on the page of the service."""

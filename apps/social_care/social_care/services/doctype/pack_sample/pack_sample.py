from social_care.services.builder.rows import PackRow


class PackSample(PackRow):
	"""A sample request, by which the service is tried before it is published."""

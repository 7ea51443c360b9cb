from social_care.services.builder.rows import PackRow


class PackNotification(PackRow):
	"""A message that the service sends by itself."""

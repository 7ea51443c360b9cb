from social_care.services.builder.rows import PackRow


class PackPoints(PackRow):
	"""Points for the place on the waiting list."""

from social_care.services.builder.rows import PackRow


class PackAction(PackRow):
	"""A step from one state to another."""

from social_care.services.builder.rows import PackRow


class PackAccess(PackRow):
	"""What a role may do with the requests of a service."""

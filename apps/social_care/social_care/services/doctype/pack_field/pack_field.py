from social_care.services.builder.rows import PackRow


class PackField(PackRow):
	"""A field of the form."""

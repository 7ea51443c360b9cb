from social_care.services.builder.rows import PackRow


class PackColumn(PackRow):
	"""A column of a table on the form."""

from social_care.services.builder.rows import PackRow


class PackSection(PackRow):
	"""A heading of the form, with the fields below it."""

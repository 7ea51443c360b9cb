from social_care.services.builder.rows import PackRow


class PackDocument(PackRow):
	"""A paper that a request has to bring."""

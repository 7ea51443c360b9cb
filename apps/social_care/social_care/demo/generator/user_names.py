"""Log-in names of demonstration users. They tell the post and never a person."""

from social_care.demo.generator.records import DOMAIN


def entry_user(institution: str) -> str:
	"""Who enters an institution's data."""
	return f"entry.{institution.lower()}@{DOMAIN}"


def institution_director(institution: str) -> str:
	"""Who directs an institution."""
	return f"director.{institution.lower()}@{DOMAIN}"


def data_officer(governorate: str) -> str:
	"""A directorate's data officer."""
	return f"data.d-{governorate}@{DOMAIN}"


def directorate_director(governorate: str) -> str:
	"""A directorate's director."""
	return f"director.d-{governorate}@{DOMAIN}"


def named_user(role: str) -> str:
	"""The one user who shows a role."""
	return f"{role.lower().replace(' ', '.')}@{DOMAIN}"

"""Names of accounts are text: markup in them would run in lists, logs and letters."""

import re

FIELDS = ("first_name", "middle_name", "last_name", "full_name", "username", "location", "phone", "mobile_no")
TAG = re.compile(r"<[^<>]*>")


def plain(value: str) -> str:
	"""The text without tags, and without a bracket that could begin one."""
	return re.sub(r"[<>]", "", TAG.sub("", value)).strip()


def clean_names(doc, method: str | None = None) -> None:
	"""User hook."""
	for field in FIELDS:
		value = doc.get(field)
		if isinstance(value, str) and ("<" in value or ">" in value):
			doc.set(field, plain(value))

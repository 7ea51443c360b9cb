"""Calls of the guided choice of a child for a family: a few lines over `kafala/matching/`."""

import frappe

from social_care_kafala.kafala.matching import reserving
from social_care_kafala.kafala.matching import suggestions as suggested


@frappe.whitelist()
def suggestions(file: str) -> list[dict]:
	"""Children who may suit the family of a file, with reasons."""
	return suggested.for_file(file)


@frappe.whitelist(methods=["POST"])
def reserve(file: str, child: str, separation_reason: str | None = None) -> str:
	"""Hold a child for the family; the name of the reservation."""
	return reserving.reserve(file, child, separation_reason or "")

"""Texts of the desk."""

import frappe
from werkzeug.wrappers import Response

from social_care import desk_texts as texts


@frappe.whitelist(methods=["GET"])
def desk_texts(version: str = "") -> Response:
	"""All texts in the user's language, as the script that the desk's page loads first."""
	return texts.answer(version)

"""Texts of the desk."""

import frappe
from werkzeug.wrappers import Response

from social_care import desk_symbols as symbols
from social_care import desk_texts as texts
from social_care import interface


@frappe.whitelist(methods=["GET"])
def desk_texts(version: str = "") -> Response:
	"""All texts in the user's language, as the script that the desk's page loads first."""
	return texts.answer(version)


@frappe.whitelist(methods=["GET"], allow_guest=True)
def desk_symbols(version: str = "") -> Response:
	"""The desk's icons, as the script that stands in their place in the page; those of log-in and web pages, too."""
	return symbols.answer(version)


@frappe.whitelist(methods=["POST"])
def choose_digits(digits: str) -> None:
	"""Keep which digits the session user wants to read: "latin" or "arabic"."""
	interface.choose_digits(digits)

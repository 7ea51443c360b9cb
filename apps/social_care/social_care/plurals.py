"""The form of a counted noun. A sentence has a row in the translation file for each form, with the form as its context:

	"{0} days ago","منذ {0} أيام","few"

`_("{0} days ago", context=plurals.form(number)).format(number)` finds it, and the plain row where there is none. On the desk
`__("{0} days ago", [number])` does the same by itself (public/js/digits.js).
"""

from functools import cache

import frappe
from babel import Locale, UnknownLocaleError

FORMS = ("zero", "one", "two", "few", "many", "other")


def form(number: float, language: str | None = None) -> str:
	"""The category of CLDR for a number in the reader's language, one of FORMS."""
	return _rule(language or frappe.local.lang)(abs(number))


@cache
def _rule(language: str):
	try:
		return Locale.parse(language.replace("-", "_")).plural_form
	except (UnknownLocaleError, ValueError):
		return Locale.parse("en").plural_form

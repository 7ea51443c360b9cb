"""The public page on which a complaint is followed."""

from frappe import _
from social_care.services.citizens import pages

no_cache = 1
sitemap = 0


def get_context(context: dict) -> None:
	pages.begin(context)
	context.title = _("Follow a Complaint")
	context.texts = pages.texts() | {"answer": _("The Answer")}

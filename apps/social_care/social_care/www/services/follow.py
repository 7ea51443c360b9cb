"""The public page on which a request is followed."""

from frappe import _

from social_care.services.citizens import limits, pages

no_cache = 1
sitemap = 0


def get_context(context: dict) -> None:
	pages.begin(context)
	context.title = _("Follow a Request")
	context.texts = pages.texts()
	context.file_mb = limits.setting("citizen_file_mb")

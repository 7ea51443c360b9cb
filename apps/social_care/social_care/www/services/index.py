"""The public list of services."""

from frappe import _

from social_care.services.citizens import appointments, offers, pages

no_cache = 1
sitemap = 0


def get_context(context: dict) -> None:
	pages.begin(context)
	context.title = _("Services of Social Care")
	groups: dict[str, list[dict]] = {}
	for row in offers.offered():
		groups.setdefault(row["group"], []).append(row)
	context.groups = groups
	context.books = appointments.any_books()

"""The public page on which a day at a counter is booked."""

from frappe import _

from social_care.services.citizens import appointments, limits, pages, places

no_cache = 1
sitemap = 0


def get_context(context: dict) -> None:
	pages.begin(context)
	context.title = _("Book an Appointment")
	context.governorates, context.groups = places.governorates(), appointments.groups()
	context.texts = pages.texts() | {
		"no_counter": _("No office of this governorate books on this page; please go there."),
		"no_day": _("No day has a place left."),
		"booked": _("Your appointment is booked."),
		"bring": _(
			"Bring your card and your papers. On arrival, tell your name; the office gives you a number. If you cannot come, tell the office, so that somebody else gets the place."
		),
		"office": _("Office"),
		"day": _("Day"),
		"group": _("Service Group"),
		"left": _("places left: {0}"),
	}
	context.file_mb = limits.setting("citizen_file_mb")

"""The public page of one service. Its address is the route of the service's Web Form."""

import frappe
from frappe import _

from social_care.browser_safety.rich_text import clean
from social_care.services.citizens import forms, limits, offers, pages, places
from social_care.services.runtime import documents
from social_care.services.runtime.beginning import NotOfferedError

no_cache = 1
sitemap = 0


def get_context(context: dict) -> None:
	"""Raises PageDoesNotExistError for what is not offered: unknown, not published, suspended, closed."""
	frappe.local.no_cache = 1  # nor is «not found» kept: the service may open tomorrow
	try:
		offer = offers.offer(frappe.form_dict.get("code"))
	except NotOfferedError:
		frappe.clear_messages()
		raise frappe.PageDoesNotExistError from None
	pages.begin(context)
	context.title = offer.web_form.title
	pack = offer.pack
	context.update({"offer": offer, "introduction": clean(offer.web_form.introduction_text or "")})
	context.update({"sections": forms.sections(offer), "papers": forms.papers(pack)})
	context.files_at_most = documents.files_at_most()
	context.update({"governorates": places.governorates(), "place_label": forms.place_label(pack)})
	context.update(
		{"days": pack["clock"]["days"], "basis": pack["clock"]["basis"], "anonymous": pack["anonymous"]}
	)
	context.update({"fee": fee(pack), "texts": pages.texts(), "file_mb": limits.setting("citizen_file_mb")})


def fee(pack: dict) -> str:
	kind = pack["fee"]["kind"]
	if kind == "free":
		return _("Free of charge")
	if kind == "fixed":
		return _("Fee: {0} pounds").format(f"{pack['fee']['amount']:g}")
	return _("The office tells you the fee")

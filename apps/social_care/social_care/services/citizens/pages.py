"""What the public pages of services have in common: Arabic, texts of their scripts, the ministry's name."""

import frappe
from frappe import _

ARABIC = "ar"


def begin(context: dict) -> None:
	"""An official page, whatever the browser speaks; kept by nobody, found by no search engine. Comes before any text."""
	frappe.local.lang = ARABIC
	settings = frappe.get_cached_doc("Social Care Settings")
	context.no_cache = 1
	context.sitemap = 0
	context.ministry = settings.print_ministry or _("Ministry of Social Solidarity")


def texts() -> dict[str, str]:
	"""Sentences of the scripts."""
	return {
		"wait": _("One moment…"),
		"sending": _("Sending…"),
		"many": _("Too many calls came from your network. Please wait some minutes and try again."),
		"failed": _(
			"Nothing arrived, because the line was interrupted. Your answers are still here; please send again."
		),
		"wrong": _("Please look at the fields that are marked."),
		"missing": _("Please complete this."),
		"choose": _("Choose"),
		"office_first": _("Choose the governorate first."),
		"none": _("No office was found; choose another governorate."),
		"kept": _(
			"Answers of this device were put back. They lie on this device only, until you send or close the page."
		),
		"file_large": _("The file is too large. Please send a smaller one or a picture."),
		"file_sent": _("The file arrived"),
		"file_failed": _("The file did not arrive. Try again."),
		"retry": _("Try Again"),
		"take": _("Take a Picture or Choose a File"),
		"again": _("Send Another File"),
		"more": _("Add a File: the Other Side or a Further Page"),
		"files": _("{0} files"),
		"required": _("required"),
		"optional": _("optional"),
		"valid_until": _("Valid until {0}"),
		"asked": _("What the office asks of you"),
		"papers": _("Papers"),
		"issued": _("What was issued"),
		"verify": _("Verify"),
		"your_words": _("Your Answer"),
		"appeal_words": _("Why do you appeal?"),
		"withdraw_sure": _("The request ends, and you would have to begin anew."),
		"withdraw_words": _("Reason, if you like"),
		"stars": _("How satisfied are you?"),
		"star": _("{0} of 5"),
		"remark": _("Remark, if you like"),
		"rate": _("Send the Rating"),
		"thanks": _("Thank you. Your rating arrived."),
		"state": _("State"),
		"nothing": _("There is no request under this receipt."),
		"row": _("Row {0}"),
		"remove": _("Remove this Row"),
	}

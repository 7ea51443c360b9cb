"""What the builder's form offers to choose from, in the reader's language."""

from typing import Any

import frappe
from frappe import _

from social_care.services.builder.review import answers, ask_right
from social_care.setup.tables import table


def offered() -> dict[str, list[dict[str, str]]]:
	"""Lists of {"value", "label"}: roles, rights, levels, channels, ways of messages, what a step can need, answers."""
	ask_right("write")
	fixed = {**_of_access(), **_of_channels(), **_of_steps(), "answers": answers()}
	return {
		key: [{"value": value, "label": label} for value, label in rows.items()]
		for key, rows in fixed.items()
	}


def _of_access() -> dict[str, dict[str, str]]:
	return {
		"roles": {row["role"]: _(row["role"]) for row in table("roles")},
		"rights": {
			"read": _("Read"),
			"create": _("Create"),
			"write": _("Write"),
			"print": _("Print"),
			"report": _("Report"),
			"export": _("Export"),
		},
		"levels": {"1": _("Identity"), "2": _("Health and Inquiry"), "3": _("Parentage and Abuse")},
	}


def _of_channels() -> dict[str, dict[str, str]]:
	return {
		"channels": {
			"counter": _("Service Counter"),
			"citizen": _("Citizen"),
			"institution": _("Institution"),
			"headquarters": _("Headquarters"),
		},
		"ways": {"system": _("System"), "email": _("E-mail"), "sms": _("Text Message")},
	}


def _of_steps() -> dict[str, dict[str, str]]:
	return {
		"requires": {
			"documents": _("All documents are there"),
			"verified_documents": _("All documents are verified"),
			"rules": _("All conditions are met or waived"),
			"reason": _("A reason is written"),
			"fee": _("The fee is paid"),
		},
		"recipients": {
			"applicant": _("Applicant"),
			"enterer": _("Who Entered the Request"),
			"next": _("Who Acts Next"),
		},
		"events": {"received": _("The request is received"), "overdue": _("The request is overdue")},
	}


def catalogue() -> dict[str, Any]:
	"""{"services", "published", "next_code"}: services that are not dropped, those with a published pack, a free code."""
	ask_right("read", "Service")
	rows = frappe.get_list(
		"Service",
		filters={"status": ["!=", "Dropped"]},
		fields=["published_version"],
		order_by="name asc",
		limit_page_length=0,
	)
	published = sum(1 for row in rows if row.published_version)
	return {"services": len(rows), "published": published, "next_code": next_code()}


def next_code() -> str:
	"""The code after the last one of the catalogue."""
	codes = frappe.get_list("Service", filters={"name": ["like", "SC-%"]}, pluck="name", limit_page_length=0)
	return f"SC-{max((int(code[3:]) for code in codes if code[3:].isdigit()), default=0) + 1:02d}"

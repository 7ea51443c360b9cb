"""What every official print has in common: who issues it, what it is, of when, printed by whom, and its code."""

import json

import frappe
from frappe import _
from frappe.utils import format_datetime, get_fullname, now_datetime

from social_care.prints import issuing
from social_care.prints.digits import in_digits

ARABIC = "ar"


def sheet(
	kind: str, title: str, content: dict | list, unit: str | None = None, place: str = "", period: str = ""
) -> dict:
	"""Texts of header and footer: {ministry, department, directorate, place, title, period, printed, pages, qr, code, digest}.

	`kind` is the name of the Report or Print Format, `content` everything that the print shows (plain values),
	`unit` the Org Unit that it is about, `place` an institution's name and `period` the day or time it tells of.
	"""
	settings = frappe.get_cached_doc("Social Care Settings")
	head = {
		"ministry": settings.print_ministry or _("Ministry of Social Solidarity"),
		"department": settings.print_department or "",
		"directorate": directorate(unit),
		"place": place,
		"title": title,
		"period": in_digits(period),
	}
	issue = issuing.begin(kind, canonical(head, content))
	return head | printed() | {part: issue.place(part) for part in ("qr", "code", "digest")}


def speak_arabic() -> None:
	"""Official prints are Arabic, whatever their reader's desk speaks. The first step of a Print Format's data function."""
	frappe.local.lang = ARABIC


def printed() -> dict[str, str]:
	"""By whom and when, and the line of page numbers."""
	by, at = get_fullname(frappe.session.user), format_datetime(now_datetime())
	pages = _("Page {0} of {1}").format('<span class="page"></span>', '<span class="topage"></span>')
	return {"printed": in_digits(_("Printed by {0} on {1}").format(by, at)), "page_line": pages}


def canonical(*parts: dict | list) -> str:
	"""One text for one content, whatever the order of keys."""
	return json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)


def directorate(unit: str | None) -> str:
	"""Name of the directorate that a unit is or belongs to; "" above the directorates."""
	bounds = frappe.db.get_value("Org Unit", unit, ["lft", "rgt"]) if unit else None
	if not bounds:
		return ""
	found = frappe.get_all(  # names of units are known to everybody
		"Org Unit",
		filters={"level": "Directorate", "lft": ["<=", bounds[0]], "rgt": [">=", bounds[1]]},
		pluck="unit_name",
		order_by="lft desc",
		limit=1,
	)
	return found[0] if found else ""

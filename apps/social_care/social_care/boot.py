"""What the desk learns when it is opened."""

import frappe

from social_care import desk_texts
from social_care.interface import digits
from social_care.services.catalogue import pages_of_requests
from social_care.setup.desk import PROFILE

ABOUT = "frappe.ui.toolbar.show_about()"


def extend_bootinfo(bootinfo) -> None:
	"""Breadcrumbs lead only to workspaces that the user has, letter heads are those he may use; the desk says when its
	data is fictional."""
	bootinfo.module_wise_workspaces = own_workspaces(bootinfo)
	bootinfo.letter_heads = own_letter_heads(bootinfo)
	desk_texts.note_address(bootinfo)
	leave_out_of_menus(bootinfo.get("navbar_settings"))
	bootinfo.social_care = {
		"demo": bool(frappe.conf.social_care_demo),
		"digits": digits(),
		"request_pages": request_pages(bootinfo),
	}


def leave_out_of_menus(settings) -> None:
	"""Menus lead neither to the framework's makers nor to what is not used; items that a ministry added stay."""
	for table in ("help_dropdown", "settings_dropdown") if settings else ():
		rows = settings.get(table) or []
		rows[:] = [row for row in rows if not (row.is_standard and is_of_the_makers(row))]


def is_of_the_makers(item) -> bool:
	"""Whether a menu item tells of the framework, leads to a foreign host, or to energy points."""
	route = item.route or ""
	return item.action == ABOUT or route == PROFILE or route.startswith(("http:", "https:"))


def allowed_pages(bootinfo) -> set[str]:
	"""Names of the workspaces that the user may open."""
	return {page["name"] for page in bootinfo.get("allowed_workspaces") or []}


def own_workspaces(bootinfo) -> dict[str, list[str]]:
	"""Workspaces by module, without those that the user may not open."""
	allowed = allowed_pages(bootinfo)
	every = bootinfo.get("module_wise_workspaces") or {}
	return {
		module: [name for name in names if name in allowed]
		for module, names in every.items()
		if set(names) & allowed
	}


def request_pages(bootinfo) -> dict[str, str]:
	"""{record type of requests: the page of its group}, of those that the user may open: all are of one module."""
	readable = set((bootinfo.get("user") or {}).get("can_read") or [])
	allowed = allowed_pages(bootinfo)
	pages = pages_of_requests().items()
	return {doctype: page for doctype, page in pages if doctype in readable and page in allowed}


def own_letter_heads(bootinfo) -> dict[str, dict]:
	"""Letter heads by name, without those that the user may not read."""
	allowed = (
		set(frappe.get_list("Letter Head", pluck="name")) if frappe.has_permission("Letter Head") else set()
	)
	return {name: head for name, head in (bootinfo.get("letter_heads") or {}).items() if name in allowed}

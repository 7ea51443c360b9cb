"""What the desk learns when it is opened."""

import frappe

from social_care import desk_texts


def extend_bootinfo(bootinfo) -> None:
	"""Breadcrumbs lead only to workspaces that the user has, letter heads are those he may use; the desk says when its
	data is fictional."""
	bootinfo.module_wise_workspaces = own_workspaces(bootinfo)
	bootinfo.letter_heads = own_letter_heads(bootinfo)
	desk_texts.note_address(bootinfo)
	bootinfo.social_care = {"demo": bool(frappe.conf.social_care_demo)}


def own_workspaces(bootinfo) -> dict[str, list[str]]:
	"""Workspaces by module, without those that the user may not open."""
	allowed = {page["name"] for page in bootinfo.get("allowed_workspaces") or []}
	every = bootinfo.get("module_wise_workspaces") or {}
	return {
		module: [name for name in names if name in allowed]
		for module, names in every.items()
		if set(names) & allowed
	}


def own_letter_heads(bootinfo) -> dict[str, dict]:
	"""Letter heads by name, without those that the user may not read."""
	allowed = (
		set(frappe.get_list("Letter Head", pluck="name")) if frappe.has_permission("Letter Head") else set()
	)
	return {name: head for name, head in (bootinfo.get("letter_heads") or {}).items() if name in allowed}

"""What a reader of the description may see: the services of his roles, and of their fields those of his levels."""

from dataclasses import dataclass

import frappe
from frappe.permissions import get_role_permissions

from social_care.services import versions
from social_care.services.compiler.record_type import MODULE
from social_care.services.openapi.form_fields import Field, request_fields


@dataclass(frozen=True)
class Offer:
	"""A service as one user meets it. `read` and `write` are the fields that he reads and fills; `actions` his steps."""

	code: str
	doctype: str
	version: int
	pack: dict
	rights: frozenset[str]
	read: tuple[Field, ...]
	write: tuple[Field, ...]
	actions: tuple[dict, ...]


def offers(user: str) -> list[Offer]:
	"""The published services whose requests the user's roles open, by code. Guests and citizens have none."""
	return [
		offer
		for row in published_services()
		if (offer := offer_of(row.name, row.request_type, user, all_versions(row.name)))
	]


def published_services() -> list:
	"""Rows of the catalogue that have a published pack."""
	return frappe.get_all(  # the catalogue names no person and no place
		"Service",
		filters={"published_version": [">", 0]},
		fields=["name", "request_type", "published_version"],
		order_by="name asc",
	)


def newest_offer(doctype: str, user: str) -> Offer | None:
	"""The service whose requests are of this type, by its newest version alone; None for other types."""
	meta = frappe.get_meta(doctype) if frappe.db.exists("DocType", doctype, cache=True) else None
	if not meta or not meta.custom or meta.module != MODULE or meta.istable:
		return None
	code = frappe.db.get_value("Service", {"request_type": doctype}, cache=True)
	pack = versions.published(code) if code else None
	return offer_of(code, doctype, user, {versions.published_version(code): pack}) if pack else None


def offer_of(code: str, doctype: str, user: str, packs: dict[int, dict]) -> Offer | None:
	"""The service as the user meets it; None where his roles do not open it."""
	if not doctype or not frappe.db.exists("DocType", doctype, cache=True):
		return None
	meta, held = frappe.get_meta(doctype), get_role_permissions(frappe.get_meta(doctype), user=user)
	rights = frozenset(right for right in ("read", "create", "write") if held.get(right))
	if "read" not in rights:
		return None
	fields = request_fields(doctype, packs)
	readable, writable = levels(meta, "read", user), levels(meta, "write", user)
	return Offer(
		code=code,
		doctype=doctype,
		version=max(packs),
		pack=packs[max(packs)],
		rights=rights,
		read=tuple(field for field in fields if field.level in readable),
		write=tuple(field for field in fields if field.level in writable and _may_be_sent(field)),
		actions=tuple(own_actions(packs, user)),
	)


def all_versions(code: str) -> dict[int, dict]:
	"""The versions under which requests may have been handled: the published one and those before it."""
	newest = versions.published_version(code) or 0
	numbers = frappe.get_all(  # configuration
		"Service Pack",
		filters={"service": code, "status": ["in", ("Published", "Superseded")], "version": ["<", newest]},
		pluck="version",
		order_by="version desc",
	)
	return {number: versions.at(code, number) for number in (newest, *numbers)}


def _may_be_sent(field: Field) -> bool:
	return not field.read_only and not field.earlier


def levels(meta, right: str, user: str) -> set[int]:
	"""Levels of fields at which the user's roles have the right."""
	if user == "Administrator":
		return {0, 1, 2, 3}
	return set(meta.get_permlevel_access(right, user=user))


def own_actions(packs: dict[int, dict], user: str) -> list[dict]:
	"""Steps of the workflow that the user's roles may take, by their name."""
	roles, everything = set(frappe.get_roles(user)), user == "Administrator"
	found: dict[str, dict] = {}
	for version in sorted(packs, reverse=True):
		for row in packs[version]["workflow"]["actions"]:
			if row["roles"] and (everything or roles & set(row["roles"])):
				found.setdefault(row["title"]["en"], row)
	return list(found.values())

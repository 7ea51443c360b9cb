"""Services that citizens may ask for: published, in force, with a citizen's page that the administrator left open."""

from dataclasses import dataclass

import frappe
from frappe import _
from frappe.model.document import Document

from social_care.services import versions
from social_care.services.runtime.beginning import NotOfferedError, check_offered

ROUTE = "services/"
TOLD = 32  # longest code that is looked up


@dataclass(frozen=True)
class Offer:
	"""A service as its page shows it: the catalogue's row, the published pack, and the Web Form over both."""

	service: Document
	pack: dict
	web_form: Document

	@property
	def code(self) -> str:
		return self.service.name


def offer(code: str) -> Offer:
	"""The offer behind a code of the address or of a form. Raises NotOfferedError, the same for all that is not offered."""
	found = _offer(str(code or "")[:TOLD].lower())
	if not found:
		frappe.throw(
			_("This service takes no requests from its public page."), NotOfferedError, title=_("Request")
		)
	return found


def _offer(code: str) -> Offer | None:
	page = frappe.db.get_value("Web Form", {"route": f"{ROUTE}{code}", "published": 1})
	return _behind(frappe.get_cached_doc("Web Form", page)) if page else None


def _behind(web_form: Document) -> Offer | None:
	service = frappe.db.get_value("Service", {"request_type": web_form.doc_type})
	if not service:
		return None
	row = frappe.get_cached_doc("Service", service)
	pack = versions.published(service)
	try:
		check_offered(row, pack)
	except NotOfferedError:
		frappe.clear_last_message()
		return None
	return Offer(row, pack, web_form) if "citizen" in pack["channels"] else None


def offered() -> list[dict[str, str]]:
	"""Group, title and address of everything on offer, in the order of the catalogue.

	Titles are those of the pages: what the ministry calls the service before the public. Nothing of requests is read.
	"""
	return [_row(row) for row in open_offers()]


def open_offers() -> list[Offer]:
	"""Everything on offer, in the order of the catalogue."""
	pages = frappe.get_all(  # public configuration: what is published
		"Web Form",
		filters={"published": 1, "route": ["like", f"{ROUTE}%"]},
		pluck="name",
		order_by="route asc",
	)
	found = (_behind(frappe.get_cached_doc("Web Form", name)) for name in pages)
	return [row for row in found if row]


def _row(row: Offer) -> dict[str, str]:
	return {
		"group": frappe.get_cached_value("Service Group", row.service.service_group, "group_name") or "",
		"title": row.web_form.title,
		"route": f"/{row.web_form.route}",
	}

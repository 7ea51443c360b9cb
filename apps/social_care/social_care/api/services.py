"""Calls of services: figures for cards and charts, what forms of requests have to know, certificates."""

import frappe

from social_care.api.indicators import Card, card
from social_care.services import answers, figures, mechanisation
from social_care.services.runtime import certificates, desk, receipt_telephone


@frappe.whitelist()
def indicator(filters: str | dict | None = None) -> dict:
	"""The figure of a number card that a pack made."""
	asked = frappe.parse_json(filters) or {}
	return figures.indicator(str(asked.get("service")), str(asked.get("indicator")))


@frappe.whitelist()
def requests_by_month(filters: str | dict | None = None, **_options) -> dict:
	"""Requests of the last twelve months, for the chart of a service."""
	asked = frappe.parse_json(filters) or {}
	return figures.requests_by_month(str(asked.get("service")))


@frappe.whitelist()
def answer_fields(service: str, kind: str = "choices", txt: str = "") -> list[dict]:
	"""Fields of a service's form that the caller may count requests by ("choices") or take means of ("numbers")."""
	return [row for row in answers.fields(service).get(kind, []) if txt in row["label"]]


@frappe.whitelist()
def form_facts(doctype: str, name: str | None = None) -> dict:
	"""Where the caller enters requests of this kind, and which steps ask for a reason."""
	return desk.form_facts(doctype, name)


@frappe.whitelist()
def request_record(doctype: str, name: str) -> dict | None:
	"""What a request has become in an app, or the app's file that it is about, for whoever may read both."""
	return desk.record(doctype, name)


@frappe.whitelist(methods=["POST"])
def withdraw_certificate(name: str, reason: str) -> None:
	"""Take back what a service has issued."""
	certificates.withdraw(name, reason)


@frappe.whitelist()
def in_catalogue(filters: str | None = None) -> Card:
	"""Services that are not dropped."""
	return card(mechanisation.mechanised()["services"], "Service", status=["!=", "Dropped"])


@frappe.whitelist()
def mechanised(filters: str | None = None) -> Card:
	"""Of the services of the catalogue, those that are mechanised (R1-10)."""
	return _mechanised("mechanised")


@frappe.whitelist()
def of_first_phase(filters: str | None = None) -> Card:
	"""Services that come first (R1-03)."""
	return card(mechanisation.mechanised()["first_phase"], "Service", in_first_phase=1)


@frappe.whitelist()
def first_phase_mechanised(filters: str | None = None) -> Card:
	return _mechanised("first_phase_mechanised", in_first_phase=1)


def _mechanised(which: str, **which_services: int) -> Card:
	states = ["in", list(mechanisation.MECHANISED)]
	return card(mechanisation.mechanised()[which], "Service", status=states, **which_services)


@frappe.whitelist(methods=["POST"])
def confirm_telephone(receipt: str) -> None:
	"""Let the telephone that a colleague asked for be the receipt's."""
	receipt_telephone.confirm(receipt)

"""Screens of a counter hear that its queue has changed: in the room of the counter, which asks for the right to it."""

import frappe

from social_care.services.counter.offices import OFFICE

EVENT = "service_queue"


def queue_changed(office: str) -> None:
	"""Nothing but the counter's name is sent; a screen then asks for what it may see."""
	frappe.publish_realtime(EVENT, {"office": office}, doctype=OFFICE, docname=office, after_commit=True)

"""Who is told of a request: those who may decide its next step at the child's place, and in the end who asked."""

import frappe
from frappe import _
from frappe.model.document import Document

from social_care.governance.change_requests import AT_HEADQUARTERS, REQUEST
from social_care.registry import notices


def tell_deciders(request: Document) -> None:
	"""A request waits; the sentence names its number alone."""
	unit = frappe.db.get_value("Child", request.child, "org_unit")
	role = "Central Administration Head" if request.state == AT_HEADQUARTERS else "Directorate Director"
	people = [user for user in notices.responsible(unit, (role,)) if user != request.requested_by]
	notices.notify(
		people, _("A request to change a child's file waits for your decision."), REQUEST, request.name
	)


def tell_asker(request: Document) -> None:
	"""What became of the request."""
	sentence = _("Your request to change a child's file: {0}.").format(_(request.state))
	notices.notify([request.requested_by], sentence, REQUEST, request.name)

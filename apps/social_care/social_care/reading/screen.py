"""What the screens of reading control ask."""

import frappe

from social_care.reading import opening
from social_care.reading.opened import ASKED, GRANT, OPEN


def actions(name: str) -> dict:
	"""{decide, revoke}: what the session user may do with a request for a file."""
	doc = frappe.get_doc(GRANT, name)
	doc.check_permission("read")
	heads = opening.may_decide(doc)
	return {
		"decide": heads and doc.state == ASKED,
		"revoke": doc.state in (ASKED, OPEN) and (heads or doc.asked_by == frappe.session.user),
	}

"""Who is told of a closing at each step. Notices hold numbers of records."""

import frappe
from frappe import _
from frappe.model.document import Document
from social_care.registry.notices import notify, responsible

from social_care_inspections.inspections.closings import states

DIRECTORATE = ("Directorate Director",)
ABOVE = ("Central Administration Head", "General Manager")
ADVISERS = ("Legal Adviser",)


def tell(case: Document) -> None:
	"""Whoever acts next, or learns of a step."""
	told = {
		states.MEMO: (_("The memo of closing {0} was sent back.", lang="ar"), DIRECTORATE),
		states.WITH_ADVISER: (
			_("Closing {0} waits for the opinion of the legal adviser.", lang="ar"),
			ADVISERS,
		),
		states.OPINION: (_("Closing {0} waits for the order.", lang="ar"), ABOVE),
		states.ORDERED: (_("Closing {0} was ordered.", lang="ar"), DIRECTORATE),
		states.PLACING: (_("The children of closing {0} need another place.", lang="ar"), DIRECTORATE),
		states.HANDING: (_("Closing {0} is being handed over.", lang="ar"), ABOVE),
		states.COMPLETED: (_("Closing {0} was completed.", lang="ar"), DIRECTORATE + ABOVE),
		states.CANCELLED: (_("Closing {0} was stopped.", lang="ar"), DIRECTORATE),
	}.get(case.status)
	if told:
		users = sorted(set(responsible(case.org_unit, told[1])) - {frappe.session.user})
		notify(users, told[0].format(case.name), case.doctype, case.name)

"""What the hand-over decision does: the child, with siblings, is placed with the family on the day of the contract,
and the first visit of the follow-up is planned.

The placement is the core's next one, so the stay in the institution ends on the same day: no gap, no overlap.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from social_care.registry.placements import KAFALA

from social_care_kafala.kafala.hand_over import visits
from social_care_kafala.kafala.matching import reserving, states


def carry_out(file: Document) -> None:
	"""Place every child of the accepted match. Raises where there is none, or the placement cannot begin on that day."""
	if reserving.passing_child(file.name):
		return  # the ending of the family before lets him pass over
	reservation = reserving.of_file(file.name)
	if not reservation or reservation.status != states.MATCHED:
		file.refuse(_("There is no accepted match to hand over."))
	reserving.check_waiting(reservation)
	for row in reservation.children:
		place(file, row.child, alone=len(reservation.children) == 1, reason=reservation.separation_reason)
		visits.plan(file.name, row.child, file.handed_over_on, file.handed_over_on)
	reserving.close(reservation, states.HANDED_OVER)


def place(file: Document, child: str, alone: bool, reason: str | None) -> Document:
	"""The placement of one child; the step of the hand-over is the right to it."""
	placement = frappe.new_doc("Placement")
	together = _("Handed over to the same family together with the siblings.", lang="ar")
	placement.update(
		{
			"child": child,
			"setting": KAFALA,
			"family": file.family,
			"org_unit": file.org_unit,
			"movement": "Kafala",
			"from_date": file.handed_over_on,
			"decision_number": file.contract_number,
			"decision_date": file.handed_over_on,
			"sibling_separation_reason": reason if alone else together,
		}
	)
	return placement.insert(ignore_permissions=True)

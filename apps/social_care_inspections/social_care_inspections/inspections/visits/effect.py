"""What a visit writes on the institution (fields of the core that come from inspections), and how it follows it."""

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from social_care_inspections.inspections.closings import critical
from social_care_inspections.inspections.visits import states

# States in which a paper stays with the unit that it was decided at.
CLOSED = {
	states.DOCTYPE: (states.APPROVED, states.CANCELLED),
	"Violation Record": ("Closed",),
	"Violation Penalty": ("Executed", "Cancelled"),
	"Corrective Action Plan": ("Closed", "Cancelled"),
	"Closing Case": ("Completed", "Cancelled"),
	"Closing Placement": ("Moved", "Ended"),
	"Critical Follow-up": ("Lifted", "Closing Begun"),
}


def note_visit(visit: Document) -> None:
	"""The day of the last visit that took place."""
	last = frappe.db.get_value("Institution", visit.institution, "last_visit_date")
	if not last or getdate(last) < getdate(visit.visited_on):
		_write(visit, last_visit_date=visit.visited_on)


def note_grade(visit: Document) -> None:
	"""The grade of the latest visit with an approved result."""
	later = {
		"institution": visit.institution,
		"status": states.APPROVED,
		"grade": ["is", "set"],
		"visited_on": [">", visit.visited_on],
		"name": ["!=", visit.name],
	}
	if visit.grade and not frappe.db.exists(states.DOCTYPE, later):
		_write(visit, grade=visit.grade)
		if visit.grade == critical.WORST:
			critical.flag_by_grade(visit.institution, visit.name)


def _write(visit: Document, **values) -> None:
	"""Past the institution's controller, which keeps these fields from everybody else."""
	frappe.db.set_value("Institution", visit.institution, values, update_modified=False)


def follow_institution(institution: Document, _method: str | None = None) -> None:
	"""Institution on_update hook: what is still under way, and its workers, pass to the unit that supervises it now."""
	if not institution.get_doc_before_save() or not institution.has_value_changed("org_unit"):
		return
	for doctype, closed in CLOSED.items():
		row = frappe.qb.DocType(doctype)
		query = frappe.qb.update(row).set(row.org_unit, institution.org_unit)
		query.where((row.institution == institution.name) & row.status.notin(closed)).run()
	worker = frappe.qb.DocType("Institution Worker")
	query = frappe.qb.update(worker).set(worker.org_unit, institution.org_unit)
	query.where(worker.institution == institution.name).run()

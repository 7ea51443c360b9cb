"""People who work in an institution, and whether one of them was excluded from work in care somewhere else."""

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime, nowdate
from social_care.organisation.grants import roles_at
from social_care.registry.file_review import changed_fields
from social_care.registry.search import fill_search_name

from social_care_inspections.inspections.paper import InstitutionPaper
from social_care_inspections.inspections.violations import notices, person

CLEARERS = ("Directorate Director", "Inspection Adviser", "Central Administration Head")


class InstitutionWorkerError(frappe.ValidationError):
	"""A worker who cannot be entered as he was sent."""


class Worker(InstitutionPaper):
	"""Somebody on an institution's staff list. The institution learns that he may not work there, not why."""

	title = "Institution Worker"
	error = InstitutionWorkerError
	fills_itself = frozenset({"clearance", "search_name"})

	def before_insert(self) -> None:
		"""A worker has no workflow."""

	def validate(self) -> None:
		self.keep_system_fields()
		self.check_writer()
		self.check_days()
		self.national_number = person.checked_number(self.national_number)
		fill_search_name(self, "full_name")
		self.clear()

	def on_update(self) -> None:
		before = self.get_doc_before_save()
		if self.clearance != person.CLEAR and (not before or before.clearance != self.clearance):
			notices.tell_of_worker(self)

	def check_days(self) -> None:
		if self.to_date and getdate(self.to_date) < getdate(self.from_date):
			self.refuse(_("The work ends before it begins."))

	def clear(self) -> None:
		"""Asked anew with each save. A possible match is cleared by the directorate with a note; a barred person by nobody."""
		before = self.get_doc_before_save()
		note = changed_fields(self, before) & {"clearance_note"}
		if note:
			self.check_clearer()
		found = person.clearance(self.national_number, self.full_name)
		if found == person.POSSIBLE and (self.clearance_note or "").strip():
			if note:
				self.cleared_by, self.cleared_on = frappe.session.user, now_datetime()
			found = person.CLEAR
		self.clearance = found
		if found == person.BARRED:
			frappe.msgprint(
				_("This person was excluded from work in care by a decision; ask the directorate."),
				title=_("Clearance"),
				indicator="red",
			)

	def check_clearer(self) -> None:
		held = roles_at(frappe.session.user, *self.place())
		if frappe.session.user != "Administrator" and not held & set(CLEARERS):
			frappe.throw(
				_("The directorate says that a worker is another person."),
				frappe.PermissionError,
				title=_("Clearance"),
			)


def check_again(penalty: str) -> None:
	"""Workers of every institution who are the excluded person are marked, from the decision on; one query for all."""
	barred = frappe.db.get_value(
		person.EXCLUDED, {"violation_penalty": penalty}, ["national_number"], as_dict=True
	)
	if not barred or not barred.national_number:
		return
	worker = frappe.qb.DocType("Institution Worker")
	query = frappe.qb.update(worker).set(worker.clearance, person.BARRED)
	query = query.where(worker.national_number == barred.national_number)
	query.where(worker.to_date.isnull() | (worker.to_date >= nowdate())).run()

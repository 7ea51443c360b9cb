"""Sealed notes of a visit: interviews, internal remarks, why a visit was ordered. No role of an institution reads them."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime
from social_care.organisation.grants import roles_at
from social_care.registry.file_review import changed_fields

WITH_CHILD, WITH_WORKER = "Interview with a Child", "Interview with a Worker"


class SealedNoteError(frappe.ValidationError):
	"""A note that cannot be as it was sent."""


class SealedNote(Document):
	"""A note of one visit: its writer may correct it until the visit is over, then it is sealed."""

	def validate(self) -> None:
		self.keep_system_fields()
		self.check_writer()
		self.check_sealed()
		self.check_child()

	def on_trash(self) -> None:
		frappe.throw(_("Sealed notes are not deleted."), frappe.PermissionError, title=_("Not Deleted"))

	def keep_system_fields(self) -> None:
		before = self.get_doc_before_save()
		for field in ("sealed", "sealed_by", "sealed_on"):
			self.set(field, before.get(field) if before else None)

	def check_writer(self) -> None:
		"""Writing counts at the place of the visit; what another wrote is not rewritten."""
		user = frappe.session.user
		if user == "Administrator":
			return
		place = frappe.db.get_value("Institution Visit", self.institution_visit, ["org_unit", "institution"])
		able = {row.role for row in self.meta.permissions if row.create}
		if not able & roles_at(user, *(place or (None, None))) or (not self.is_new() and self.owner != user):
			frappe.throw(
				_("Only whoever wrote this note at the place of the visit changes it."),
				frappe.PermissionError,
				title=_("Inspection Sealed Note"),
			)

	def check_sealed(self) -> None:
		before = self.get_doc_before_save()
		if before and before.sealed and changed_fields(self, before):
			self.refuse(_("The note is sealed and is not rewritten; write a further one."))

	def check_child(self) -> None:
		"""A named child lives in the institution that is visited, or did on the day."""
		if self.note_kind != WITH_CHILD or not self.child:
			return
		institution = frappe.db.get_value("Institution Visit", self.institution_visit, "institution")
		if not frappe.db.exists("Placement", {"child": self.child, "institution": institution}):
			self.refuse(_("The child does not live in the institution that was visited."))

	def refuse(self, message: str) -> None:
		frappe.throw(message, SealedNoteError, title=_("Inspection Sealed Note"))


def seal(visit: str) -> None:
	"""Seal the notes of a visit whose report goes out: one statement, whatever their number."""
	note = frappe.qb.DocType("Inspection Sealed Note")
	query = frappe.qb.update(note).where((note.institution_visit == visit) & (note.sealed == 0))
	query.set(note.sealed, 1).set(note.sealed_by, frappe.session.user).set(
		note.sealed_on, now_datetime()
	).run()

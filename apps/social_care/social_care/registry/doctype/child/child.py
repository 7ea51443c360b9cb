import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, nowdate

from social_care import system_fields
from social_care.governance.change_requests import guard
from social_care.registry import file_review, growth, identity, photographs, placements
from social_care.registry.changes import differs
from social_care.registry.matching import possible as possible_duplicates
from social_care.registry.merging import signposts
from social_care.registry.plain_print import hide_protected
from social_care.workflow_actions import note_next_step

COMPUTED = {
	"file_state",
	"full_name",
	"search_name",
	"national_number_check",
	"national_number_status_date",
	"institution_name",
}


class Child(Document):
	"""The care file of a Person: from draft to approved, and wherever the child lives afterwards."""

	def onload(self) -> None:
		from social_care.registry.child_file import sidebar

		self.set_onload("social_care", sidebar(self))

	def before_insert(self) -> None:
		self.file_state = self.file_state or file_review.DRAFT
		self.check_institution()

	def validate(self) -> None:
		signposts.refuse_change(self)
		self.keep_system_fields()
		possible_duplicates.stamp_reason(self)
		self.set_place()
		identity.complete_identity(self)
		guard.refuse_direct(self)
		self.check_dates()
		photographs.check(self)
		self.check_education()
		growth.check(self)
		file_review.guard(self)
		identity.write_through(self)

	def after_insert(self) -> None:
		placements.admit(self)
		self.take_family()

	def on_update(self) -> None:
		self.follow_admission_date()
		self.take_family()
		note_next_step(self, "file_state")

	def before_print(self, settings: dict | None = None) -> None:
		hide_protected(self)

	def on_trash(self) -> None:
		frappe.throw(_("A child's file is never deleted."), frappe.PermissionError, title=_("Not Deleted"))

	def keep_system_fields(self) -> None:
		"""Fields that only the system writes keep their stored value, whatever was sent."""
		system_fields.keep(self, but=COMPUTED)
		system_fields.keep_rows(self, "identity_papers")

	def check_institution(self) -> None:
		"""A new file names the institution where the child is admitted."""
		if not self.institution or not frappe.db.exists("Institution", self.institution, cache=True):
			frappe.throw(
				_("Choose the institution that admits the child."),
				frappe.MandatoryError,
				title=_("Institution"),
			)

	def set_place(self) -> None:
		"""Place of a new file from its institution; later it changes only by a Placement."""
		before = self.get_doc_before_save()
		if before and (before.institution or "") != (self.institution or ""):
			frappe.throw(
				_("The institution of a child is changed by a placement, so that the history stays whole."),
				placements.PlacementError,
				title=_("Placement"),
			)
		if not before:
			found = frappe.get_cached_value("Institution", self.institution, ["org_unit", "governorate"])
			self.org_unit, self.governorate = found or (None, None)
			self.update(placements.place_of(self))
			self.current_placement = frappe.generate_hash(length=10)

	def check_dates(self) -> None:
		"""Birth ≤ admission ≤ today."""
		admission = getdate(self.admission_date)
		if self.birth_date and admission < getdate(self.birth_date):
			frappe.throw(
				_("The admission date lies before the birth date."),
				identity.IdentityError,
				title=_("Admission Date"),
			)
		if admission > getdate(nowdate()):
			frappe.throw(
				_("The admission date is in the future."), identity.IdentityError, title=_("Admission Date")
			)

	def check_education(self) -> None:
		"""One row a school year."""
		years = [row.school_year for row in self.education_records]
		if len(years) != len(set(years)):
			frappe.throw(
				_("Each school year may stand only once in the education records."),
				title=_("Education Records"),
			)

	def follow_admission_date(self) -> None:
		"""A corrected admission date moves the beginning of the first placement with it."""
		if not self.get_doc_before_save() or not differs(self, self.get_doc_before_save(), "admission_date"):
			return
		first = frappe.get_all(
			"Placement", filters={"child": self.name}, order_by="from_date asc", limit=1, pluck="name"
		)
		if first:
			placement = frappe.get_doc("Placement", first[0])
			placement.from_date = self.admission_date
			placement.save(
				ignore_permissions=True
			)  # the right to correct the file is the right to correct this

	def take_family(self) -> None:
		"""A family that a file names follows that file; the place where it was first entered no longer counts."""
		if self.family and self.has_value_changed("family"):
			frappe.db.set_value(
				"Family", self.family, {"registering_institution": None, "registering_unit": None}
			)

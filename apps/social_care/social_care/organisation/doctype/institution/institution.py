import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, nowdate

from social_care import plurals
from social_care.organisation.transitions import check_role_at_place
from social_care.registry import placements
from social_care.registry.search import fill_search_name
from social_care.workflow_actions import note_next_step

CLOSED_STATES = ("Closed",)


class InstitutionStateError(frappe.ValidationError):
	"""A change of state that an institution may not make now."""


class Institution(Document):
	"""A care institution: who runs it, under which licence, for whom, with how many places, in which state."""

	def validate(self) -> None:
		self.keep_system_fields()
		self.check_ages()
		self.check_licence()
		self.check_state()
		fill_search_name(self, "institution_name")

	def on_update(self) -> None:
		note_next_step(self, "status")
		if self.has_value_changed("org_unit") and self.get_doc_before_save():
			placements.follow_institution(self.name, self.org_unit, self.governorate)

	def on_trash(self) -> None:
		if frappe.db.exists("Placement", {"institution": self.name}):
			frappe.throw(
				_("An institution where children have lived is closed, not deleted."),
				frappe.PermissionError,
				title=_("Not Deleted"),
			)

	@property
	def current_children(self) -> int:
		"""Children who live here now."""
		return placements.children_in(self.name) if self.name and not self.is_new() else 0

	def keep_system_fields(self) -> None:
		"""Grade and last visit come from inspections, the day of the state from the state."""
		before = self.get_doc_before_save()
		for field in ("grade", "last_visit_date", "status_date"):
			self.set(field, before.get(field) if before else None)
		self.governorate = frappe.db.get_value("Org Unit", self.org_unit, "governorate")

	def check_ages(self) -> None:
		"""age_from ≤ age_to."""
		if self.age_from and self.age_to and self.age_from > self.age_to:
			frappe.throw(_("The lowest age is above the highest."), title=_("Ages"))

	def check_licence(self) -> None:
		"""A licence ends after it was given."""
		if (
			self.licence_date
			and self.licence_expiry
			and getdate(self.licence_expiry) < getdate(self.licence_date)
		):
			frappe.throw(_("The licence expires before it was given."), title=_("Licence"))

	def check_state(self) -> None:
		"""The way between states is the Workflow «Institution Lifecycle»; what no workflow may allow stands here."""
		if not self.has_value_changed("status"):
			return
		if before := self.get_doc_before_save():
			check_role_at_place(before, self.status, self.name, _("Institution State"))
		self.status_date = nowdate()
		living = self.current_children
		if self.status in CLOSED_STATES and living:
			frappe.throw(
				_(
					"{0} children still live here. Each needs a new placement before the institution is closed.",
					context=plurals.form(living),
				).format(living),
				InstitutionStateError,
				title=_("Institution State"),
			)
		if self.status in ("Critical", "Suspended", "Closing") and not (self.status_reason or "").strip():
			frappe.throw(
				_("Write the reason for the state {0}.").format(_(self.status)),
				InstitutionStateError,
				title=_("Institution State"),
			)

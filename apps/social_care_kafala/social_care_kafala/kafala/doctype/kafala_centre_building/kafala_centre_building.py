import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import comma_and, flt, getdate, nowdate

OPENED, WITHDRAWN = "Centre Opened", "Allocation Withdrawn"
WORKS_DONE = ("Works Completed", "Licensed", OPENED)
CENTRE = "Kafala Centre"
# What a stage needs before a building can be said to have reached it.
NEEDED = {
	"Licensed": ("licence_number", "licence_date"),
	OPENED: ("licence_number", "licence_date", "opening_date"),
	WITHDRAWN: ("withdrawal_reason",),
}
# Dates that have happened, and pairs of which the first comes before the second.
PAST = ("decision_date", "licence_date", "opening_date")
ORDERED = (
	("decision_date", "licence_date"),
	("decision_date", "planned_opening_date"),
	("decision_date", "opening_date"),
	("licence_date", "opening_date"),
)


class KafalaBuildingError(frappe.ValidationError):
	"""Dates, stage and works of a building that do not fit together."""


class KafalaCentreBuilding(Document):
	"""A building allocated for a national kafala centre, followed from the decision to the opening."""

	def validate(self) -> None:
		self.set_governorate()
		self.check_dates()
		self.check_follow_ups()
		self.sum_up_works()
		self.check_stage()
		self.check_institution()

	def on_trash(self) -> None:
		frappe.throw(
			_("An allocation is withdrawn with its reason, not deleted."),
			frappe.PermissionError,
			title=_("Not Deleted"),
		)

	def set_governorate(self) -> None:
		"""The building lies where its directorate is."""
		self.governorate = frappe.db.get_value("Org Unit", self.org_unit, "governorate")
		if not self.governorate:
			frappe.throw(
				_("Choose a unit that belongs to a governorate."),
				KafalaBuildingError,
				title=_("Responsible Directorate"),
			)

	def check_dates(self) -> None:
		"""Decision, licence and opening follow each other, and none of them lies ahead."""
		for field in PAST:
			if self.get(field) and getdate(self.get(field)) > getdate(nowdate()):
				self.refuse(_("{0} lies ahead.").format(self.label(field)))
		for first, second in ORDERED:
			if self.get(first) and self.get(second) and getdate(self.get(second)) < getdate(self.get(first)):
				self.refuse(_("{0} is before {1}.").format(self.label(second), self.label(first)))

	def check_follow_ups(self) -> None:
		"""Notes are dated between the decision and today, in their order of time, with a share of 0 to 100; who wrote one stays."""
		stored = {row.name: row for row in self.follow_ups_before()}
		first, last = getdate(self.decision_date), getdate(nowdate())
		for row in self.follow_ups:
			if not first <= getdate(row.follow_up_date) <= last:
				self.refuse(
					_("Row {0}: the follow-up is dated before the decision or after today.").format(row.idx)
				)
			if not 0 <= flt(row.works_progress) <= 100:
				self.refuse(_("Row {0}: the works done are a share between 0 and 100.").format(row.idx))
			row.recorded_by = stored[row.name].recorded_by if row.name in stored else frappe.session.user
		self.follow_ups.sort(key=lambda row: getdate(row.follow_up_date))
		for number, row in enumerate(self.follow_ups, 1):
			row.idx = number

	def follow_ups_before(self) -> list[Document]:
		before = self.get_doc_before_save()
		return before.follow_ups if before else []

	def sum_up_works(self) -> None:
		"""The latest note says how far the works are."""
		last = self.follow_ups[-1] if self.follow_ups else None
		self.works_progress = flt(last.works_progress) if last else 0
		self.last_follow_up = last.follow_up_date if last else None

	def check_stage(self) -> None:
		"""A stage is reached with its papers, and finished works with a note that says so."""
		missing = [self.label(field) for field in NEEDED.get(self.stage, ()) if not self.get(field)]
		if missing:
			self.refuse(
				_("The stage {0} needs: {1}.").format(_(self.stage), comma_and(missing, add_quotes=False))
			)
		if self.stage in WORKS_DONE and self.works_progress < 100:
			self.refuse(_("The stage {0} needs a follow-up note with works of 100%.").format(_(self.stage)))
		if self.opening_date and self.stage not in (OPENED, WITHDRAWN):
			self.refuse(_("A building with an opening date has the stage {0}.").format(_(OPENED)))

	def check_institution(self) -> None:
		"""Only an open building houses an institution, and that is a kafala centre."""
		if not self.institution:
			return
		if self.stage != OPENED:
			self.refuse(_("The kafala centre is named once the building is open."))
		kind = frappe.db.get_value("Institution", self.institution, "institution_type")
		if frappe.db.get_value("Institution Type", kind, "care_type") != CENTRE:
			self.refuse(_("The institution is not a kafala centre."))

	def label(self, field: str) -> str:
		return _(self.meta.get_label(field))

	def refuse(self, message: str) -> None:
		frappe.throw(message, KafalaBuildingError, title=_("Kafala Centre Building"))

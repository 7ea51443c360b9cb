"""Governorates without institutions: what remains, the end of admissions, the declaration (R3-14)."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count
from frappe.utils import getdate, nowdate
from social_care.registry.child_paper import ChildPaper

from social_care_inspections.inspections.closings.freeze import is_another
from social_care_inspections.inspections.paper import never_deleted

PLAN = "Institution-Free Governorate"
PLANNED, PREPARED, DECLARED, WITHDRAWN = "Planned", "In Preparation", "Declared", "Withdrawn"
BLOCKING = (PREPARED, DECLARED)
CARE_TYPE = "Residential Institution"
NO_LONGER = ("Closed", "Converted to Aftercare")
EVERYWHERE = frozenset({"plan", "alternatives", "target_date", "block_from"})
DECISION = frozenset(
	{"decision_number", "decision_date", "decision_authority", "decision_document", "withdrawal_reason"}
)
WRITTEN = {PLANNED: EVERYWHERE, PREPARED: EVERYWHERE | DECISION, DECLARED: frozenset({"withdrawal_reason"})}


class InstitutionFreeGovernorateError(frappe.ValidationError):
	"""A plan, a declaration or an admission that the rules do not allow."""


class GovernoratePlan(ChildPaper):
	"""One open row a governorate; after one that was withdrawn another may begin. Declared only when neither an institution nor a child in one is left."""

	title = PLAN
	error = InstitutionFreeGovernorateError
	deciding = DECISION
	steps = {PREPARED: "prepare", DECLARED: "declare", WITHDRAWN: "withdraw"}

	def on_trash(self) -> None:
		never_deleted()

	@property
	def institutions_left(self) -> int:
		"""Institutions of the governorate that are neither closed nor converted."""
		return len(institutions(self.governorate)) if self.governorate else 0

	@property
	def children_left(self) -> int:
		"""Children who live in institutions there."""
		return children(self.governorate) if self.governorate else 0

	def place(self) -> tuple[str | None, str | None]:
		return self.org_unit, None

	def keep_system_fields(self) -> None:
		super().keep_system_fields()
		if self.is_new():
			self.status = PLANNED
		self.set_governorate()

	def set_governorate(self) -> None:
		"""That of the directorate, which plans for its own."""
		unit = frappe.db.get_value("Org Unit", self.org_unit, ["governorate", "level"], as_dict=True)
		if not unit or unit.level != "Directorate" or not unit.governorate:
			self.refuse(_("Choose the directorate of the governorate."))
		self.governorate = unit.governorate
		if not self.is_new():
			return
		frappe.db.get_value("Org Unit", self.org_unit, "name", for_update=True)
		twin = {"governorate": self.governorate, "status": ["!=", WITHDRAWN]}
		if other := frappe.db.get_value(PLAN, twin, for_update=True):
			self.refuse(_("The governorate has a plan already: {0}").format(other))

	def check_content(self) -> None:
		before = self.get_doc_before_save()
		changed = self.changes()
		allowed = (
			WRITTEN.get(before.status, frozenset()) if before else EVERYWHERE | {"governorate", "org_unit"}
		)
		if before and before.status in BLOCKING and begun(before.block_from):
			allowed = allowed - {
				"block_from"
			}  # admissions have ended; that is taken back by withdrawing the plan
		if changed - allowed:
			self.refuse(
				_("What is {0} is not rewritten any more.").format(_(before.status if before else PLANNED))
			)

	def prepare(self) -> None:
		"""With a plan and the day from which no child is admitted any more."""
		self.need("plan", "block_from")

	def declare(self) -> None:
		"""By other hands than the plan's, with a decision, when nothing is left."""
		self.need("decision_number", "decision_date", "decision_authority")
		self.four_eyes()
		self.check_past("decision_date")
		if not begun(self.block_from):
			self.refuse(_("Admissions in the governorate have not ended yet."))
		left = institutions(self.governorate, for_update=True)
		living = children(self.governorate, for_update=True)
		if left or living:
			self.refuse(
				_("The governorate is not free of institutions yet: institutions {0}, children {1}.").format(
					len(left), living
				)
			)
		self.stamp("declared")

	def withdraw(self) -> None:
		self.need("withdrawal_reason")


def begun(day) -> bool:
	return bool(day) and getdate(day) <= getdate(nowdate())


def kinds() -> list[str]:
	"""Kinds of institution that the declaration is about: residential ones; homes like a family, and aftercare, are not."""
	return frappe.get_all("Institution Type", {"care_type": CARE_TYPE}, pluck="name", order_by="name asc")


def institutions(governorate: str, for_update: bool = False) -> list[str]:
	row = DocType("Institution")
	query = frappe.qb.from_(row).select(row.name).where(row.governorate == governorate).orderby(row.name)
	query = query.where(row.institution_type.isin(kinds() or [""])).where(row.status.notin(NO_LONGER))
	return (query.for_update() if for_update else query).run(pluck=True)


def children(governorate: str, for_update: bool = False) -> int:
	"""Children with a current placement in an institution of these kinds there, unless it was converted to aftercare."""
	placement, home = DocType("Placement"), DocType("Institution")
	query = frappe.qb.from_(placement).join(home).on(home.name == placement.institution).select(Count("*"))
	query = query.where((home.governorate == governorate) & (placement.is_current == 1))
	query = query.where(home.institution_type.isin(kinds() or [""]) & (home.status != NO_LONGER[1]))
	return (query.for_update() if for_update else query).run()[0][0]


def blocked() -> set[str]:
	"""Governorates where no child comes into an institution any more."""
	return set(
		frappe.get_all(  # names of governorates
			PLAN, {"status": ["in", BLOCKING], "block_from": ["<=", nowdate()]}, pluck="governorate"
		)
	)


def check_receiving(institution: str) -> None:
	"""Hook of the core: asked before a child comes into an institution."""
	kind, governorate = frappe.db.get_value("Institution", institution, ["institution_type", "governorate"])
	if governorate in blocked() and kind in kinds():
		refuse(
			_(
				"No child comes into an institution of this governorate any more; it becomes free of institutions."
			)
		)


def check_institution(institution: Document, _method: str | None = None) -> None:
	"""Institution hook: no institution of these kinds is opened there, and none comes from another governorate or kind."""
	before = institution.get_doc_before_save()
	moved = before and is_another(institution)
	opened = before and before.status in NO_LONGER and institution.status not in (*NO_LONGER, "Closing")
	if (
		(not before or moved or opened)
		and institution.governorate in blocked()
		and institution.institution_type in kinds()
	):
		refuse(_("No institution is opened in this governorate any more; it becomes free of institutions."))


def refuse(message: str) -> None:
	frappe.throw(message, InstitutionFreeGovernorateError, title=_(PLAN))

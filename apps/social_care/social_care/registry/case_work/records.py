"""What the records of case work have in common: they belong to a child, follow him, and are never deleted.

None of them keeps a place of its own that could stay behind after a transfer: their scope is the child's
(`social_care_scope_rules` in hooks.py). `institution` only says where the child lived when the record was made.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, getdate, now_datetime, nowdate

from social_care.organisation.grants import active_grants
from social_care.registry.child_paper import ChildRecord
from social_care.registry.file_review import FourEyesError
from social_care.scope import RowScope

DOCTYPES = (
	"Care Plan",
	"Care Review",
	"Child Assessment",
	"Family Contact",
	"Significant Event",
	"Child Savings Entry",
	"Child Activity",
)


class CaseWorkError(frappe.ValidationError):
	"""A record of case work that cannot be as it was sent."""


class CaseRecord(ChildRecord):
	"""A record of work with one child."""

	error = CaseWorkError

	def before_insert(self) -> None:
		self.set_place()

	def set_place(self) -> None:
		"""The child's name, and the institution where he lives on the day of recording."""
		self.child_name, self.institution = frappe.db.get_value(
			"Child", self.child, ["full_name", "institution"]
		) or (None, None)

	def keep_system_fields(self) -> None:
		super().keep_system_fields()
		if not self.get_doc_before_save():
			self.set_place()

	def note_editor(self) -> None:
		"""Remember everybody who wrote in the record since it was last approved."""
		if not self.get_doc_before_save() or self.changes():
			self.add_editor()

	def freeze(self, free: frozenset[str] = frozenset()) -> None:
		"""Refuse a change of any field but `free`."""
		if self.changes() - free:
			self.refuse(_("This record is completed and is not rewritten; add a comment or make a new one."))


def refuse(message: str, title: str) -> None:
	frappe.throw(message, CaseWorkError, title=title)


def check_day(doc: Document, field: str) -> None:
	"""A day on which something was done lies between the child's birth and today."""
	if not doc.get(field):
		return
	born = frappe.db.get_value("Child", doc.child, "birth_date")
	label, title = _(doc.meta.get_label(field)), _(doc.doctype)
	if getdate(doc.get(field)) > getdate(nowdate()) or is_later(doc, field):
		refuse(_("{0} lies in the future.").format(label), title)
	if born and getdate(doc.get(field)) < getdate(born):
		refuse(_("{0} lies before the child was born.").format(label), title)


def is_later(doc: Document, field: str) -> bool:
	"""Whether a point of time is still to come; a clock of the desk may go five minutes ahead."""
	if doc.meta.get_field(field).fieldtype != "Datetime":
		return False
	return (get_datetime(doc.get(field)) - now_datetime()).total_seconds() > 300


def roles_for(child: str, user: str | None = None) -> set[str]:
	"""Roles that the user holds today over the place where the child now lives, or over his case."""
	user = user or frappe.session.user
	place = frappe.db.get_value("Child", child, ["org_unit", "institution", "case_manager"])
	return {grant.role for grant in active_grants(user) if RowScope(user, (grant,)).covers(*place)}


def four_eyes(doc: Document, entered: set[str | None], message: str) -> None:
	"""Refuse where the user is among those who entered the record."""
	if frappe.session.user in entered and frappe.session.user != "Administrator":
		frappe.throw(message, FourEyesError, title=_("Four Eyes"))


def follow_name(child: Document, _method: str | None = None) -> None:
	"""Child on_update hook: a corrected name stands on the records of case work, too."""
	if not child.get_doc_before_save() or not child.has_value_changed("full_name"):
		return
	follow_names([child.name])


def follow_names(children: list[str]) -> None:
	"""Write the names of these files on their records, in one statement a DocType."""
	file = frappe.qb.DocType("Child")
	for doctype in DOCTYPES if children else ():
		row = frappe.qb.DocType(doctype)
		query = frappe.qb.update(row).join(file).on(file.name == row.child)
		query.set(row.child_name, file.full_name).where(file.name.isin(children)).run()


def check_same_child(doc: Document, field: str) -> None:
	"""A linked record of case work is of the same child."""
	target = doc.meta.get_field(field).options
	if doc.get(field) and frappe.db.get_value(target, doc.get(field), "child") != doc.child:
		refuse(_("{0} belongs to another child.").format(_(doc.meta.get_label(field))), _(doc.doctype))

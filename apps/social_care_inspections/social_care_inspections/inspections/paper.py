"""Papers about an institution: whoever works on one holds the right at the institution's place, and nobody decides alone."""

import frappe
from frappe import _
from frappe.utils import add_days, cint, get_datetime, now_datetime
from social_care.organisation.grants import roles_at
from social_care.registry.child_paper import ChildPaper, editing_roles

Place = tuple[str | None, str | None]


def never_deleted() -> None:
	"""Refuse a deletion. Raises PermissionError."""
	frappe.throw(
		_("Records of inspection are closed, not deleted."), frappe.PermissionError, title=_("Not Deleted")
	)


class InstitutionPaper(ChildPaper):
	"""A record that takes the steps of its Workflow, at the place of the institution that it is about."""

	def on_trash(self) -> None:
		never_deleted()

	def place(self) -> Place:
		"""Unit and institution of the stored row; of a new one, those of the institution it names."""
		before = self.get_doc_before_save()
		if before:
			return before.org_unit, before.institution
		return frappe.db.get_value("Institution", self.institution, "org_unit"), self.institution

	def keep_system_fields(self) -> None:
		super().keep_system_fields()
		if not self.get_doc_before_save():
			self.set_institution()

	def set_institution(self) -> None:
		"""What the row repeats of the institution, as it is when the row is made."""
		found = frappe.db.get_value(
			"Institution",
			self.institution,
			["institution_name", "institution_type", "org_unit"],
			as_dict=True,
		)
		for field, value in (found or {}).items():
			if self.meta.has_field(field):
				self.set(field, value)

	def check_parts(
		self,
		before,
		changed: set[str],
		parts: dict[str, frozenset[str]],
		others: str,
		**writers: frozenset[str],
	) -> None:
		"""Refuse a change of what is closed in this state, or is somebody else's to write.

		`parts` are the fields that are open in the state, by whose they are. `writers` says which roles write a part; the part
		`others` is of every other role that edits in the state.
		"""
		if changed - set().union(*parts.values()):
			self.refuse(_("What is {0} is not rewritten any more.").format(_(before.status)))
		user = frappe.session.user
		if user == "Administrator":
			return
		held = roles_at(user, *self.place()) & editing_roles(self.doctype, before.status)
		mine = {part for part, roles in writers.items() if held & roles}
		if held - frozenset().union(*writers.values()):
			mine.add(others)
		if changed - set().union(*(parts.get(part, frozenset()) for part in mine)):
			self.refuse(_("It is {0}; it cannot be edited now by you.").format(_(before.status)))

	def hands(self) -> set[str]:
		"""Whoever made the record or wrote on its content."""
		return {self.owner, *(self.content_editors or "").split()}

	def other_hands(self, taken: set[str | None], sentence: str) -> None:
		"""Refuse with `sentence` where the user is among those who took part before."""
		from social_care.registry.file_review import FourEyesError

		if frappe.session.user in taken - {None} and frappe.session.user != "Administrator":
			frappe.throw(sentence, FourEyesError, title=_("Four Eyes"))


def due_after(days: int | None):
	"""Moment until which a step is to be taken, so many days from now; None without a clock."""
	return add_days(now_datetime(), cint(days)) if cint(days) else None


def is_past(moment) -> bool:
	"""Whether a due moment has passed."""
	return bool(moment) and get_datetime(moment) < now_datetime()

"""Papers of a unit: whoever works on one holds the right over the unit that it belongs to, and nobody decides alone."""

import frappe
from frappe import _
from frappe.utils import cint

from social_care.registry.child_paper import ChildPaper

Place = tuple[str | None, str | None]


class UnitPaper(ChildPaper):
	"""A record of a unit that takes the steps of its Workflow."""

	open_later: frozenset[str] = frozenset()  # fields that are written after the first state

	def on_trash(self) -> None:
		frappe.throw(
			_("Papers of the administration are closed, not deleted."),
			frappe.PermissionError,
			title=_("Not Deleted"),
		)

	def place(self) -> Place:
		return self.side(self.get_doc_before_save() or self), None

	def side(self, stored) -> str:
		"""The unit whose right counts for this save; `stored`: the row as it stands."""
		return stored.org_unit

	def guard_path(self) -> None:
		super().guard_path()
		before = self.get_doc_before_save()
		if before and before.status != self.first() and self.changes() - self.open_later - self.deciding:
			self.refuse(_("It is {0}: its content is not rewritten.").format(_(before.status)))

	def first(self) -> str:
		"""The state in which the content is written."""
		return self.meta.get_field("status").default


def below(unit: str | None, above: str | None) -> bool:
	"""Whether a unit is another one or lies below it."""
	bounds = [frappe.db.get_value("Org Unit", name, ["lft", "rgt"]) for name in (unit, above)]
	if not all(bounds):
		return False
	(left, right), (lowest, highest) = bounds
	return cint(lowest) <= cint(left) and cint(right) <= cint(highest)

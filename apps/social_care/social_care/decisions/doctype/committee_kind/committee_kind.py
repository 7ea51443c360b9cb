import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt


class QuorumError(frappe.ValidationError):
	"""A rule of quorum that cannot be reached or says nothing."""


class CommitteeKind(Document):
	"""Committees of one kind sit by the same rules: legal basis, quorum, casting vote, who closes a session."""

	def validate(self) -> None:
		if not 0 <= flt(self.quorum_share) <= 100:
			frappe.throw(_("A share lies between 0 and 100."), QuorumError, title=_("Quorum"))
		if flt(self.quorum_share) == 100 and self.more_than_share:
			frappe.throw(_("More than all members are never present."), QuorumError, title=_("Quorum"))

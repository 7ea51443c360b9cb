import frappe
from frappe import _
from frappe.utils import getdate
from frappe.utils.nestedset import NestedSet

from social_care import system_fields
from social_care.registry.search import fill_search_name


class OrgUnit(NestedSet):
	"""A unit of the ministry's tree, headquarters down to the social unit, with its time of validity and successor."""

	nsm_parent_field = "parent_org_unit"

	def validate(self) -> None:
		system_fields.keep(self, ("lft", "rgt", "old_parent"))  # the scope of everybody is asked by them
		self.check_validity()
		self.check_single_root()
		self.inherit_governorate()
		fill_search_name(self, "unit_name")

	def check_validity(self) -> None:
		"""valid_from ≤ valid_to, and no unit succeeds itself."""
		if self.valid_from and self.valid_to and getdate(self.valid_to) < getdate(self.valid_from):
			frappe.throw(_("The unit ends before it begins."), title=_("Validity"))
		if self.successor and self.successor == self.name:
			frappe.throw(_("A unit cannot succeed itself."), title=_("Validity"))

	def check_single_root(self) -> None:
		"""One root: a grant there means the whole country, so a second root would be a second country."""
		other = frappe.db.get_value(
			"Org Unit", {"parent_org_unit": ["is", "not set"], "name": ["!=", self.name or ""]}
		)
		if not self.parent_org_unit and other:
			frappe.throw(
				_("Choose the unit above; only headquarters has none."),
				frappe.MandatoryError,
				title=_("Parent Unit"),
			)

	def inherit_governorate(self) -> None:
		"""Units below a directorate lie in its governorate."""
		if not self.governorate and self.parent_org_unit:
			self.governorate = frappe.db.get_value("Org Unit", self.parent_org_unit, "governorate")

"""Movements of children for tests: two institutions of one directorate with their staff, and one elsewhere."""

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import nowdate

from social_care.registry.moves import guide
from social_care.tests import CountryTestCase, factories, places

REFUSALS = (frappe.ValidationError, frappe.PermissionError)  # said by rules, not stumbled over by the program
DECISION = {
	"decision_number": "14/2026",
	"decision_date": "2026-01-15",
	"decision_authority": "مدير المديرية",
}
INTERESTS = {
	"occasion": "RK-03",
	"child_view": "يريد أن يكون قريبًا من مدرسته",
	"best_interests": "وُزنت البدائل، والنقل أصلح له",
}


def second_home(district: str) -> tuple[str, str, str]:
	"""Another institution of a district, with an entry user and a director; kept on the site from run to run."""
	code = "T-HERE-SECOND"
	if not frappe.db.exists("Institution", code):
		factories.institution(district, institution_code=code, licensed_capacity=100_000)
	entry = places._staff("entry.second", places.ENTRY, institution=code)
	director = places._staff("director.second", places.DIRECTOR, institution=code)
	return code, entry, director


class MoveTestCase(CountryTestCase):
	"""`self.child` lives in the institution of `here`; `self.second` is another one of the same directorate."""

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.second, cls.second_entry, cls.second_director = second_home(cls.here.district)

	def setUp(self) -> None:
		super().setUp()
		self.child = factories.child(self.here.institution)

	def propose(self, user: str | None = None, **values) -> str:
		"""A transfer to the second institution, unless said otherwise; returns its name."""
		self.act_as(user or self.here.entry)
		wanted = {
			"child": self.child.name,
			"movement": "Transfer",
			"to_institution": self.second,
			"effective_date": nowdate(),
			"reason": "MR-02",
			"care_needs": "متابعة دراسية",
			**DECISION,
			**INTERESTS,
		}
		return guide.propose(wanted | values)["name"]

	def step(self, name: str, action: str, user: str, **values):
		"""Write values, then take a step of the workflow, as somebody."""
		self.act_as(user)
		if values:
			doc = frappe.get_doc("Placement Change", name)
			doc.update(values)
			doc.save()
		return apply_workflow(frappe.get_doc("Placement Change", name), action)

	def approved(self, **values) -> str:
		name = self.propose(**values)
		self.step(name, "Approve Movement", self.here.chief)
		return name

	def accepted(self, **values) -> str:
		name = self.approved(**values)
		self.step(name, "Accept the Child", self.second_director)
		return name

	def handed_over(self, **values) -> str:
		name = self.accepted(**values)
		self.step(name, "Record Hand-over", self.second_entry)
		return name

	def status(self, name: str) -> str:
		return frappe.db.get_value("Placement Change", name, "status")

	def place(self) -> str | None:
		return frappe.db.get_value("Child", self.child.name, "institution")

	def history(self) -> list[dict]:
		return frappe.get_all(
			"Placement",
			filters={"child": self.child.name},
			fields=[
				"name",
				"from_date",
				"to_date",
				"is_current",
				"institution",
				"end_reason",
				"placement_change",
			],
			order_by="from_date asc",
		)

	def sees(self, user: str, name: str) -> bool:
		"""By list and by form alike."""
		self.act_as(user)
		listed = bool(frappe.get_list("Placement Change", filters={"name": name}))
		self.assertEqual(bool(frappe.has_permission("Placement Change", "read", doc=name)), listed)
		return listed

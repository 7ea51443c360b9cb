"""Young people at the end of care and their papers, as tests of aftercare need them."""

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, add_months, add_years, nowdate

from social_care.tests import CountryTestCase, factories

AREAS = ("Life Skills", "Housing", "Work", "Study", "Identity Papers", "Bank Account", "Relatives")


def goals(areas: tuple[str, ...] = AREAS) -> list[dict]:
	return [
		{"area": area, "goal": f"هدف {area}", "responsible": "الأخصائي", "due_date": add_months(nowdate(), 6)}
		for area in areas
	]


class AftercareTestCase(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.child = self.young(days_past=30)

	def young(self, days_past: int, place=None, **values):
		"""A child who reached the age of leaving so many days ago (negative: will reach it)."""
		born = add_days(add_years(nowdate(), -18), -days_past)
		return factories.child((place or self.here).institution, birth_date=born, **values)

	def as_entry(self, doctype: str, child: str | None = None, **values):
		"""A paper entered at the institution."""
		self.act_as(self.here.entry)
		doc = frappe.get_doc({"doctype": doctype, "child": child or self.child.name, **values})
		return doc.insert()

	def step(self, doc, action: str, user: str):
		self.act_as(user)
		return apply_workflow(frappe.get_doc(doc.doctype, doc.name), action)

	def extension(self, **values):
		self.act_as(self.here.entry)
		return self.as_entry("Stay Extension", **self.extension_values(**values))

	def extension_values(self, **values) -> dict:
		return {
			"valid_from": nowdate(),
			"valid_until": add_days(add_months(nowdate(), 12), -1),
			"stage": "University",
			"last_result": "Passed",
			"education_proof": self.proof(),
			**values,
		}

	def proof(self) -> str:
		"""A file of whoever acts now."""
		return factories.file(factories.image(), f"{factories.unique('proof')}.png").file_url

	def plan(self, **values):
		wanted = {
			"young_person_view": "أريد أن أسكن قريبًا من عملي",
			"goals": goals(),
			"planned_exit_date": add_months(nowdate(), 3),
		}
		return self.as_entry("Aftercare Plan", **{**wanted, **values})

	def approved_plan(self):
		plan = self.step(self.plan(), "Submit Plan", self.here.entry)
		return self.step(plan, "Approve Plan", self.here.chief)

	def leave(self, child: str | None = None):
		"""Into independent living, from today."""
		self.act_as("Administrator")
		return factories.transfer(
			child or self.child.name,
			None,
			setting="Independent",
			org_unit=self.here.directorate,
			movement="Aftercare",
		)

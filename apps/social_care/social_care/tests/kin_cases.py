"""A family with children in two directorates, as tests of siblings, searches and returns need it."""

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import nowdate

from social_care.registry.kin import siblings
from social_care.tests import CountryTestCase, factories

MOTHER = "سعاد إبراهيم خليل"


class KinTestCase(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.family = factories.family().name
		self.father = {"father_name": "حسن", "grandfather_name": f"علي {factories.letters()}"}

	def sibling(self, place=None, **values):
		"""A child of the one family."""
		wanted = {"family": self.family, "mother_full_name": MOTHER, **self.father, **values}
		return factories.child((place or self.here).institution, **wanted)

	def panel(self, child, user: str) -> list[dict]:
		self.act_as(user)
		return siblings.shown_to_reader(frappe.get_doc("Child", child.name))


class ReturnTestCase(KinTestCase):
	"""A child whose return to the family is assessed and prepared."""

	def setUp(self) -> None:
		super().setUp()
		self.child = self.sibling()

	def step(self, action: str, user: str):
		self.act_as(user)
		return apply_workflow(frappe.get_doc("Reintegration Case", self.case.name), action)

	def change(self, user: str, **values):
		self.act_as(user)
		doc = frappe.get_doc("Reintegration Case", self.case.name)
		doc.update(values)
		return doc.save()

	def open(self, **values):
		self.act_as(self.here.entry)
		wanted = {
			"doctype": "Reintegration Case",
			"child": self.child.name,
			"assessed_on": nowdate(),
			"assessed_by_name": "الأخصائي الاجتماعي",
			"housing_assessment": "شقة من غرفتين",
			"care_assessment": "الأم راغبة وقادرة",
			"risk_assessment": "كان الفقر سبب الإيداع",
			"recommendation": "Return with Support",
			"child_view": "يريد العودة",
		}
		self.case = frappe.get_doc({**wanted, **values}).insert()
		return self.case

	def prepared(self):
		self.open()
		self.step("Complete Assessment", self.here.entry)
		support = [{"kind": "Cash Support", "provider": "المديرية", "amount": 900}]
		values = {"best_interests": "الأسرة أصلح له", "support_items": support, "planned_date": nowdate()}
		self.change(self.here.entry, **values)
		return self.step("Mark as Prepared", self.here.officer)

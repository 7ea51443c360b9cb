"""The print «Kafala Conditions»: the version, every condition with its answer, and nobody's without the level."""

import frappe
from social_care.tests import factories

from social_care_kafala.kafala.applications.prints import kafala_conditions
from social_care_kafala.tests import cases
from social_care_kafala.tests.test_family_file import FileTestCase


class TestConditionsPrint(FileTestCase):
	def test_it_shows_the_text_and_every_condition(self) -> None:
		doc = self.file(best_education="Below Secondary")
		paper = kafala_conditions(doc)
		self.assertEqual(len(paper["answers"]), 19)
		self.assertIn("KR-2020", str(paper["family"]))
		self.assertIn(doc.adults[0].full_name, str(paper["family"]))
		self.assertIn("يجوز التجاوز (اللجنة المحلية)", paper["answers"][6][2])
		html = frappe.get_print(doc.doctype, doc.name, "Kafala Conditions", doc=doc)
		self.assertIn("غير مكتملة", html)
		for text in ("Pass", "Not Met", "Data Missing", "Married Couple", "Incomplete"):
			self.assertNotIn(text, html)

	def test_it_keeps_the_level_of_the_answers(self) -> None:
		doc = self.file()
		self.act_as(self.country.head)
		self.assertRefused(frappe.PermissionError, kafala_conditions, frappe.get_doc(doc.doctype, doc.name))

	def test_a_waiver_is_on_it(self) -> None:
		secretary = factories.staff(cases.SECRETARY, self.here.directorate)
		doc = cases.at(self.file(best_education="Below Secondary"), "Before the Local Committee")
		self.act_as(secretary)
		doc.append("waivers", {"rule_number": 7, "reason": "بناء على البحث"})
		doc.save()
		self.assertEqual(kafala_conditions(doc)["waivers"][0][1], "بناء على البحث")

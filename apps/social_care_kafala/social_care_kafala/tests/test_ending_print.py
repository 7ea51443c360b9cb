"""The print «Kafala Ending Decision»: what was decided, once it is decided, for readers of study and child alone."""

import frappe
from social_care.prints.digits import in_digits
from social_care.tests import factories

from social_care_kafala.kafala.doctype.kafala_termination.kafala_termination import KafalaTerminationError
from social_care_kafala.kafala.endings import words
from social_care_kafala.kafala.endings.prints import KIND, kafala_ending_decision
from social_care_kafala.tests.endings import DOCTYPE, RULING, EndingTestCase


class TestEndingPrint(EndingTestCase):
	def paper(self, doc, user: str | None = None) -> dict:
		self.act_as(user or self.specialist)
		return kafala_ending_decision(frappe.get_doc(DOCTYPE, doc.name))

	def said(self, rows: list[list[str]]) -> dict[str, str]:
		return dict(rows)

	def test_it_shows_the_decision_with_its_reasons(self) -> None:
		doc = self.decided(efforts="زيارات دعم", decision_reasons="مصلحة الطفل")
		paper = self.paper(doc)
		decision = self.said(paper["decision"])
		self.assertEqual(decision["رقم القرار"], in_digits(RULING["decision_number"]))
		self.assertEqual(decision["الجهة مصدرة القرار"], RULING["decision_authority"])
		self.assertTrue(decision["سبب انتهاء الكفالة"])
		texts = self.said(paper["texts"])
		for told in ("وُزنت البدائل", "زيارات دعم", "مصلحة الطفل", "يريد أن يبقى قريبًا من مدرسته"):
			self.assertIn(told, texts.values())
		self.assertIn([self.child.full_name], [row[1:] for row in paper["child"]])
		home = frappe.db.get_value("Institution", self.second, "institution_name")
		self.assertEqual(self.said(paper["next"])["المؤسسة المطلوب استقبالها للطفل"], home)
		self.assertIn(self.kafala.name, str(paper["sheet"]))

	def test_once_carried_out_it_says_by_whom(self) -> None:
		doc = self.decided()
		self.assertNotIn("نفذها", self.said(self.paper(doc)["next"]))
		done = self.returned(doc)
		self.assertEqual(done.carried_out_by, self.second_entry)
		self.assertTrue(self.said(self.paper(done)["next"])["نفذها"])

	def test_it_is_arabic_and_tells_no_parentage(self) -> None:
		self.act_as("Administrator")
		frappe.db.set_value("Child", self.child.name, "mother_full_name", "والدة معروفة")
		doc = self.decided()
		self.act_as(self.specialist)
		html = frappe.get_print(DOCTYPE, doc.name, KIND, doc=frappe.get_doc(DOCTYPE, doc.name))
		self.assertIn("قرار إنهاء كفالة", html)
		for text in ("Return by the Family", "Where the Child Goes", "والدة معروفة"):
			self.assertNotIn(text, html)

	def test_before_the_decision_there_is_nothing_to_print(self) -> None:
		doc = self.ending()
		self.assertRefused(KafalaTerminationError, self.paper, doc)
		frappe.db.set_value(DOCTYPE, doc.name, "status", words.WITHDRAWN)
		self.assertRefused(KafalaTerminationError, self.paper, doc)

	def test_who_lacks_a_level_prints_nothing(self) -> None:
		doc = self.decided()
		self.act_as("Administrator")
		manager = factories.staff("Social Administration Manager", self.here.district)
		for user in (manager, self.country.head):
			with self.subTest(user):
				self.assertRefused(frappe.PermissionError, self.paper, doc, user)

	def test_another_place_prints_nothing(self) -> None:
		doc = self.decided()
		for user in (self.there.chief, self.second_director):
			with self.subTest(user):
				self.assertRefused(frappe.PermissionError, self.paper, doc, user)

"""Counted nouns in the form that Arabic asks for."""

import frappe
from frappe import _

from social_care import plurals
from social_care.tests import SocialCareTestCase


class TestForms(SocialCareTestCase):
	def setUp(self) -> None:
		before, frappe.local.lang = frappe.local.lang, "ar"
		self.addCleanup(setattr, frappe.local, "lang", before)

	def test_categories_are_those_of_cldr(self) -> None:
		expected = {0: "zero", 1: "one", 2: "two", 3: "few", 10: "few", 11: "many", 99: "many", 100: "other"}
		expected |= {102: "other", 103: "few", 111: "many", -12: "many"}
		self.assertEqual({number: plurals.form(number) for number in expected}, expected)
		self.assertEqual(plurals.form(2, "en"), "other")
		self.assertEqual(plurals.form(1, "no such language"), "one")

	def test_the_noun_follows_the_number(self) -> None:
		def told(number: int) -> str:
			return _("{0} days ago", context=plurals.form(number)).format(number)

		self.assertEqual(told(1), "منذ يوم")
		self.assertEqual(told(2), "منذ يومين")
		self.assertEqual(told(3), "منذ 3 أيام")
		self.assertEqual(told(12), "منذ 12 يومًا")
		self.assertEqual(told(100), "منذ 100 يوم")

	def test_a_language_without_forms_has_the_plain_text(self) -> None:
		frappe.local.lang = "en"
		self.assertEqual(_("{0} days ago", context=plurals.form(12)).format(12), "12 days ago")

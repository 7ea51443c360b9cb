"""What the desk learns of the system itself: its name, its menus, the digits of its reader."""

import frappe

from social_care import interface
from social_care.boot import leave_out_of_menus
from social_care.printing import config
from social_care.tests import SocialCareTestCase


class TestMenus(SocialCareTestCase):
	def test_the_framework_leaves_and_what_a_ministry_added_stays(self) -> None:
		settings = frappe.get_doc("Navbar Settings")
		own = {"item_label": "دليل الاستخدام", "item_type": "Route", "route": "https://guide.example.org"}
		settings.append("help_dropdown", own)
		self.assertIn("About", [row.item_label for row in settings.help_dropdown])
		leave_out_of_menus(settings)
		labels = [row.item_label for row in settings.help_dropdown + settings.settings_dropdown]
		self.assertIn(own["item_label"], labels)
		self.assertIn("Log out", labels)
		self.assertFalse({"About", "Frappe Support", "My Profile"} & set(labels))

	def test_a_framework_without_such_menus(self) -> None:
		leave_out_of_menus(None)


class TestDigits(SocialCareTestCase):
	def test_the_readers_choice_holds_on_the_desk_and_in_prints(self) -> None:
		self.assertEqual(interface.digits(), "latin")
		interface.choose_digits("arabic")
		self.assertEqual(interface.digits(), "arabic")
		self.assertEqual(config.digits(), "٠١٢٣٤٥٦٧٨٩")
		interface.choose_digits("latin")
		self.assertEqual(config.digits(), "0123456789")

	def test_other_digits_are_refused(self) -> None:
		with self.assertRaises(frappe.ValidationError):
			interface.choose_digits("<b>roman</b>")


class TestName(SocialCareTestCase):
	def test_the_ministrys_name_goes_first(self) -> None:
		frappe.db.set_single_value("Website Settings", "app_name", "منظومة أخرى")
		frappe.clear_document_cache("Website Settings", "Website Settings")
		self.addCleanup(frappe.clear_document_cache, "Website Settings", "Website Settings")
		self.assertEqual(interface.social_care_system_name(), "منظومة أخرى")


class TestLetters(SocialCareTestCase):
	def letter(self, language: str) -> str:
		from frappe.email.email_body import get_formatted_html

		before, frappe.local.lang = frappe.local.lang, language
		self.addCleanup(setattr, frappe.local, "lang", before)
		account = frappe._dict(footer="", brand_logo=None)
		return get_formatted_html("تنبيه", "<p>مرحبًا</p>", header=["تنبيه", "green"], email_account=account)

	def test_an_arabic_letter_runs_from_right_to_left_under_the_systems_name(self) -> None:
		letter = self.letter("ar")
		self.assertIn('lang="ar" dir="rtl"', letter)
		self.assertIn(interface.social_care_system_name(), letter)
		self.assertIn("<p>مرحبًا</p>", letter.replace(' style="margin:1em 0 !important"', ""))
		self.assertNotIn("text-align:left", letter.replace(": ", ":"))

	def test_nothing_of_it_comes_from_elsewhere(self) -> None:
		self.assertNotIn("src=", self.letter("ar"))

	def test_an_english_letter_runs_from_left_to_right(self) -> None:
		self.assertIn('lang="en" dir="ltr"', self.letter("en"))

"""What is typed in Arabic-Indic digits is kept in ASCII digits; screens show either by setting and choice."""

import frappe
from frappe.utils import add_days, nowdate

from social_care import interface
from social_care.tests import CountryTestCase, SocialCareTestCase, factories

EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


class TestTypedDigits(CountryTestCase):
	def test_short_fields_and_rows_of_tables(self) -> None:
		child = factories.child(self.here.institution)
		child.nickname = "بطل ٧"
		child.append(
			"education_records",
			{
				"school_year": "٢٠٢٥/٢٠٢٦",
				"enrolment_status": "Enrolled",
				"grade": "٣",
				"school_name": "مدرسة ۱۲",
			},
		)
		child.save()
		child.reload()
		self.assertEqual(child.nickname, "بطل 7")
		row = child.education_records[-1]
		self.assertEqual((row.school_year, row.grade, row.school_name), ("2025/2026", 3, "مدرسة 12"))

	def test_dates(self) -> None:
		day = add_days(nowdate(), -3)
		child = factories.child(self.here.institution)
		child.photo_date = day.translate(EASTERN)
		child.save()
		self.assertEqual(str(frappe.db.get_value("Child", child.name, "photo_date")), day)

	def test_long_texts_stay_as_they_were_written(self) -> None:
		note = frappe.get_doc({"doctype": "ToDo", "description": "الدور ٣"}).insert()
		self.assertEqual(note.description, "الدور ٣")


class TestShownDigits(SocialCareTestCase):
	def test_the_setting_of_screens_holds_until_somebody_chooses(self) -> None:
		frappe.defaults.clear_user_default(interface.DIGITS_KEY)
		settings = frappe.get_doc("Social Care Settings")
		settings.screen_digits = "Arabic-Indic"
		settings.save()
		self.addCleanup(frappe.clear_document_cache, "Social Care Settings", "Social Care Settings")
		self.assertEqual(interface.digits(), "arabic")
		interface.choose_digits("latin")
		self.assertEqual(interface.digits(), "latin")

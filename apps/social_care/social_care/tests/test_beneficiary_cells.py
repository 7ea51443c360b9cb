"""Single cells of lists: what is taken, and the reason for which one is not."""

from datetime import date, datetime

import frappe
from hypothesis import given
from hypothesis import strategies as st

from social_care.cash_support import faults
from social_care.cash_support.cleaning import Cleaner, Fault
from social_care.cash_support.lists import CONTENTS, columns, known_headings
from social_care.patches import add_cash_support
from social_care.registry.arabic import normalise
from social_care.tests import SocialCareTestCase
from social_care.tests.beneficiary_cases import number

TAKEN = (
	("national_number", f"\u200f{number(7)}\u200f", number(7)),
	("national_number", f"{number(7)[:7]}-{number(7)[7:]}", number(7)),
	("national_number", int(number(7)), number(7)),
	("national_number", f"{number(7)}.0", number(7)),
	("date", "٢٥/٠١/٢٠١٥", date(2015, 1, 25)),
	("date", "2015-01-25", date(2015, 1, 25)),
	("date", "25.1.2015", date(2015, 1, 25)),
	("date", datetime(2015, 1, 25), date(2015, 1, 25)),
	("date", "42029", date(2015, 1, 25)),
	("money", "١٬٢٥٠٫٥", 1250.5),
	("money", "1,250 جنيه", 1250),
	("whole", "٤", 4),
	("whole", 4.0, 4),
	("sex", "أنثي", "Female"),
	("mother_state", "أم", "Mother"),
	("governorate", "محافظة الاسكندريه", "02"),
	("governorate", "٢", "02"),
	("governorate", "Cairo", "01"),
	("name", " منى   سعيد ", "منى سعيد"),
	("text", "'=x", "=x"),
	("text", "   ", None),
)
REFUSED = (
	("national_number", number(7)[:-1], "digits"),
	("national_number", "2900101210123X", "digits"),
	("national_number", "1" + number(7)[1:], "century"),
	("national_number", "29913010112345", "number_date"),
	("national_number", "39901010112345", "number_future"),
	("national_number", "29901019912345", "number_governorate"),
	("date", "1/2", "date"),
	("date", "²", "date"),
	("date", "31/2/2015", "calendar"),
	("date", "1/2/15", "calendar"),
	("past_date", "1/1/2999", "future"),
	("money", "مائة", "number"),
	("money", "1e300", "number"),
	("money", "nan", "number"),
	("money", "-5", "negative"),
	("whole", "1.5", "whole"),
	("sex", "لا", "sex"),
	("governorate", "بلاد الواق", "governorate"),
	("name", "منى", "name"),
	("name", "منى سعيد 2", "name"),
	("name", "ا " * 90, "too_long"),
	("text", "=1+1", "formula"),
	("text", "\t=1", "formula"),
	("text", "<script>x", "markup"),
)


class TestCells(SocialCareTestCase):
	def test_what_is_taken(self) -> None:
		cleaner = Cleaner()
		for kind, raw, value in TAKEN:
			self.assertEqual(cleaner.cell(kind, raw), value, (kind, raw))

	def test_what_is_not(self) -> None:
		cleaner = Cleaner()
		for kind, raw, code in REFUSED:
			found = cleaner.cell(kind, raw)
			self.assertIsInstance(found, Fault, (kind, raw, found))
			self.assertEqual(found.args, (code,), (kind, raw))

	def test_every_reason_is_said_in_arabic(self) -> None:
		frappe.local.lang = "ar"
		self.addCleanup(setattr, frappe.local, "lang", "en")
		for code in {code for _kind, _raw, code in REFUSED} | {"dead", "in_programme", "in_round", "empty"}:
			self.assertRegex(faults.sentence(code), r"[\u0621-\u064A]{2}")

	def test_no_text_breaks_a_cleaner(self) -> None:
		cleaner = Cleaner()

		@given(st.text(max_size=40))
		def holds(raw: str) -> None:
			for kind in cleaner.cells:
				value = cleaner.cell(kind, raw)
				self.assertFalse(isinstance(value, str) and "\x00" in value, (kind, raw))

		holds()

	def test_headings_name_one_column_each(self) -> None:
		for contents in CONTENTS:
			known = known_headings(contents)
			for column in columns(contents):
				for heading in column.headings:
					self.assertEqual(known[normalise(heading)], column.key)

	def test_the_module_is_added_once(self) -> None:
		frappe.db.delete("Module Def", {"name": add_cash_support.MODULE})
		for _time in range(2):
			add_cash_support.execute()
		self.assertEqual(
			frappe.db.get_value("Module Def", add_cash_support.MODULE, "app_name"), "social_care"
		)

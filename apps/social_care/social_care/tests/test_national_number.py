"""The national number's structure and its agreement with the file (domain table 2.1)."""

import frappe
from frappe.utils import add_days, add_years, getdate, nowdate

from social_care.registry import national_number
from social_care.registry.national_number import NationalNumberError
from social_care.tests import CountryTestCase, SocialCareTestCase, factories

BORN = getdate("2015-03-09")


def with_last_digit(number: str, digit: int) -> str:
	return number[:13] + str(digit)


def number_with_rest(rest: int) -> str:
	"""A male number born on BORN for which the formula gives `rest` (10 and 11 are indeterminate)."""
	head = "315030901"
	for serial in range(1, 10000, 2):
		digits = head + f"{serial:04d}"
		if factories.check_digit(digits) == rest:
			return digits + "0"
	raise AssertionError(f"no number gives {rest}")


class TestStructure(SocialCareTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.number = factories.national_number(BORN, "Female", "21")

	def test_parts_are_read(self) -> None:
		parts = national_number.parse(self.number)
		self.assertEqual((parts.birth_date, parts.governorate, parts.sex), (BORN, "21", "Female"))
		self.assertTrue(parts.check_digit_agrees)

	def test_odd_serial_is_male(self) -> None:
		self.assertEqual(national_number.parse(factories.national_number(BORN, "Male")).sex, "Male")

	def test_century_two_is_the_twentieth(self) -> None:
		born = getdate("1987-12-31")
		self.assertEqual(national_number.parse(factories.national_number(born)).birth_date, born)

	def test_arabic_and_persian_digits_spaces_and_marks_are_cleaned(self) -> None:
		arabic = self.number.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
		persian = self.number.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
		for text in (
			arabic,
			persian,
			f" {self.number[:7]} {self.number[7:]}\u00a0",
			f"\u200f{arabic[:3]}-{arabic[3:]}",
		):
			with self.subTest(text=text):
				self.assertEqual(national_number.clean(text), self.number)

	def test_wrong_structures_are_refused(self) -> None:
		wrong = {
			"too short": self.number[:13],
			"too long": self.number + "1",
			"a letter": "3" + "x" + self.number[2:],
			"a superscript digit": self.number[:13] + "²",
			"century 1": "1" + self.number[1:],
			"century 4": "4" + self.number[1:],
			"31 February": self.number[:3] + "0231" + self.number[7:],
			"month 13": self.number[:3] + "1309" + self.number[7:],
			"day 0": self.number[:5] + "00" + self.number[7:],
			"29 February of no leap year": "3150229" + self.number[7:],
			"governorate 05": self.number[:7] + "05" + self.number[9:],
			"governorate 00": self.number[:7] + "00" + self.number[9:],
		}
		for reason, text in wrong.items():
			with self.subTest(reason):
				self.assertRefused(NationalNumberError, national_number.parse, text)

	def test_leap_day_and_born_abroad_are_right(self) -> None:
		parts = national_number.parse(factories.national_number("2016-02-29", governorate="88"))
		self.assertEqual((str(parts.birth_date), parts.governorate), ("2016-02-29", "88"))

	def test_all_twenty_eight_codes_are_known(self) -> None:
		codes = [
			"01",
			"02",
			"03",
			"04",
			"11",
			"12",
			"13",
			"14",
			"15",
			"16",
			"17",
			"18",
			"19",
			"21",
			"22",
			"23",
			"24",
			"25",
			"26",
			"27",
			"28",
			"29",
			"31",
			"32",
			"33",
			"34",
			"35",
			"88",
		]
		for code in codes:
			national_number.parse(factories.national_number(BORN, governorate=code))

	def test_future_birth_is_refused_and_today_is_not(self) -> None:
		tomorrow, today = getdate(add_days(nowdate(), 1)), getdate(nowdate())
		self.assertRefused(NationalNumberError, national_number.parse, factories.national_number(tomorrow))
		self.assertEqual(national_number.parse(factories.national_number(today)).birth_date, today)

	def test_centuries_are_a_setting(self) -> None:
		self.assertRefused(NationalNumberError, national_number.parse, self.number, ("2",))

	def test_mask_shows_the_last_digits(self) -> None:
		self.assertEqual(national_number.mask(self.number), "•" * 10 + self.number[-4:])
		self.assertEqual(national_number.mask(self.number, 0), "•" * 14)
		self.assertEqual(national_number.mask(None), "")


class TestCheckDigit(CountryTestCase):
	def child(self, number: str):
		return factories.child(self.here.institution, birth_date=BORN, national_number=number)

	def wrong_number(self) -> str:
		number = factories.national_number(BORN)
		return with_last_digit(number, int(number[13]) % 9 + 1)

	def test_right_digit_is_valid(self) -> None:
		self.assertEqual(self.child(factories.national_number(BORN)).national_number_check, "Valid")

	def test_warn_keeps_the_form_and_says_so(self) -> None:
		child = self.child(self.wrong_number())
		self.assertEqual(child.national_number_check, "Check Digit Differs")
		self.assertIn(
			frappe._(
				"The check digit of the national number differs from the usual formula; please look at the certificate again."
			),
			self.messages(),
		)

	def test_warning_is_given_once(self) -> None:
		child = self.child(self.wrong_number())
		frappe.clear_messages()
		child.room_group = "٣"
		child.save()
		self.assertEqual(self.messages(), "")
		self.assertEqual(child.national_number_check, "Check Digit Differs")

	def test_block_refuses(self) -> None:
		self.settings(nid_checksum_mode="Block")
		self.assertRefused(NationalNumberError, self.child, self.wrong_number())

	def test_off_is_silent(self) -> None:
		self.settings(nid_checksum_mode="Off")
		self.assertEqual(self.child(self.wrong_number()).national_number_check, "Valid")
		self.assertEqual(self.messages(), "")

	def test_indeterminate_digits_are_never_held_against_a_number(self) -> None:
		self.settings(nid_checksum_mode="Block")
		for rest in (10, 11):
			for digit in (0, 1, 7):
				number = with_last_digit(number_with_rest(rest), digit)
				self.assertIsNone(national_number.parse(number).check_digit_agrees)
				self.assertEqual(self.child(number).national_number_check, "Valid")


class TestAgreementWithTheFile(CountryTestCase):
	def test_another_birth_date_is_refused(self) -> None:
		number = factories.national_number(BORN)
		self.assertRefused(
			NationalNumberError,
			factories.child,
			self.here.institution,
			birth_date=add_days(BORN, 1),
			national_number=number,
		)

	def test_another_sex_is_refused(self) -> None:
		number = factories.national_number(BORN, "Male")
		self.assertRefused(
			NationalNumberError,
			factories.child,
			self.here.institution,
			birth_date=BORN,
			sex="Female",
			national_number=number,
		)

	def test_another_governorate_of_birth_only_warns(self) -> None:
		number = factories.national_number(BORN, governorate="02")
		child = factories.child(
			self.here.institution, birth_date=BORN, national_number=number, birth_governorate="01"
		)
		self.assertEqual(child.national_number_check, "Valid")
		self.assertIn(
			frappe._("The governorate in the national number differs from the governorate of birth."),
			self.messages(),
		)

	def test_born_abroad_does_not_warn(self) -> None:
		number = factories.national_number(BORN, governorate="88")
		factories.child(
			self.here.institution, birth_date=BORN, national_number=number, birth_governorate="01"
		)
		self.assertEqual(self.messages(), "")

	def test_arabic_digits_are_stored_as_ascii(self) -> None:
		number = factories.national_number(BORN)
		typed = number[:7].translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")) + " " + number[7:]
		self.assertEqual(
			factories.child(self.here.institution, birth_date=BORN, national_number=typed).national_number,
			number,
		)


class TestStatusOfTheNumber(CountryTestCase):
	def child(self, **values):
		return factories.child(self.here.institution, national_number="", **values)

	def test_missing_number_is_explained_with_reason_and_date(self) -> None:
		child = self.child(
			national_number_status="In Process", national_number_reason="قُدّم الطلب للسجل المدني"
		)
		self.assertEqual(child.national_number_reason, "قُدّم الطلب للسجل المدني")
		self.assertEqual(str(child.national_number_status_date), nowdate())

	def test_recorded_without_number_is_refused(self) -> None:
		self.assertRefused(NationalNumberError, self.child, national_number_status="Recorded")

	def test_a_number_makes_the_status_recorded_and_drops_the_reason(self) -> None:
		child = self.child(national_number_status="Unregistered Birth", national_number_reason="ساقط قيد")
		frappe.db.set_value("Child", child.name, "national_number_status_date", add_years(nowdate(), -1))
		child.reload()
		child.national_number = factories.national_number(child.birth_date)
		child.save()
		self.assertEqual((child.national_number_status, child.national_number_reason), ("Recorded", ""))
		self.assertEqual(str(child.national_number_status_date), nowdate())

	def test_unchanged_status_keeps_its_date(self) -> None:
		child = self.child(national_number_status="No Number", national_number_reason="لا أوراق")
		old = add_years(nowdate(), -1)
		frappe.db.set_value("Child", child.name, "national_number_status_date", old)
		frappe.db.set_value("Person", child.person, "national_number_status_date", old)
		child.reload()
		child.room_group = "ب"
		child.save()
		self.assertEqual(str(child.national_number_status_date), old)

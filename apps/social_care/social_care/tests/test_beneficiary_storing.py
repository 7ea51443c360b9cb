"""Many rows in few statements: whatever a value holds comes back as it was, and a sieve before the questions changes no answer."""

from unittest.mock import patch

import frappe

from social_care.cash_support import sieve, storing
from social_care.tests import SocialCareTestCase, factories
from social_care.tests.beneficiary_cases import BeneficiaryCase, number

ODD = (
	*("O'Brien", 'a "b" c', "back\\slash", "\\' or 1=1 -- ", "%s %(keys)s 100%", "`tick`", "ifnull(a, b)"),
	*("IfNull(", "null", "None", "سطر\nثان", "a|b", "", "نص عادي"),
)


class TestStatements(SocialCareTestCase):
	def stored(self, values: list[str]) -> list[str]:
		mark = factories.unique("T")
		rows = [(f"{mark}-{place:03d}", value, None) for place, value in enumerate(values)]
		storing.insert("Recorded Death", ("name", "full_name", "national_number"), rows, batch=mark)
		where = {"batch": mark, "national_number": ["is", "not set"]}
		return frappe.get_all("Recorded Death", where, pluck="full_name", order_by="name asc")

	def test_odd_values_come_back_as_they_were(self) -> None:
		self.assertEqual(self.stored(list(ODD)), list(ODD))
		with patch.object(storing, "AT_ONCE", 40):
			self.assertEqual(self.stored(list(ODD)), list(ODD))

	def test_odd_keys_are_looked_up(self) -> None:
		mark = factories.unique("K")
		storing.insert(
			"Recorded Death", ("name", "full_name"), [(mark + str(at), key) for at, key in enumerate(ODD)]
		)
		query = "select `full_name` from `tabRecorded Death` where `full_name` in %(keys)s and `name` like %(name)s"
		found = storing.look_up(query, [*ODD, "nobody"], name=f"{mark}%")
		self.assertEqual({key for (key,) in found}, set(ODD))

	def test_a_row_that_is_there_raises(self) -> None:
		row = (factories.unique("D"), "واحد")
		with self.assertRaises(frappe.db.SQLError.__base__):
			storing.insert("Recorded Death", ("name", "full_name"), [row, row])


class TestSieve(BeneficiaryCase):
	"""The same findings with a sieve, and where the tables hold too much for one."""

	def findings(self) -> list[tuple]:
		self.act_as(self.manager)
		self.load(
			self.table(
				*(f"{number(place)},منى سعيد حسن {name},01,100" for place, name in ((7, "علي"), (8, "عمر")))
			)
		)
		self.load(
			self.table(
				f"{number(7)},منى سعيد حسن علي,01,100",  # known
				f"{number(7)},منى سعيد حسن علي,01,200",
				f"{number(9)},سعاد سعيد حسن علي,01,100",
				f"{number(9)},سعاد سعيد حسن علي,01,300",
			),
			name="b.csv",
		)
		rows = self.reviews("finding", "monthly_income", "full_name")
		return [(row.full_name, row.monthly_income, row.finding) for row in rows]

	def test_what_is_stored_is_found(self) -> None:
		found = self.findings()
		self.assertEqual([finding for *_row, finding in found].count("Listed Twice"), 2)
		self.assertEqual(len(found), 5)

	def test_without_a_sieve_all_is_the_same(self) -> None:
		with patch.object(sieve, "MOST", 0), patch.object(sieve, "WORTH", 0):
			found = self.findings()
		self.assertEqual([finding for *_row, finding in found].count("Listed Twice"), 2)
		self.assertEqual(len(found), 5)

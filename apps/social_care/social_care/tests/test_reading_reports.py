"""Reports over the Read Log, with readers inside and outside of their places; the answer of the verification in words."""

import unittest

import frappe
from frappe.utils import now_datetime

from social_care.governance.report.accesses_beyond_the_own_place import (
	accesses_beyond_the_own_place as accesses,
)
from social_care.governance.report.readings_of_files import readings_of_files
from social_care.governance.report.unusual_readings import unusual_readings
from social_care.reading import log, opening, telling, verify
from social_care.reading.log import Reading
from social_care.tests import CountryTestCase, factories


def read(user: str, children: list[str], channel: str = "Form", access: str = "") -> None:
	"""Rows of the log, as a request of the user writes them, but within the test's transaction."""
	frappe.set_user(user)
	chain = log.Chain()
	readings = [Reading(channel, "Child", child, child, "0,1", access=access) for child in children]
	rows = list(log._rows(readings, "test", chain))
	frappe.db.bulk_insert(log.LOG, list(log.COLUMNS), rows)


class TestReports(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		frappe.set_user("Administrator")
		self.child = factories.child(self.here.institution).name
		self.other = factories.child(self.there.institution).name
		read(self.here.entry, [self.child])
		read(self.there.entry, [self.other])

	def rows(self, user: str, **filters) -> list[dict]:
		frappe.set_user(user)
		return readings_of_files.execute(filters)[1]

	def test_each_place_sees_the_readings_of_its_files(self) -> None:
		for user in (self.here.chief, self.here.officer, self.here.director):
			seen = {row.child for row in self.rows(user)}
			self.assertIn(self.child, seen)
			self.assertNotIn(self.other, seen)
			self.assertEqual(self.rows(user, child=self.other), [])
		self.assertLessEqual({self.child, self.other}, {row.child for row in self.rows(self.country.head)})

	def test_the_data_protection_officer_sees_all(self) -> None:
		frappe.set_user("Administrator")
		user = factories.staff("Data Protection Officer", "HQ")
		self.assertLessEqual({self.child, self.other}, {row.child for row in self.rows(user)})

	def test_an_entry_user_may_not_run_them(self) -> None:
		frappe.set_user(self.here.entry)
		for name in ("Readings of Files", "Unusual Readings"):
			self.assertFalse(frappe.get_doc("Report", name).is_permitted())

	def test_its_row_says_who_when_how_and_on_what_ground(self) -> None:
		row = self.rows(self.here.chief, child=self.child)[0]
		self.assertEqual((row.user, row.levels, row.record_name), (self.here.entry, "0,1", self.child))
		self.assertEqual(row.reader, frappe.utils.get_fullname(self.here.entry))
		self.assertLess((now_datetime() - row.read_at).total_seconds(), 600)
		self.assertEqual(row.purpose, frappe._("Own Assignment"))
		read(self.there.chief, [self.child], access="FAG-none")
		beyond = self.rows(self.here.chief, child=self.child, beyond=1)
		self.assertEqual(
			[(row.user, row.purpose) for row in beyond],
			[(self.there.chief, frappe._("Access No Longer Known"))],
		)

	def test_a_period_ends_after_it_begins(self) -> None:
		for report in (readings_of_files, unusual_readings):
			with self.assertRaises(frappe.ValidationError):
				report.execute({"from_date": "2026-02-01", "to_date": "2026-01-01"})

	def test_many_files_in_an_hour_are_unusual_at_the_readers_places(self) -> None:
		frappe.set_user("Administrator")
		children = [self.child, *(factories.child(self.here.institution).name for _child in range(3))]
		read(self.here.director, children * 2)
		read(self.here.officer, children, "Workbook")

		def found(user: str, many: int) -> dict[str, tuple[int, int]]:
			frappe.set_user(user)
			rows = unusual_readings.execute({"many": many})[1]
			return {
				row.user: (row.opened, row.taken)
				for row in rows
				if row.user in (self.here.director, self.here.officer)
			}

		self.assertEqual(found(self.here.chief, 4), {self.here.director: (4, 0), self.here.officer: (0, 4)})
		self.assertEqual(found(self.here.chief, 5), {})
		self.assertEqual(found(self.there.chief, 1), {})

	def test_paging_through_lists_is_unusual_for_whoever_sees_every_file(self) -> None:
		frappe.set_user(self.here.entry)
		readings = [Reading("List", "Child", rows_shown=100), Reading("Search", "Person", rows_shown=50)]
		readings.append(
			Reading("List", "Child", self.child, self.child)
		)  # of an access; counted with its list
		frappe.db.bulk_insert(log.LOG, list(log.COLUMNS), list(log._rows(readings, "test", log.Chain())))

		def found(user: str, many_rows: int) -> list[tuple[int, int]]:
			frappe.set_user(user)
			rows = unusual_readings.execute({"many": 99, "many_rows": many_rows})[1]
			return [(row.opened, row.listed) for row in rows if row.user == self.here.entry]

		self.assertEqual(found(self.country.head, 150), [(1, 150)])
		self.assertEqual(found(self.country.head, 151), [])
		self.assertEqual(found(self.here.chief, 1), [])

	def test_accesses_are_seen_by_both_sides_with_what_was_read(self) -> None:
		frappe.set_user(self.there.chief)
		told = opening.ask_emergency(self.child, "Medical Emergency", "الطفل في المستشفى ويلزم ملفه")
		read(self.there.chief, [self.child] * 2, access=told["name"])
		for user in (self.there.chief, self.here.chief, self.here.director, self.country.head):
			frappe.set_user(user)
			row = next(row for row in accesses.execute({})[1] if row.name == told["name"])
			self.assertEqual((row.child, row.readings), (self.child, 2))
			self.assertEqual(row.asker, frappe.utils.get_fullname(self.there.chief))
		frappe.set_user("Administrator")
		elsewhere = factories.staff("Directorate Director", factories.org_unit("Directorate", "HQ").name)
		frappe.set_user(elsewhere)
		self.assertEqual(accesses.execute({})[1], [])

	def test_the_number_of_queries_does_not_grow(self) -> None:
		from social_care.tests.queries import queries

		def counted() -> int:
			frappe.set_user(self.here.chief)
			with queries() as made:
				readings_of_files.execute({})
			return len(made)

		counted()  # what a request reads once of rights and tables
		first = counted()
		read(self.here.director, [self.child] * 50)
		self.assertEqual(counted(), first)


class TestTelling(unittest.TestCase):
	def test_every_finding_is_told_in_arabic(self) -> None:
		kinds = (verify.CHANGED, verify.MISSING, verify.FOREIGN, verify.UNPROTECTED)
		findings = [verify.Finding(kind, "0a-000000001", verify.REMOVED) for kind in kinds]
		before, frappe.local.lang = frappe.local.lang, "ar"
		text = telling.as_text(verify.Answer(4, 1, 0, findings))
		frappe.local.lang = before
		self.assertEqual(text.count("0a-000000001"), 4)
		for kind in (*kinds, verify.REMOVED, "Findings", "Read log"):
			self.assertNotIn(kind, text)

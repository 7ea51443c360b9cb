import itertools
import random

import frappe
from frappe.utils import add_days, add_months, add_years, date_diff, getdate, nowdate

from social_care.api.guards.endpoints import run_report
from social_care.printing.testing import texts
from social_care.prints import report, verification
from social_care.prints.digits import in_digits
from social_care.prints.report import ReportNotPrinted
from social_care.prints.testing import PrintCase, code_of, embedded, whole
from social_care.registry import small_numbers
from social_care.registry.report.children_with_missing_papers import children_with_missing_papers as papers
from social_care.registry.report.institution_roll import institution_roll as roll
from social_care.tests import factories
from social_care.tests.queries import queries

ROLL, TABLE, AGES = "Institution Roll", "Children and Institutions by Governorate", "Children by Age and Sex"
PAPERS, PLACES, LEAVERS = (
	"Children with Missing Papers",
	"Capacity and Occupancy",
	"Children About to Leave Care",
)
OFFICERS = "Data Officers of the Directorates"


class TestReports(PrintCase):
	"""Each report as its reader prints it: what it says, of which day, and what it leaves out."""

	def setUp(self) -> None:
		super().setUp()
		self.boy = factories.child(self.home, parentage="Karim Al-Nasab", birth_date=add_years(nowdate(), -9))
		self.girl = factories.child(self.home, sex="Female", birth_date=add_months(nowdate(), -12 * 18 + 5))
		self.stranger = factories.child(self.other)

	def by_name(self, rows: list, key: str) -> dict:
		return {row[key]: row for row in rows}

	def test_every_print_is_arabic_numbered_and_confirmed(self) -> None:
		for name, filters in (
			(TABLE, {}),
			(ROLL, {"institution": self.home}),
			(AGES, {}),
			(PAPERS, {}),
			(PLACES, {}),
			(LEAVERS, {}),
			(OFFICERS, {}),
			("Children without National Number", {}),
			("Data Quality", {}),
			("Indicators by Place", {"indicator": "K01"}),
			("Sector Report", {}),
		):
			with self.subTest(name):
				pdf = self.printed(self.chief, name, **filters)
				first, said = texts(pdf)[0], whole(pdf)
				self.assertIn(frappe.translate.get_all_translations("ar")[name], first)
				self.assertIn("وزارة التضامن الاجتماعي", first)
				self.assertIn("مديرية التضامن الاجتماعي بالقاهرة", first)
				self.assertIn("صفحة١من", said)
				self.assertTrue(embedded(pdf))
				self.assertEqual(verification.verify(code_of(pdf))["state"], "valid")
				self.assertNotIn(self.stranger.name, said)

	def test_a_number_is_not_broken(self) -> None:
		page = texts(self.printed(self.chief, ROLL, institution=self.home))[0]
		self.assertIn(in_digits(self.girl.national_number), page)

	def test_a_table_goes_on_with_its_headings(self) -> None:
		for _turn in range(50):
			factories.child(self.home)
		pages = texts(self.printed(self.chief, ROLL, institution=self.home))
		self.assertGreater(len(pages), 1)
		for page in pages:
			self.assertIn("الاسم الكامل", page)
			self.assertIn("كشف أبناء المؤسسة", page)
		self.assertIn("٥٢", pages[-1])

	def test_an_empty_print_says_so(self) -> None:
		empty = factories.institution(self.cairo, institution_name="دار خالية").name
		self.assertIn(
			"لا توجد بيانات بهذه المرشحات", texts(self.printed(self.chief, ROLL, institution=empty))[0]
		)

	def test_digits_are_a_setting(self) -> None:
		self.settings(print_digits="Latin")
		self.assertIn("صفحة1من1", whole(self.printed(self.chief, ROLL, institution=self.home)))

	def test_the_roll_of_a_past_day(self) -> None:
		factories.transfer(
			self.boy.name, factories.institution(self.cairo).name, from_date=add_days(nowdate(), -10)
		)
		for days, children in ((11, {self.boy.name, self.girl.name}), (10, {self.girl.name}), (500, set())):
			rows = self.rows(self.chief, ROLL, institution=self.home, as_of=add_days(nowdate(), -days))
			self.assertEqual({row["child"] for row in rows}, children, days)

	def test_the_table_of_a_past_day(self) -> None:
		factories.transfer(self.boy.name, self.other, from_date=add_days(nowdate(), -10), reason="قرار")
		for day, counted in (
			(add_days(nowdate(), -11), 2),
			(nowdate(), 1),
			(add_days(nowdate(), -500), None),
		):
			rows = self.rows(self.chief, TABLE, as_of=day)
			self.assertEqual(rows[-1]["children"] if rows else None, counted, day)

	def test_published_figures_stand_beside_those_of_the_country_alone(self) -> None:
		self.assertIn("المعلن", whole(self.printed(self.head, TABLE)))
		self.assertNotIn("المعلن", whole(self.printed(self.chief, TABLE)))

	def test_ages_and_parentage(self) -> None:
		*bands, total = self.rows(self.chief, AGES)
		rows = self.by_name(bands, "band")
		self.assertEqual(rows["من 6 إلى أقل من 12"]["karim"], 1)
		self.assertEqual(rows["من 15 إلى أقل من 18"]["girls"], 1)
		self.assertEqual(total["children"], 2)
		self.assertIn("كريم النسب", texts(self.printed(self.chief, AGES))[0])
		self.act_as("Administrator")
		minister = factories.staff("Minister Office", self.cairo)
		said = whole(self.printed(minister, AGES))
		for secret in ("النسب", "كريم"):
			self.assertNotIn(secret, said)
		self.assertIn("*", said)

	def test_no_hidden_number_follows_from_the_sums(self) -> None:
		"""Every hidden part of a column has more than one value that agrees with all that is shown."""
		rng = random.Random(7)
		for _turn in range(150):
			numbers = [rng.choice((0, 1, 2, 3, 4, 6, 8, 11)) for _place in range(5)]
			rows = [{"n": number} for number in (*numbers, sum(numbers))]
			shown = [row["n"] for row in small_numbers.hidden(rows, ["n"], 5, [])]
			self.assertFalse(
				[number for number in shown if number != small_numbers.HIDDEN and 0 < number < 5]
			)
			places = [place for place in range(5) if shown[place] == small_numbers.HIDDEN]
			if not places or shown[5] == small_numbers.HIDDEN:
				continue
			rest = shown[5] - sum(number for number in shown[:5] if number != small_numbers.HIDDEN)
			guesses = [
				guess for guess in itertools.product(range(1, 14), repeat=len(places)) if sum(guess) == rest
			]
			for place in range(len(places)):
				self.assertGreater(len({guess[place] for guess in guesses}), 1, rows)

	def test_small_numbers_cannot_be_told_from_the_rest(self) -> None:
		rows = [{"a": 2, "b": 30, "t": 32}, {"a": 40, "b": 50, "t": 90}, {"a": 42, "b": 80, "t": 122}]
		shown = small_numbers.hidden(rows, ["a", "b", "t"], 5)
		hidden = {(number, key) for number, row in enumerate(shown) for key in row if row[key] == "*"}
		self.assertIn((0, "a"), hidden)
		for number in range(3):
			self.assertNotEqual(sum((number, key) in hidden for key in "abt"), 1)
		for key in "abt":
			self.assertNotEqual(sum((number, key) in hidden for number in range(3)), 1)
		self.assertEqual(small_numbers.hidden(rows[1:], ["a", "b", "t"], 5), rows[1:])

	def test_missing_papers(self) -> None:
		paper = {"paper_kind": "Paper Birth Certificate", "paper_number": "1"}
		school = {"school_year": "2025/2026", "stage": "Primary"}
		complete = factories.child(self.home, identity_papers=[paper], education_records=[school])
		complete.db_set({"photo": "/private/files/x.png", "photo_date": nowdate()})
		baby = factories.child(
			self.home,
			birth_date=add_years(nowdate(), -2),
			national_number="",
			national_number_status="In Process",
		)
		found = self.by_name(self.rows(self.chief, PAPERS), "name")
		self.assertNotIn(complete.name, found)
		self.assertEqual((found[baby.name]["number"], found[baby.name]["education"]), ("ناقص", ""))
		self.assertEqual(
			set(self.by_name(self.rows(self.chief, PAPERS, missing="National Number"), "name")), {baby.name}
		)

	def test_whoever_lacks_the_level_is_told_of_no_papers(self) -> None:
		self.act_as("Administrator")
		manager = factories.staff("Inspector", self.cairo)
		self.act_as(manager)
		self.assertRefused(frappe.PermissionError, papers.execute, {"missing": "Photograph"})
		columns, rows = papers.execute({})
		self.assertFalse(
			{"number", "certificate", "photograph"} & {column["fieldname"] for column in columns}
		)
		self.assertFalse({"number", "certificate", "photograph", "photo", "national_number"} & set(rows[0]))
		columns, rows = roll.execute({"institution": self.home})
		self.assertNotIn("national_number", frappe.as_json([columns, rows]))

	def test_occupancy(self) -> None:
		frappe.db.set_value("Institution", self.home, "licensed_capacity", 1)
		*rows, total = self.rows(self.chief, PLACES)
		(row,) = rows
		self.assertEqual((row["children"], row["over"], row["free"], row["occupancy"]), (2, 1, 0, 200))
		self.assertEqual(total["occupancy"], 200)

	def test_care_leavers(self) -> None:
		found = self.by_name(self.rows(self.chief, LEAVERS), "name")
		day = getdate(add_years(self.girl.birth_date, 18))
		self.assertEqual(found[self.girl.name]["days_left"], date_diff(day, nowdate()))
		self.assertNotIn(self.boy.name, found)
		self.assertFalse(self.rows(self.chief, LEAVERS, months=4))
		frappe.db.set_value("Child", self.boy.name, "life_state", "In Aftercare")
		found = self.by_name(self.rows(self.chief, LEAVERS, group="In Aftercare"), "name")
		self.assertEqual(set(found), {self.boy.name})

	def test_another_place_prints_nothing(self) -> None:
		for name in (ROLL, PAPERS, LEAVERS, AGES):
			self.act_as(self.chief)
			self.assertRefused(frappe.PermissionError, report.make, name, {"institution": self.other})
		before = self.records()
		self.act_as("Administrator")
		entry = factories.staff("Institution Entry User", institution=self.home)
		self.act_as(entry)
		self.assertRefused(frappe.PermissionError, report.make, ROLL, {"institution": self.home})
		self.assertEqual(self.records(), before)

	def test_only_the_ministrys_reports_and_not_too_many_rows(self) -> None:
		own = frappe.get_doc(
			{
				"doctype": "Report",
				"report_name": factories.unique("Own"),
				"ref_doctype": "Child",
				"report_type": "Report Builder",
				"is_standard": "No",
			}
		).insert()
		self.act_as(self.head)
		self.assertRefused(ReportNotPrinted, report.make, own.name, {})
		self.settings(print_most_rows=1)
		self.act_as(self.chief)
		self.assertRefused(ReportNotPrinted, report.make, ROLL, {"institution": self.home})

	def test_queries_do_not_grow_with_rows(self) -> None:
		few = {name: self.queries(name) for name in (ROLL, AGES, PAPERS, PLACES, LEAVERS)}
		self.act_as("Administrator")
		for _turn in range(12):
			factories.child(self.home, birth_date=add_years(nowdate(), -18))
		self.assertEqual({name: self.queries(name) for name in few}, few)

	def queries(self, name: str) -> int:
		self.act_as(self.chief)
		filters = {"institution": self.home} if name == ROLL else {}
		run_report(name, filters)  # schema and settings are read once
		with queries() as sent:
			run_report(name, filters)
		return len(sent)

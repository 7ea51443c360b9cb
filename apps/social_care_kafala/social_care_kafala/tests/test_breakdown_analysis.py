"""Report «Kafala Breakdown Analysis»: estimates against lifelines and by hand, causes for their readers, small groups hidden."""

from math import ceil

import frappe
from frappe.desk.query_report import run
from frappe.translate import print_language
from frappe.utils import add_days, add_months, nowdate
from social_care.prints import report as print_of_report
from social_care.tests import factories

from social_care_kafala.kafala.analysis import groups, survival
from social_care_kafala.kafala.analysis.spells import DAYS_PER_MONTH, Spell, spells
from social_care_kafala.kafala.endings import words
from social_care_kafala.kafala.path import states
from social_care_kafala.kafala.report.kafala_breakdown_analysis import kafala_breakdown_analysis as analysis
from social_care_kafala.tests.test_family_file import FileTestCase

REPORT = "Kafala Breakdown Analysis"


def spell(months: float, broke: bool, **values) -> Spell:
	plain = {
		"governorate": "01",
		"family_kind": "Married Couple",
		"age": 6,
		"cause": "KE-09" if broke else "",
	}
	return Spell(days=ceil(months * DAYS_PER_MONTH), broke=broke, **(plain | values))


class TestEstimates(FileTestCase):
	# Ten kafalas: broken down after 2, 5, 5 and 11 months; still together after 3, 7, 9, 12, 14 and 20.
	TEN = [(2, 1), (3, 0), (5, 1), (5, 1), (7, 0), (9, 0), (11, 1), (12, 0), (14, 0), (20, 0)]

	def ten(self) -> survival.Curve:
		return survival.curve([spell(months, bool(broke)) for months, broke in self.TEN])

	def test_as_reckoned_by_hand(self) -> None:
		"""0.9 after two months; 0.9·6/8 = 0.675 after five; 0.675·3/4 = 0.50625 after eleven."""
		curve = self.ten()
		for month, share, at_risk in ((1, 100, 10), (3, 90, 9), (6, 67.5, 6), (12, 50.6, 3), (19, 50.6, 1)):
			with self.subTest(month):
				point = curve.at(month)
				self.assertAlmostEqual(point.share, share, delta=0.05)
				self.assertEqual(point.at_risk, at_risk)
		self.assertEqual((curve.spells, curve.broke), (10, 4))
		self.assertAlmostEqual(curve.rate, 100 * 4 / (88 / 12), delta=0.3)

	def test_as_lifelines_has_it(self) -> None:
		from lifelines import KaplanMeierFitter

		months, broke = zip(*self.TEN, strict=True)
		days = [ceil(number * DAYS_PER_MONTH) / DAYS_PER_MONTH for number in months]
		plain = KaplanMeierFitter().fit(days, broke)
		curve = self.ten()
		for month in range(20):
			self.assertAlmostEqual(curve.at(month).share, 100 * plain.predict(month), delta=0.05)
		bounds = plain.confidence_interval_.loc[:6].iloc[-1]
		self.assertAlmostEqual(curve.at(6).low, 100 * bounds.iloc[0], delta=0.05)
		self.assertAlmostEqual(curve.at(6).high, 100 * bounds.iloc[1], delta=0.05)

	def test_points_of_few_children_are_left_out(self) -> None:
		self.assertEqual([point.month for point in self.ten().points((3, 6, 12), 5)], [3, 6])

	def test_nobody_has_broken_down(self) -> None:
		curve = survival.curve([spell(0, False), spell(30, False)])
		self.assertEqual((curve.at(12).share, curve.broke), (100, 0))

	def test_bands(self) -> None:
		for months, label in ((0, "Below 1 Year"), (11, "Below 1 Year"), (12, "1 to 2 Years"), (35, "1 to 2 Years"),
			(36, "3 to 5 Years"), (120, "10 Years and Older"), (None, "Not Known")):  # fmt: skip
			self.assertEqual(groups.LABEL[groups.AGE](spell(1, False, age=months)), label)


class TestBreakdownReport(FileTestCase):
	"""Seven kafalas of couples, of which three broke down; two of widows."""

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.manager = factories.staff("General Manager", "HQ")

	def setUp(self) -> None:
		super().setUp()
		frappe.db.delete(words.DOCTYPE)
		frappe.db.sql("update `tabKafala Family File` set handed_over_on=null")
		lived = ((30, 8, "KE-09"), (30, 20, "KE-09"), (30, 2, "KE-12"), *((30, None, None),) * 4)
		for began, months, cause in lived:
			self.kafala("Married Couple", began, months, cause)
		for _number in range(2):
			self.kafala("Widow", 10, None, None)
		self.act_as("Administrator")

	def kafala(self, kind: str, began: int, months: int | None, cause: str | None) -> None:
		"""A kafala that began so many months ago, and broke down after so many; written past the path."""
		self.act_as("Administrator")
		start = add_months(nowdate(), -began)
		row = {
			"doctype": states.DOCTYPE,
			"org_unit": self.here.district,
			"governorate": "01",
			"family_kind": kind,
		}
		row |= {"applied_on": add_days(start, -90), "handed_over_on": start, "status": states.FOLLOW_UP}
		file = frappe.get_doc(row | {"name": f"KF-T-{frappe.generate_hash(length=8)}"})
		if months:
			file.update(
				{"status": states.ENDED, "ended_on": add_months(start, months), "ending_cause": cause}
			)
		file.db_insert()
		if months:
			ending = {
				"doctype": words.DOCTYPE,
				"family_file": file.name,
				"ending_kind": words.RETURN,
				"ending_cause": cause,
			}
			ending |= {"status": words.CARRIED_OUT, "name": f"KEN-T-{frappe.generate_hash(length=8)}"}
			frappe.get_doc(ending | {"noticed_on": start, "org_unit": self.here.district}).db_insert()

	def rows(self, **filters) -> list[dict]:
		return [row for row in run(REPORT, filters)["result"] if isinstance(row, dict)]

	def test_rates_and_shares_with_numbers_at_risk(self) -> None:
		(row,) = self.rows(by=groups.KIND)
		self.assertEqual((row["group"], row["spells"], row["broke"]), ("Married Couple", 7, 3))
		self.assertTrue(row["at_6"].startswith("85.7 ("))  # 6/7
		self.assertTrue(row["at_12"].startswith("71.4 ("))  # 6/7 · 5/6
		self.assertEqual((row["risk_6"], row["risk_12"]), (6, 5))
		self.assertNotIn("at_24", row)  # four are observed then

	def test_small_groups_are_hidden_and_the_setting_says_what_is_small(self) -> None:
		self.assertEqual(len(self.rows(by=groups.KIND)), 1)
		frappe.db.set_single_value("Kafala Settings", "least_group", 2)
		self.addCleanup(frappe.clear_document_cache, "Kafala Settings", "Kafala Settings")
		frappe.clear_document_cache("Kafala Settings", "Kafala Settings")
		self.assertEqual(len(self.rows(by=groups.KIND)), 2)

	def test_by_months_in_the_family(self) -> None:
		found = {row["group"]: row for row in self.rows(by=groups.MONTHS)}
		first = next(iter(found.values()))
		self.assertEqual((first["spells"], first["broke"], first["rate"]), (9, 1, 11.1))

	def test_causes_for_their_readers(self) -> None:
		frappe.db.set_single_value("Kafala Settings", "least_group", 1)
		self.addCleanup(frappe.clear_document_cache, "Kafala Settings", "Kafala Settings")
		frappe.clear_document_cache("Kafala Settings", "Kafala Settings")
		rows = self.rows(by=groups.ALL, show=analysis.CAUSES)
		self.assertEqual([row["total"] for row in rows], [2, 1, 3])
		self.act_as(self.here.chief)
		self.assertTrue(self.rows(by=groups.AGE, show=analysis.CAUSES))
		self.act_as(self.country.head)
		self.assertTrue(self.rows(by=groups.KIND))
		self.assertRefused(frappe.PermissionError, run, REPORT, {"show": analysis.CAUSES})

	def test_small_numbers_of_causes_are_hidden(self) -> None:
		rows = self.rows(by=groups.ALL, show=analysis.CAUSES)
		self.assertEqual({row["total"] for row in rows}, {"*"})

	def test_each_reader_has_his_own_places(self) -> None:
		self.act_as(self.here.chief)
		self.assertEqual(len(spells({})), 9)
		self.assertEqual(len(spells({"org_unit": self.here.directorate})), 9)
		self.assertEqual(len(spells({"org_unit": self.there.directorate})), 0)
		self.assertEqual(len(spells({"from_date": add_months(nowdate(), -12)})), 2)
		self.act_as(self.there.chief)
		self.assertEqual(len(spells({})), 0)
		self.assertEqual(self.rows(), [])
		for user in (self.specialist, self.here.director, self.here.officer):
			self.act_as(user)
			self.assertRefused(frappe.PermissionError, run, REPORT, {})

	def test_one_query_however_many_kafalas(self) -> None:
		self.act_as(self.manager)
		self.assertEqual(len(spells({})), 9)  # what a request remembers of its reader is read once
		with self.assertQueryCount(1):
			spells({})

	def test_the_print_is_arabic(self) -> None:
		self.act_as(self.manager)
		pdf = print_of_report.make(REPORT, {"by": groups.KIND})
		self.assertTrue(pdf.startswith(b"%PDF"))
		with print_language("ar"):
			found = run(REPORT, {"by": groups.KIND})
		self.assertEqual(found["chart"]["type"], "line")
		self.assertNotIn("Married Couple", str(found["result"]))

"""Who sees what of indicators: dashboard, report, rows behind a value, computing on demand, the public page."""

from unittest.mock import patch

import frappe
from frappe.utils import add_days, nowdate

from social_care.api import dashboards, indicator_values
from social_care.governance.indicators import declared, keeping, public, run
from social_care.governance.report.indicators_by_place.indicators_by_place import execute
from social_care.governance.report.sector_report import sector_report
from social_care.registry.small_numbers import HIDDEN
from social_care.tests import factories, indicator_cases
from social_care.tests.queries import queries
from social_care.tests.test_indicators import IndicatorTestCase
from social_care.www import figures as page


class ViewTestCase(IndicatorTestCase):
	def setUp(self) -> None:
		super().setUp()
		for home, number in ((self.home, 3), (self.far, 2)):
			for _turn in range(number):
				factories.child(home)
		self.compute("K01", "K20", "F15")
		self.chief = factories.staff("Directorate Director", self.unit)
		self.outsider = factories.staff("Aggregate Reader", "HQ")
		self.head = factories.staff("Central Administration Head", "HQ")

	def line(self, code: str) -> list | None:
		parts = dashboards.of_app("indicators")["parts"]
		rows = [row for part in parts for row in part["rows"]]
		return next((row for row in rows if row[0]["record"][1] == code), None)


class TestDashboard(ViewTestCase):
	def test_each_reader_is_told_his_highest_place(self) -> None:
		nation = frappe.db.count("Child", {"institution": ["is", "set"], "life_state": "Active"})
		readers = {
			self.chief: 3,
			factories.staff("Directorate Director", self.far_unit): 2,
			factories.staff("Institution Director", institution=self.far): 2,
			self.head: nation,
		}
		for reader, number in readers.items():
			self.act_as(reader)
			self.assertEqual(self.line("K01")[1]["value"], number, reader)

	def test_what_was_counted_elsewhere_alone_is_nought(self) -> None:
		indicator_cases.set_on("Institution", self.far, status="Critical")
		self.compute("K24")
		self.act_as(self.chief)
		self.assertEqual(self.line("K24")[1]["value"], 0)

	def test_a_district_is_its_institutions_together(self) -> None:
		district = factories.org_unit("Social Administration", self.unit, "21").name
		for number in (1, 2):
			home = factories.institution(district, licensed_capacity=10).name
			for _turn in range(number):
				factories.child(home)
		self.compute("K01", "K20")
		self.act_as(factories.staff("Social Administration Manager", district))
		self.assertEqual(self.line("K01")[1]["value"], 3)
		self.assertEqual(self.line("K20")[1]["value"], 15)

	def test_a_value_leads_to_as_many_rows_as_it_counts(self) -> None:
		self.act_as(self.chief)
		behind = self.line("K01")[4]
		listed = frappe.get_list(behind["open"]["doctype"], filters=behind["open"]["filters"])
		self.assertEqual((len(listed), behind["value"]), (3, 3))

	def test_whoever_opens_no_files_is_led_nowhere_and_told_no_small_number(self) -> None:
		home = factories.institution(factories.org_unit(governorate="03").name).name
		factories.child(home)
		self.compute("K01")
		self.settings(print_small_numbers_below=1_000_000)
		self.act_as(self.outsider)
		row = self.line("K01")
		self.assertEqual((row[1], row[2], row[4]), (HIDDEN, None, None))
		self.assertFalse(frappe.has_permission(keeping.VALUE, "read"))

	def test_published_figures_stand_dated_beside_the_count(self) -> None:
		self.act_as(self.chief)
		parts = dashboards.of_app("indicators")["parts"]
		rows = [row for part in parts for row in part["rows"] if row[0]["record"][0] == "Official Figure"]
		children = [row for row in rows if row[1] == 7869]
		self.assertEqual((len(children), children[0][4]), (1, 3))
		self.assertTrue(children[0][2] and children[0][3] and children[0][5])

	def test_what_is_not_measured_says_why(self) -> None:
		self.act_as(self.chief)
		self.assertIn("التدريب", self.line("K48")[1])

	def test_a_target_is_judged(self) -> None:
		indicator_cases.set_on(
			"Institution", self.home, licence_number="1", licence_expiry=add_days(nowdate(), 9)
		)
		self.compute("F15")
		self.act_as(self.chief)
		self.assertEqual((self.line("F15")[1]["value"], self.line("F15")[1]["mark"]), (100, "good"))

	def test_queries_do_not_grow_with_values(self) -> None:
		self.act_as(self.chief)
		dashboards.of_app("indicators")
		with queries() as few:
			dashboards.of_app("indicators")
		self.act_as("Administrator")
		for _turn in range(4):
			factories.child(factories.institution(self.unit).name)
		self.compute("K01", "K02", "K14", "K20", "F02")
		self.act_as(self.chief)
		dashboards.of_app("indicators")
		with queries() as many:
			dashboards.of_app("indicators")
		self.assertLessEqual(len(many), len(few) + 6)  # indicators that had no value before lead to lists now


class TestReport(ViewTestCase):
	def rows(self, reader: str, **filters) -> list[dict]:
		self.act_as(reader)
		return execute({"indicator": "K01", **filters})[1]

	def test_places_of_the_reader_alone(self) -> None:
		rows = self.rows(self.chief)
		self.assertEqual([row["value"] for row in rows], ["3", "3"])
		names = {row["place"] for row in rows}
		far = frappe.db.get_value("Institution", self.far, "institution_name")
		self.assertNotIn(far, names)
		self.assertIn(frappe.db.get_value("Institution", self.home, "institution_name"), names)
		head = self.rows(self.head, place_level="Institution")
		self.assertIn(far, {row["place"] for row in head})

	def test_told_by_fields_in_arabic(self) -> None:
		frappe.local.lang = "ar"
		self.addCleanup(setattr, frappe.local, "lang", "en")
		rows = self.rows(self.chief, with_dimensions=1)
		self.assertIn(("ذكر", "3"), {(row["key"], row["value"]) for row in rows})

	def test_protected_numbers_are_hidden_from_who_does_not_read_the_field(self) -> None:
		rows = self.rows(self.outsider, governorate="21")
		self.assertTrue(rows)
		self.assertTrue(
			all(row["value"] == HIDDEN for row in rows if row["place"] and row["level"] != "Nation")
		)

	def test_one_indicator_has_to_be_chosen(self) -> None:
		self.assertRefused(frappe.DoesNotExistError, execute, {})
		self.assertRefused(frappe.DoesNotExistError, execute, {"indicator": "K01' or 1=1"})


class TestSectorReport(ViewTestCase):
	def rows(self, reader: str, **filters) -> dict[str, dict]:
		self.act_as(reader)
		return {row["code"]: row for row in sector_report.execute(filters)[1]}

	def test_every_indicator_at_the_readers_place(self) -> None:
		far = factories.staff("Directorate Director", self.far_unit)
		rows = self.rows(self.chief)
		self.assertEqual(rows["K01"]["value"], "3")
		self.assertNotIn("K48", rows)
		self.assertIn("K48", self.rows(self.chief, with_missing=1))
		self.assertNotIn("K01", self.rows(self.chief, indicator_set="Formal Care"))
		self.assertEqual(self.rows(far)["K01"]["value"], "2")

	def test_as_another_day_knew_it(self) -> None:
		indicator_cases.moves(self.home)
		self.compute("F01")
		self.assertIsNone(self.rows(self.chief, until=add_days(nowdate(), -30))["K01"]["value"])
		now = self.rows(self.chief)["F01"]
		self.assertEqual((now["value"], now["before"] is not None), ("5", True))
		self.act_as(self.chief)
		self.assertRefused(frappe.ValidationError, sector_report.execute, {"until": add_days(nowdate(), 1)})


class TestOnDemand(ViewTestCase):
	def test_whoever_keeps_indicators_computes(self) -> None:
		self.act_as(factories.staff("Functional Administrator", "HQ"))
		name = indicator_values.compute("K01")
		self.assertEqual(frappe.db.get_value(run.RUN, name, ["only_indicator", "reason"]), ("K01", run.ASKED))
		self.assertTrue(indicator_values.compute())

	def test_nobody_else_does(self) -> None:
		self.act_as(self.chief)
		for code in ("K01", None):
			self.assertRefused(frappe.PermissionError, indicator_values.compute, code)
		self.act_as("Administrator")
		self.assertRefused(frappe.DoesNotExistError, indicator_values.compute, "K99")

	def test_rows_behind_are_the_readers_own_list(self) -> None:
		self.act_as(self.chief)
		self.assertEqual(indicator_values.rows_behind("K01")["doctype"], "Child")
		self.act_as(self.outsider)
		self.assertIsNone(indicator_values.rows_behind("K01"))


class TestPublic(ViewTestCase):
	def setUp(self) -> None:
		super().setUp()
		public.forget()
		self.addCleanup(public.forget)

	def told(self, code: str) -> dict | None:
		public.forget()
		self.act_as("Guest")
		found = {entry["code"]: entry for entry in public.figures()}
		self.act_as("Administrator")
		return found.get(code)

	def open(self, **values) -> None:
		self.settings(figures_in_public=1, public_small_numbers_below=10, **values)

	def yesterday(self) -> None:
		"""Values as of yesterday, whose day is over."""
		day = add_days(nowdate(), -1)
		frappe.db.set_value(keeping.VALUE, {"indicator": "K01"}, {"period_start": day, "period_end": day})

	def test_closed_there_is_no_page(self) -> None:
		self.settings(figures_in_public=0)
		self.act_as("Guest")
		self.assertRefused(frappe.PageDoesNotExistError, public.figures)

	def test_the_running_period_is_not_told(self) -> None:
		self.open()
		self.assertIsNone(self.told("K01"))
		self.yesterday()
		self.assertTrue(self.told("K01"))

	def test_small_places_are_hidden_with_what_would_tell_of_them(self) -> None:
		self.open()
		home = factories.institution(factories.org_unit(governorate="04").name).name
		for _turn in range(12):
			factories.child(home)
		self.compute("K01")
		self.yesterday()
		told = self.told("K01")
		rows = next(table for table in told["tables"] if table["by"] in ("Governorate", "المحافظة"))["rows"]
		shown = [row["value"] for row in rows if not row["hidden"]]
		self.assertFalse([value for value in shown if value and value < 10])
		self.assertGreaterEqual(sum(row["hidden"] for row in rows), 2)
		self.assertNotIn("numerator", str(told))

	def test_neither_protected_fields_nor_places_of_institutions(self) -> None:
		self.open()
		self.yesterday()
		text = frappe.as_json(self.told("K01"))
		for word in (self.home, "Karim", "parentage", "disability"):
			self.assertNotIn(word, text)

	def test_a_sum_over_people_is_never_public(self) -> None:
		self.open()
		self.yesterday()
		doc = frappe.copy_doc(frappe.get_doc(keeping.INDICATOR, "K01"))
		doc.indicator_code, doc.is_public = factories.unique("S"), 1
		doc.update(
			{"record_type": "Support Round Entry", "aggregate": "Sum", "value_field": "household_size"}
		)
		doc.update({"dimensions": "", "base_conditions": [], "conditions": []})
		error = self.assertRefused(declared.IndicatorError, doc.insert)
		self.assertIn("sum", str(error))
		doc.is_public = 0
		doc.insert()
		frappe.db.set_value(keeping.INDICATOR, doc.name, "is_public", 1)
		self.assertNotIn(doc.name, [row.name for row in public._indicators()])

	def test_each_language_has_its_own_labels(self) -> None:
		self.open()
		self.settings(public_small_numbers_below=3)
		self.yesterday()
		self.addCleanup(setattr, frappe.local, "lang", "en")
		public.forget()
		for language, label in (("en", "Governorate"), ("ar", "محافظة"), ("en", "Governorate")):
			frappe.local.lang = language
			told = next(entry for entry in public.figures() if entry["code"] == "K01")
			self.assertEqual(told["tables"][0]["by"], label)

	def test_the_settings_count_at_once(self) -> None:
		self.open()
		self.yesterday()
		self.settings(public_small_numbers_below=3)
		self.assertFalse(self.k01()["hidden"])
		self.settings(public_small_numbers_below=1_000_000)
		self.assertTrue(self.k01()["hidden"])

	def k01(self) -> dict:
		return next(entry for entry in public.figures() if entry["code"] == "K01")

	def test_the_page_is_arabic_and_bounded(self) -> None:
		self.open()
		self.settings(public_small_numbers_below=3, citizen_calls_per_minute=2)
		self.yesterday()
		self.addCleanup(setattr, frappe.local, "lang", "en")
		self.enterContext(patch.object(frappe.local, "request_ip", factories.unique("192.0.2."), create=True))
		for _turn in range(2):
			frappe.local.lang = "en"
			public.figures()
			context = frappe._dict()
			page.get_context(context)
			told = next(entry for entry in context.entries if entry["code"] == "K01")
			self.assertEqual(told["tables"][0]["by"], "محافظة")
		self.assertRefused(frappe.TooManyRequestsError, page.get_context, frappe._dict())

	def test_only_what_is_marked_and_not_protected(self) -> None:
		self.open()
		self.yesterday()
		frappe.db.set_value(keeping.INDICATOR, "K01", "is_public", 0)
		self.assertIsNone(self.told("K01"))
		doc = frappe.get_doc(keeping.INDICATOR, "K45")
		doc.is_public = 1
		self.assertRefused(frappe.ValidationError, doc.save)

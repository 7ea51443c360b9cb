"""Indicators: each is what the planted rows say, of their place and of no other, and again the same when computed again."""

import frappe
from frappe.utils import add_days, now_datetime, nowdate

from social_care.governance.indicators import declared, keeping, periods, run
from social_care.governance.indicators.cells import NUMBER, Cell, Tree, figures
from social_care.setup.indicators import ensure_indicators, first_indicators
from social_care.tests import SocialCareTestCase, factories, indicator_cases

VALUE = keeping.VALUE


class IndicatorTestCase(SocialCareTestCase):
	def setUp(self) -> None:
		super().setUp()
		frappe.db.delete(VALUE)  # what other tests have committed; taken back with the rest
		self.unit, self.far_unit = (factories.org_unit(governorate=code).name for code in ("21", "02"))
		self.home, self.far = (factories.institution(unit).name for unit in (self.unit, self.far_unit))

	def compute(self, *codes: str) -> None:
		tree = Tree()
		for code in codes:
			keeping.compute(code, tree)

	def told(self, code: str, **where) -> frappe._dict | None:
		"""The value of the running period."""
		doc = frappe.get_doc(keeping.INDICATOR, code)
		period = periods.period_of(doc.frequency, nowdate())
		filters = {
			"indicator": code,
			"version": doc.version,
			"period_end": period.end,
			"dimension": "",
		} | where
		fields = ["numerator", "denominator", "has_denominator", "value", "has_value", "level", "name"]
		found = frappe.get_all(VALUE, filters, fields)
		self.assertLessEqual(len(found), 1)
		return found[0] if found else None

	def of_directorate(self, code: str, unit: str = "") -> frappe._dict | None:
		return self.told(code, place_level="Directorate", org_unit=unit or self.unit)


class TestFigures(IndicatorTestCase):
	def expect(self, code: str, above: float, below: float | None) -> None:
		found = self.of_directorate(code)
		self.assertTrue(found, f"{code}: nothing was counted")
		if frappe.db.get_value(keeping.INDICATOR, code, "unit") == "Days":
			self.assertEqual((found.value, found.numerator), (above, below), code)
			return
		counted = (found.numerator, found.denominator if found.has_denominator else None)
		self.assertEqual(counted, (above, below), code)
		self.assertEqual(found.has_value, int(below != 0), code)

	def test_every_figure_is_what_the_rows_say(self) -> None:
		for planter in indicator_cases.PLANTERS:
			with self.subTest(planter.__name__):
				frappe.db.savepoint("planter")
				expected = planter(self.home)
				factories.child(self.far)
				self.compute(*expected)
				for code, (above, below) in expected.items():
					self.expect(code, above, below)
				frappe.db.rollback(save_point="planter")

	def test_every_measured_indicator_of_the_core_has_a_case(self) -> None:
		covered = {"K16", "K17", "K18", "K19", "K66"}  # tested below and with requests
		for planter in indicator_cases.PLANTERS:
			frappe.db.savepoint("planter")
			covered |= set(planter(self.home))
			frappe.db.rollback(save_point="planter")
		from social_care.governance.indicators.core import files, movements, places, requests, trust, waiting

		parts = (files, movements, places, requests, trust, waiting)
		ours = {one.name for part in parts for one in part.COMPUTATIONS}
		rows = frappe.get_all(keeping.INDICATOR, {"state": "Measured"}, ["name", "kind", "computation_name"])
		measured = {
			row.name for row in rows if row.kind == keeping.BY_CONDITIONS or row.computation_name in ours
		}
		self.assertEqual(measured - covered, set())
		self.assertGreater(len(measured), 50)

	def test_services_of_the_catalogue(self) -> None:
		service = frappe.db.get_value("Service", {}, "name", order_by="name asc")
		frappe.db.set_value("Service", service, "status", "Launched")
		before = self.of_nation("K16")
		frappe.db.set_value("Service", service, "status", "Planned")
		after = self.of_nation("K16")
		self.assertEqual((after.numerator, after.denominator), (before.numerator - 1, before.denominator))

	def test_reads_of_files_are_those_of_the_log(self) -> None:
		before = self.of_nation("K66").numerator
		columns = ("name", "read_at", "channel", "record_type", "chain", "number")
		kinds = enumerate(("Child", "Child", "Institution"))
		rows = [(factories.unique("R"), now_datetime(), "Form", kind, "test", place) for place, kind in kinds]
		frappe.db.bulk_insert("Read Log", columns, rows)
		self.assertEqual(self.of_nation("K66").numerator, before + 2)

	def of_nation(self, code: str) -> frappe._dict:
		self.compute(code)
		return self.told(code, place_level="Nation")

	def test_places_are_summed_and_an_institution_has_its_own(self) -> None:
		second = factories.institution(self.unit).name
		for home in (self.home, self.home, second, self.far):
			factories.child(home)
		before = frappe.db.count("Child", {"institution": ["is", "set"], "life_state": "Active"})
		self.compute("K01")
		self.assertEqual(self.told("K01", institution=self.home).numerator, 2)
		self.assertEqual(self.told("K01", institution=second).numerator, 1)
		self.assertEqual(self.of_directorate("K01").numerator, 3)
		self.assertEqual(self.of_directorate("K01", self.far_unit).numerator, 1)
		self.assertEqual(self.told("K01", place_level="Nation").numerator, before)

	def test_a_directorate_is_one_figure_though_its_units_lie_in_two_governorates(self) -> None:
		above = factories.org_unit(governorate=None).name
		below = [
			factories.org_unit("Social Administration", above, governorate=code).name for code in ("21", "02")
		]
		cells = [Cell(1, org_unit=unit) for unit in (above, *below)]
		found = [one for one in figures(cells, NUMBER, Tree()) if one.level == "Directorate"]
		self.assertEqual([(one.org_unit, one.numerator) for one in found], [(above, 3)])

	def test_a_figure_is_told_by_its_dimensions(self) -> None:
		factories.child(self.home)
		factories.child(self.home, sex="Female")
		self.compute("K01")
		filters = {
			"indicator": "K01",
			"org_unit": self.unit,
			"dimension": "sex",
			"place_level": "Directorate",
		}
		rows = frappe.get_all(VALUE, filters, ["dimension_value", "numerator"], as_list=True)
		self.assertEqual(dict(rows), {"Male": 1, "Female": 1})
		bands = frappe.get_all(VALUE, filters | {"dimension": "age_band"}, ["dimension_value", "numerator"])
		self.assertEqual([row.numerator for row in bands], [2])
		protected = frappe.get_all(VALUE, filters | {"dimension": "parentage"}, pluck="level")
		self.assertEqual(protected, [3])


class TestKeeping(IndicatorTestCase):
	def test_computed_again_it_is_the_same_rows(self) -> None:
		factories.child(self.home)
		self.compute("K01", "F01")
		before = self.kept()
		self.compute("K01", "F01")
		self.assertEqual(self.kept(), before)
		self.assertGreater(len(before), 10)

	def kept(self) -> list:
		fields = ["name", "period_end", "org_unit", "dimension", "dimension_value", "numerator"]
		return frappe.get_all(
			VALUE, {"indicator": ["in", ["K01", "F01"]]}, fields, order_by="name", as_list=True
		)

	def test_a_place_that_counts_nothing_any_more_goes(self) -> None:
		child = factories.child(self.home)
		self.compute("K01")
		indicator_cases.set_on("Child", child.name, institution=None)
		self.compute("K01")
		self.assertIsNone(self.told("K01", institution=self.home))

	def test_ended_periods_are_counted_where_history_tells_of_them(self) -> None:
		self.settings(indicator_past_periods=4)
		indicator_cases.moves(self.home)
		self.compute("F01", "K01")
		ends = frappe.get_all(VALUE, {"indicator": "F01", "org_unit": self.unit}, pluck="period_end")
		self.assertTrue(ends)
		nation = frappe.get_all(VALUE, {"indicator": "F01", "place_level": "Nation", "dimension": ""})
		self.assertEqual(len(nation), 5)
		self.assertEqual(
			frappe.db.count(VALUE, {"indicator": "K01", "place_level": "Nation", "dimension": ""}), 1
		)

	def test_another_definition_keeps_the_values_of_the_earlier_one(self) -> None:
		factories.child(self.home)
		self.compute("K01")
		doc = frappe.get_doc(keeping.INDICATOR, "K01")
		doc.append("base_conditions", {"field": "sex", "operator": "Is", "value": "Female"})
		doc.save()
		self.assertEqual(doc.version, 2)
		self.compute("K01")
		kept = frappe.get_all(VALUE, {"indicator": "K01", "institution": self.home}, ["version", "numerator"])
		self.assertEqual([(row.version, row.numerator) for row in kept], [(1, 1)])
		doc.target_text = "أقل"
		doc.save()
		self.assertEqual(doc.version, 2)

	def test_of_old_days_the_last_one_of_a_month_stays(self) -> None:
		self.settings(indicator_daily_months=13)
		days = ("2020-01-05", "2020-01-30", "2020-02-03", nowdate())
		for day in days:
			indicator_cases.row(
				VALUE, indicator="K01", version=1, period_start=day, period_end=day, place_level="Nation"
			)
		keeping.thin()
		kept = frappe.get_all(VALUE, {"indicator": "K01", "dimension": ["is", "not set"]}, pluck="period_end")
		self.assertEqual({str(day) for day in kept} & set(days), {"2020-01-30", "2020-02-03", nowdate()})

	def test_days_weeks_and_quarters(self) -> None:
		spans = {"Daily": ("2026-11-26", "2026-11-26"), "Weekly": ("2026-11-21", "2026-11-27")}
		spans |= {"Quarterly": ("2026-10-01", "2026-12-31"), "Half-Yearly": ("2026-07-01", "2026-12-31")}
		for frequency, (start, end) in spans.items():
			found = periods.period_of(frequency, "2026-11-26")
			self.assertEqual((str(found.start), str(found.end)), (start, end))
			(earlier,) = periods.before(frequency, found, 1)
			self.assertEqual(str(earlier.end), str(add_days(start, -1)))


class TestDefinitions(IndicatorTestCase):
	def indicator(self, **values):
		doc = {
			"doctype": keeping.INDICATOR,
			"indicator_code": factories.unique("T"),
			"indicator_name": "مؤشر",
			"meaning": "معنى",
			"frequency": "Daily",
			"kind": keeping.BY_CONDITIONS,
			"record_type": "Child",
			"aggregate": "Count",
			"counted": declared.STATE,
			**values,
		}
		return frappe.get_doc(doc)

	def test_an_administrator_defines_one_without_code(self) -> None:
		self.act_as(factories.staff("Functional Administrator", "HQ"))
		doc = self.indicator(
			aggregate="Share",
			unit="Percent",
			base_conditions=[{"field": "institution", "operator": "Is Filled"}],
			conditions=[{"field": "sex", "operator": "Is", "value": "Female"}],
			dimensions="sex، care_type",
		).insert()
		self.assertEqual((doc.state, doc.version), ("Measured", 1))
		self.act_as("Administrator")
		factories.child(self.home)
		factories.child(self.home, sex="Female")
		self.compute(doc.name)
		found = self.told(doc.name, institution=self.home)
		self.assertEqual((found.numerator, found.denominator, found.value), (1, 2, 50))

	def test_a_sum_and_an_average(self) -> None:
		indicator_cases.set_on("Institution", self.home, computers=3)
		other = factories.institution(self.unit).name
		indicator_cases.set_on("Institution", other, computers=4)
		values = {"record_type": "Institution", "value_field": "computers"}
		total = self.indicator(aggregate="Sum", **values).insert().name
		mean = self.indicator(aggregate="Average", unit="Score", **values).insert().name
		self.compute(total, mean)
		self.assertEqual(self.of_directorate(total).value, 7)
		self.assertEqual(self.of_directorate(mean).value, 3.5)

	def test_what_cannot_be_counted_is_refused(self) -> None:
		wrong = [
			{"record_type": "Governorate"},
			{"record_type": "Identity Paper"},
			{"record_type": "User"},
			{"aggregate": "Sum", "value_field": "full_name"},
			{"counted": declared.EVENTS, "date_field": "sex"},
			{"dimensions": "full_name"},
			{"dimensions": "name; drop table"},
			{"conditions": [{"field": "1=1 or name", "operator": "Is", "value": "x"}]},
			{"kind": keeping.NOT_YET},
			{"kind": keeping.NAMED, "computation_name": "no_such"},
		]
		for values in wrong:
			with self.subTest(values):
				self.assertRefused(frappe.ValidationError, self.indicator(**values).insert)

	def test_values_in_conditions_are_values_and_no_sql(self) -> None:
		factories.child(self.home)
		text = "x' or '1'='1 %s %"
		doc = self.indicator(conditions=[{"field": "room_group", "operator": "Is", "value": text}]).insert()
		self.compute(doc.name)
		self.assertIsNone(self.told(doc.name, institution=self.home))

	def test_only_an_administrator_defines(self) -> None:
		self.act_as(factories.staff("Directorate Director", self.unit))
		self.assertRefused(frappe.PermissionError, self.indicator().insert)
		doc = frappe.get_doc(keeping.INDICATOR, "K01")
		doc.is_public = 0
		self.assertRefused(frappe.PermissionError, doc.save)

	def test_a_new_site_gets_every_row(self) -> None:
		frappe.db.delete(keeping.INDICATOR)
		frappe.clear_document_cache(keeping.INDICATOR, "F15")
		ensure_indicators()
		self.assertEqual(frappe.db.count(keeping.INDICATOR), len(first_indicators()))
		self.assertEqual(frappe.db.get_value(keeping.INDICATOR, "F15", ["level", "is_public"]), (0, 1))
		self.assertEqual(frappe.db.get_value(keeping.INDICATOR, "K45", "level"), 3)

	def test_every_seed_says_what_it_is_or_what_is_missing(self) -> None:
		rows = frappe.get_all(keeping.INDICATOR, {"indicator_set": ["!=", "Other"]}, ["*"])
		self.assertEqual(len(rows), 82)
		for row in rows:
			self.assertTrue(row.meaning and row.owner_name and row.source, row.name)
			if row.kind == keeping.NOT_YET:
				self.assertTrue(row.missing, row.name)
				self.assertEqual(row.state, "Not Yet Measurable")
				self.compute(row.name)
				self.assertFalse(frappe.db.exists(VALUE, {"indicator": row.name}))


class TestScope(IndicatorTestCase):
	def rows(self, user: str, **filters) -> set[str]:
		self.act_as(user)
		found = frappe.get_list(
			VALUE, {"indicator": "K01", "dimension": "", **filters}, ["place_level", "org_unit"]
		)
		self.act_as("Administrator")
		return {f"{row.place_level}:{row.org_unit}" for row in found}

	def test_each_reader_sees_the_values_of_his_places(self) -> None:
		factories.child(self.home)
		factories.child(self.far)
		self.compute("K01")
		mine = {f"Directorate:{self.unit}", f"Institution:{self.unit}"}
		self.assertEqual(self.rows(factories.staff("Directorate Director", self.unit)), mine)
		director = factories.staff("Institution Director", institution=self.home)
		self.assertEqual(self.rows(director), {f"Institution:{self.unit}"})
		head = self.rows(factories.staff("Central Administration Head", "HQ"))
		self.assertLessEqual(mine | {"Nation:HQ", f"Directorate:{self.far_unit}"}, head)
		entry = factories.staff("Institution Entry User", institution=self.home)
		self.assertRefused(frappe.PermissionError, self.rows, entry)

	def test_a_value_of_another_place_is_not_opened(self) -> None:
		factories.child(self.far)
		self.compute("K01")
		name = self.of_directorate("K01", self.far_unit).name
		self.act_as(factories.staff("Directorate Director", self.unit))
		self.assertFalse(frappe.has_permission(VALUE, "read", name))

	def test_protected_fields_are_told_to_their_readers_alone(self) -> None:
		factories.child(self.home)
		self.compute("K01")
		filters = {"indicator": "K01", "dimension": "parentage", "org_unit": self.unit}
		for role, sees in (("Directorate Data Officer", True), ("Directorate Director", True)):
			self.act_as(factories.staff(role, self.unit))
			readable = 3 in frappe.get_meta("Child").get_permlevel_access("read")
			self.assertEqual(bool(frappe.get_list(VALUE, filters)), readable and sees, role)
			self.act_as("Administrator")


class TestRun(IndicatorTestCase):
	def test_one_that_fails_does_not_keep_the_others(self) -> None:
		factories.child(self.home)
		frappe.db.set_value(keeping.INDICATOR, "K01", "record_type", "No Such Type")
		frappe.clear_document_cache(keeping.INDICATOR, "K01")
		self.addCleanup(frappe.clear_document_cache, keeping.INDICATOR, "K01")
		name = run.request(run.ASKED)
		codes, tree = run.begin(name), Tree()
		self.assertIn("K02", codes)
		for code in ("K01", "K02"):
			run.step(name, code, tree)
		row = frappe.db.get_value(run.RUN, name, ["failed", "done", "position", "status"], as_dict=True)
		self.assertEqual((row.failed, row.done, row.position, row.status), ("K01", 2, "K02", "Working"))
		self.assertTrue(self.of_directorate("K02"))

	def test_a_stopped_run_goes_on_where_it_was(self) -> None:
		name = run.request(run.ASKED)
		codes, tree = run.begin(name), Tree()
		run.step(name, codes[0], tree)
		run.step(name, codes[1], tree)
		self.assertEqual(run.begin(name), codes[2:])

	def test_what_waits_already_is_not_asked_for_twice(self) -> None:
		first = run.request(run.ASKED, "K01")
		self.assertEqual(run.request(run.CHANGED, "K01"), first)
		self.assertNotEqual(run.request(run.ASKED, "K02"), first)

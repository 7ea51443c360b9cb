"""The brief for the minister and the scorecard of directorates: numbers that others tell, at the reader's places, on paper."""

import frappe
from frappe.utils import add_days, add_months, now_datetime, nowdate

from social_care.api.guards.endpoints import run_report
from social_care.governance import brief
from social_care.governance.indicators import figures, keeping, scorecard
from social_care.governance.report.directorate_scorecard import directorate_scorecard
from social_care.printing.testing import texts
from social_care.prints import verification
from social_care.prints.testing import PrintCase, code_of, whole
from social_care.registry.dashboards import headquarters
from social_care.registry.small_numbers import HIDDEN
from social_care.tests import factories, indicator_cases
from social_care.tests.queries import queries

BRIEF, CARD = "Brief for the Minister", "Directorate Scorecard"


class FiguresCase(PrintCase):
	def setUp(self) -> None:
		super().setUp()
		frappe.db.delete(keeping.VALUE)
		self.children = [factories.child(home) for home in (self.home, self.home, self.home, self.other)]
		for child, days in zip(self.children, (4, 9, None, 2), strict=True):
			if days:
				stepped = add_days(nowdate(), -days)
				child.db_set({"file_state": "Submitted by Institution", "submitted_on": stepped})
		for code in ("K01", "K10", "K20", "D01", "D02", "D04"):
			keeping.compute(code)
		self.minister = factories.staff("Minister Office", "HQ")


class TestBrief(FiguresCase):
	def told(self, user: str) -> dict:
		self.act_as(user)
		return {row["figure"]: row for part in brief.parts() for row in part.rows}

	def test_figures_are_those_of_the_dashboard_beside_what_was_published(self) -> None:
		self.act_as("Administrator")
		published = {"figure_code": "institutions", "figure_name": "دور معلنة", "value": 465}
		frappe.get_doc(
			{"doctype": "Official Figure", **published, "as_of": "2026-01-31", "source": "بيان"}
		).insert()
		found = self.told(self.minister)
		live = next(
			one["value"]
			for one in headquarters.dashboard()["headlines"]
			if one["label"] == "Institutions Not Closed"
		)
		row = found["دور معلنة"]
		self.assertEqual((row["now"], row["beside"]), (brief.number(live), "465"))
		self.assertEqual((row["on"], row["note"]), ("2026-01-31", "بيان"))
		self.assertEqual(row["change"], brief.signed(live - 465))

	def test_the_course_is_that_of_kept_values(self) -> None:
		self.act_as("Administrator")
		name = frappe.db.get_value(
			keeping.VALUE, {"indicator": "K01", "place_level": "Nation", "dimension": ""}
		)
		earlier, day = frappe.get_doc(keeping.VALUE, name), add_months(nowdate(), -1)
		earlier.update(
			{"name": "earlier", "period_start": day, "period_end": day, "value": 2, "numerator": 2}
		)
		earlier.db_insert()
		self.settings(brief_indicators="K01, K05")
		row = self.told(self.head)[frappe.db.get_value(keeping.INDICATOR, "K01", "indicator_name_en")]
		now = frappe.db.count("Child", {"institution": ["is", "set"], "life_state": "Active"})
		self.assertEqual((row["now"], row["beside"]), (brief.number(now), "2"))
		self.assertEqual((row["change"], row["mark"]), (brief.signed(now - 2), "bad"))

	def test_settings_name_indicators_that_there_are(self) -> None:
		for field in ("brief_indicators", "scorecard_indicators"):
			self.assertRefused(frappe.ValidationError, self.settings, **{field: "K01، K99"})

	def test_what_is_overdue_and_since_when(self) -> None:
		self.act_as("Administrator")
		late = {
			"status": "Open",
			"due_on": add_days(nowdate(), -3),
			"institution": self.home,
			"org_unit": self.cairo,
		}
		frappe.db.delete("Institution Confirmation")
		indicator_cases.row("Institution Confirmation", **late)
		indicator_cases.row("Institution Confirmation", **(late | {"due_on": nowdate()}))
		campaign = indicator_cases.row("Census Campaign", status="Counted", return_by=add_days(nowdate(), -2))
		place = {"campaign": campaign, "institution": self.home, "org_unit": self.cairo}
		frappe.db.delete("Census Return")
		indicator_cases.row("Census Return", **place)
		indicator_cases.row("Census Return", institution_signed_on=now_datetime(), **place)
		found = self.told(self.head)
		for label, number, days in (
			("Confirmations Overdue", "1", 3),
			("Census Returns Not Signed in Time", "1", 2),
		):
			self.assertEqual((found[label]["now"], found[label]["on"]), (number, add_days(nowdate(), -days)))
		waiting = frappe.db.count("Child", {"file_state": "Submitted by Institution"})
		self.assertEqual(found["Files That Wait for Review"]["now"], brief.number(waiting))

	def test_a_reader_of_no_files_is_told_no_small_number_of_children(self) -> None:
		self.act_as("Administrator")
		reader = factories.staff("Minister Office", self.giza)
		found = self.told(reader)
		self.assertEqual(
			found["Files That Wait for Review"], {"figure": "Files That Wait for Review", "now": HIDDEN}
		)
		(place,) = (row for figure, row in found.items() if figure.startswith("1. "))
		self.assertEqual((place["beside"], place["note"]), (HIDDEN, ""))

	def test_whoever_has_no_place_is_told_so(self) -> None:
		self.act_as("Administrator")
		reader = factories.user().name
		frappe.get_doc("User", reader).add_roles("Minister Office")
		self.act_as(reader)
		from social_care.governance.report.brief_for_the_minister import brief_for_the_minister as page

		_columns, rows, message = page.execute({})
		self.assertEqual((rows, bool(message)), ([], True))

	def test_one_page_that_names_nobody(self) -> None:
		pdf = self.printed(self.minister, BRIEF)
		self.assertEqual(len(texts(pdf)), 1)
		self.assertEqual(verification.verify(code_of(pdf))["state"], "valid")
		said = whole(pdf)
		for text in ("موجزالوزير", "السجلإلىجانبالمعلن", "ماتأخرعنموعده"):
			self.assertIn(text, said)
		for child in self.children:
			for secret in (child.name, child.grandfather_name.split()[-1], child.national_number):
				self.assertNotIn(secret, said)

	def test_its_roles_alone(self) -> None:
		self.act_as(self.chief)
		self.assertRefused(frappe.PermissionError, run_report, BRIEF, {})


class TestScorecard(FiguresCase):
	def card(self, user: str, **filters) -> dict:
		"""Rows of one directorate by the beginning of their measure."""
		names = {
			frappe.db.get_value(keeping.INDICATOR, code, "indicator_name_en"): code
			for code in scorecard.codes()
		}
		return {names[row["measure"].split(" (")[0]]: row for row in self.rows(user, CARD, **filters)}

	def test_a_director_sees_his_own_beside_the_average(self) -> None:
		found = self.card(self.chief)
		number = frappe.db.count("Org Unit", {"level": "Directorate"})
		nation = frappe.db.count(
			"Child", {"file_state": ["in", ["Submitted by Institution", "Reviewed by Directorate"]]}
		)
		self.assertEqual(found["D01"]["value"], "2")
		self.assertEqual(found["D01"]["average"], brief.number(round(nation / number, 2)))
		self.assertEqual(found["D02"]["value"], "4")
		self.act_as("Administrator")
		kept = {"indicator": "K10", "place_level": "Directorate", "org_unit": self.cairo}
		self.assertEqual(
			found["K10"]["value"], brief.number(frappe.db.get_value(keeping.VALUE, kept, "value"), "Percent")
		)

	def test_better_and_worse_follow_the_direction(self) -> None:
		lower, higher = (
			frappe._dict(direction=direction, unit="Percent") for direction in ("Lower", "Higher")
		)
		for indicator, value, said in (
			(lower, 5, "Better"),
			(higher, 5, "Weaker"),
			(higher, 9, "Same"),
			(higher, None, ""),
		):
			one = scorecard.Measure(indicator, average=9, values={"a": value})
			self.assertEqual(scorecard.against(one, "a"), said)

	def test_a_number_opens_the_rows_of_its_directorate(self) -> None:
		for user, filters in ((self.chief, {}), (self.head, {"directorate": self.cairo})):
			opened = self.card(user, **filters)["D01"]["opens"]["value"]
			found = frappe.get_list("Child", filters=opened["filters"], pluck="name")
			self.assertEqual(set(found), {child.name for child in self.children[:2]})

	def test_headquarters_sees_all_side_by_side_and_any_alone(self) -> None:
		rows = {row["title"]: row for row in self.rows(self.head, CARD)}
		names = dict(
			frappe.get_all(
				"Org Unit", {"name": ["in", [self.cairo, self.giza]]}, ["name", "unit_name"], as_list=True
			)
		)
		self.assertEqual(rows[names[self.cairo]]["d01"], "2")
		self.assertEqual(rows[names[self.giza]]["d01"], "1")
		self.assertTrue(rows["Average of the Republic"]["is_total"])
		self.assertEqual(self.card(self.head, directorate=self.giza)["D01"]["value"], "1")

	def test_another_directorate_is_refused_and_no_directorate_says_so(self) -> None:
		self.act_as(self.chief)
		self.assertRefused(frappe.PermissionError, run_report, CARD, {"directorate": self.giza})
		self.act_as("Administrator")
		director = factories.staff("Institution Director", institution=self.home)
		self.act_as(director)
		self.assertRefused(frappe.PermissionError, run_report, CARD, {})
		columns, rows, message = directorate_scorecard.execute({})
		self.assertEqual((columns, rows, bool(message)), ([], [], True))

	def test_a_past_day_is_told_as_it_was_known_and_opens_nothing(self) -> None:
		found = self.card(self.chief, until=add_months(nowdate(), -1))
		self.assertEqual(set(found), {"D04"})  # of the others nothing is known of that day
		self.assertFalse(found["D04"]["opens"])
		self.act_as(self.chief)
		later = {"until": add_days(nowdate(), 1)}
		self.assertRefused(directorate_scorecard.ScorecardError, run_report, CARD, later)

	def test_small_numbers_are_hidden_from_who_opens_no_files(self) -> None:
		found = self.rows(self.minister, CARD)
		self.assertNotIn("2", {row["d01"] for row in found if not row.get("is_total")})

	def test_values_are_those_that_the_indicators_tell(self) -> None:
		found = self.card(self.chief)
		self.act_as(self.chief)
		for one in figures.of_reader():
			if one.indicator.name in found and one.latest:
				told = brief.number(one.latest.value, one.indicator.unit) or "—"
				self.assertEqual(found[one.indicator.name]["value"], told, one.indicator.name)

	def test_queries_do_not_grow_with_directorates(self) -> None:
		def asked() -> int:
			self.act_as(self.head)
			run_report(CARD, {})
			with queries() as sent:
				run_report(CARD, {})
			return len(sent)

		few = asked()
		self.act_as("Administrator")
		for _turn in range(4):
			factories.org_unit(governorate="02")
		self.assertEqual(asked(), few)

	def test_the_prints(self) -> None:
		said = whole(self.printed(self.chief, CARD))
		for text in ("بطاقةأداءالمديرية", "متوسطالجمهورية", "مؤشرجودةالبيانات", "ملفاتتنتظرالمراجعة"):
			self.assertIn(text, said)
		self.assertIn("مديريةالتضامنالاجتماعيبالجيزة", whole(self.printed(self.head, CARD)))

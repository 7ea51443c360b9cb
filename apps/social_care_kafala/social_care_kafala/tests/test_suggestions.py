"""Children who are suggested for a family: whom nothing outweighs, in which order, with which reasons, and what is told of them."""

import frappe
from frappe.utils import add_days, nowdate
from social_care.tests import factories
from social_care.tests.queries import queries

from social_care_kafala.kafala.matching import ranking, states, suggestions
from social_care_kafala.kafala.path import states as path
from social_care_kafala.tests import cases
from social_care_kafala.tests.matching_cases import MatchingTestCase

SHOWN = {"child", "sex", "age", "governorate", "siblings", "score", "reasons"}


class SuggestionsTestCase(MatchingTestCase):
	def setUp(self) -> None:
		super().setUp()
		# whoever waits on the site already is no part of these tests
		frappe.db.sql("update `tabChild` set kafala_candidate=0 where kafala_candidate=1")

	def names(self, file, user: str = "") -> list[str]:
		self.act_as(user or self.specialist)
		return [row["child"] for row in suggestions.for_file(file.name)]

	def rows(self, file, user: str = "") -> dict[str, dict]:
		self.act_as(user or self.specialist)
		return {row["child"]: row for row in suggestions.for_file(file.name)}


class TestWho(SuggestionsTestCase):
	def test_what_nothing_outweighs(self) -> None:
		fits = self.child()
		young = self.child()
		frappe.db.set_value("Child", young.name, "birth_date", add_days(nowdate(), -40))
		for values in ({"religion": "Christian"}, {"religion": "Unknown"}, {"disability": "Hearing"}):
			self.child(**values)
		self.child(chronic_conditions="سكر")
		self.child(legal_status="Measure")
		held = self.child()
		self.reserve(self.family(), held)
		self.assertEqual(self.names(self.family()), [fits.name])

	def test_who_accepts_needs_is_told_of_them(self) -> None:
		plain, needs = self.child(), self.child(disability="Hearing")
		found = self.names(self.family(accepts_disability=1))
		self.assertEqual(found, [needs.name, plain.name])

	def test_a_christian_family_is_shown_christian_children(self) -> None:
		self.child()
		child = self.child(religion="Christian")
		adults = [cases.adult("Husband", religion="Christian"), cases.adult("Wife", 35, religion="Christian")]
		self.assertEqual(self.names(self.family(adults=adults)), [child.name])

	def test_siblings_are_suggested_together_to_who_takes_them(self) -> None:
		self.act_as("Administrator")
		origin = frappe.get_doc({"doctype": "Family", "family_title": "أسرة أصلية"}).insert()
		first, second = self.child(family=origin.name), self.child(family=origin.name)
		self.assertEqual(self.names(self.family()), [])
		file = self.family(accepts_siblings=1)
		self.assertEqual(set(self.names(file)), {first.name, second.name})
		self.assertEqual(self.rows(file)[first.name]["siblings"], 1)
		frappe.db.set_value("Child", second.name, "kafala_candidate", 0)
		self.assertEqual(self.names(file), [])

	def test_a_child_on_the_way_home_is_nobody_else_s(self) -> None:
		child = self.child()
		self.assertEqual(self.names(self.family()), [child.name])
		frappe.get_doc(
			{"doctype": "Reintegration Case", "child": child.name, "status": "Assessed"}
		).db_insert()
		self.assertEqual(self.names(self.family()), [])


class TestOrder(SuggestionsTestCase):
	def test_age_sex_and_nearness_weigh(self) -> None:
		near = self.child()
		far = self.child(self.there.institution)
		older = self.child(birth_date=add_days(nowdate(), -365 * 9))
		girl = self.child(sex="Female")
		file = self.family(wished_sex="Male", wished_age_from=1, wished_age_to=4)
		found = self.names(file)
		self.assertEqual(found[:2], [near.name, far.name])
		self.assertEqual(set(found[2:]), {older.name, girl.name})
		texts = [reason["text"] for reason in self.rows(file)[older.name]["reasons"] if not reason["good"]]
		self.assertIn("(8)", " ".join(texts))

	def test_weights_are_settings(self) -> None:
		near, far = self.child(), self.child(self.there.institution, child_view="أريد أسرة")
		file = self.family()
		self.assertEqual(self.names(file)[0], near.name)
		self.act_as("Administrator")
		settings = frappe.get_doc("Kafala Settings")
		settings.update({"weight_distance": 0, "weight_view": 50})
		settings.save()
		self.addCleanup(frappe.clear_document_cache, "Kafala Settings", "Kafala Settings")
		self.assertEqual(self.names(file)[0], far.name)

	def test_one_governorate_where_the_settings_say_so(self) -> None:
		near, _far = self.child(), self.child(self.there.institution)
		self.act_as("Administrator")
		settings = frappe.get_doc("Kafala Settings")
		settings.suggest_from = "Governorate of the Family"
		settings.save()
		self.addCleanup(frappe.clear_document_cache, "Kafala Settings", "Kafala Settings")
		self.assertEqual(self.names(self.family()), [near.name])

	def test_the_score_is_of_a_hundred(self) -> None:
		weights = dict.fromkeys(ranking.CRITERIA, 10)
		child = frappe._dict(
			birth_date=add_days(nowdate(), -1000),
			sex="Male",
			org_unit="U",
			governorate="01",
			child_view="x",
			admission_date=add_days(nowdate(), -365 * 6),
		)
		file = frappe._dict(wished_sex="Male", org_unit="U", governorate="01")
		self.assertEqual(ranking.weigh(file, child, weights).score, 100)
		self.assertEqual(ranking.weigh(file, child, dict.fromkeys(ranking.CRITERIA, 0)).score, 0)


class TestWhatIsTold(SuggestionsTestCase):
	def test_neither_name_nor_home_nor_parentage(self) -> None:
		child = self.child(self.there.institution, mother_full_name="زينب حسن", finding_place="أمام المسجد")
		row = self.rows(self.family())[child.name]
		self.assertEqual(set(row), SHOWN)
		text = frappe.as_json(row)
		for secret in (child.first_name, child.grandfather_name, "زينب", "المسجد", self.there.institution):
			self.assertNotIn(secret, text)

	def test_health_is_told_to_readers_of_that_level_alone(self) -> None:
		child, file = self.child(disability="Hearing"), self.family(accepts_disability=1)
		self.assertEqual(len(self.rows(file)[child.name]["reasons"]), 5)
		self.assertEqual(len(self.rows(file, self.chief)[child.name]["reasons"]), 7)

	def test_nobody_else_asks(self) -> None:
		file = self.family()
		self.act_as("Administrator")
		worker = factories.staff("Social Unit Worker", self.here.district)
		secretary = factories.staff(cases.SECRETARY, self.here.directorate)
		for user in (
			*(self.stranger, self.there.chief, self.here.director, self.here.entry, self.here.officer),
			*(self.country.head, worker, secretary),
		):
			self.act_as(user)
			self.assertRefused(frappe.PermissionError, suggestions.for_file, file.name)

	def test_a_file_elsewhere_on_its_path_looks_for_nobody(self) -> None:
		file = cases.at(self.family(), path.COMMITTEE)
		self.act_as(self.specialist)
		self.assertRefused(states.ReservationError, suggestions.for_file, file.name)

	def test_the_number_of_queries_is_that_of_the_tables(self) -> None:
		file = self.family()
		self.child()
		self.names(file)
		with queries() as few:
			self.names(file)
		for _turn in range(12):
			self.child()
		with queries() as many:
			self.names(file)
		self.assertEqual(len(many), len(few))

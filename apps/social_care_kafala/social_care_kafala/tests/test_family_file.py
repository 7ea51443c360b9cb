"""Files of families: who they are, papers, the judgement by the conditions of their day, duplicates, who may see them."""

import frappe
from frappe.utils import add_days, add_years, nowdate
from social_care.tests import CountryTestCase, factories

from social_care_kafala.kafala.applications import duplicates, judgement
from social_care_kafala.kafala.doctype.kafala_family_file.kafala_family_file import KafalaFileError
from social_care_kafala.kafala.doctype.kafala_rule_set.kafala_rule_set import KafalaRuleSetError
from social_care_kafala.kafala.eligibility.engine import FAIL, MISSING
from social_care_kafala.tests import cases
from social_care_kafala.tests.cases import DOCTYPE


class FileTestCase(CountryTestCase):
	"""A specialist in each of two governorates."""

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.specialist = factories.staff(cases.SPECIALIST, cls.here.district)
		cls.stranger = factories.staff(cases.SPECIALIST, cls.there.district)

	def file(self, **values):
		self.act_as(self.specialist)
		return cases.file(self.here.district, **values)

	def answers(self, doc) -> dict[str, str]:
		return {row.rule_code: row.outcome for row in doc.answers}


class TestPersons(FileTestCase):
	def test_spouses_are_persons_of_one_family(self) -> None:
		doc = self.file()
		family = frappe.get_doc("Family", doc.family)
		self.assertEqual(
			[(row.relation, row.person) for row in family.members],
			[("Kafala Father", doc.adults[0].person), ("Kafala Mother", doc.adults[1].person)],
		)
		self.assertFalse(family.registering_unit or family.registering_institution)
		wife = frappe.get_doc("Person", doc.adults[1].person)
		self.assertEqual((wife.sex, wife.national_number), ("Female", doc.adults[1].national_number))
		self.assertEqual(doc.governorate, "01")

	def test_a_change_of_the_form_reaches_the_person_and_makes_no_second_one(self) -> None:
		doc = self.file()
		person = doc.adults[0].person
		doc.adults[0].first_name = "محمود"
		doc.adults[0].person = frappe.db.get_value("Person", {"name": ["!=", person]})
		doc.save()
		self.assertEqual(doc.adults[0].person, person)
		self.assertEqual(frappe.db.get_value("Person", person, "first_name"), "محمود")
		self.assertEqual(len(frappe.get_doc("Family", doc.family).members), 2)

	def test_a_kind_of_family_has_its_adults(self) -> None:
		self.act_as(self.specialist)
		for kind, adults in (
			("Married Couple", [cases.adult("Husband")]),
			("Widow", [cases.adult("Husband"), cases.adult("Wife")]),
			("Married Couple", []),
		):
			with self.subTest(kind):
				self.assertRefused(
					KafalaFileError, cases.file, self.here.district, family_kind=kind, adults=adults
				)
		alone = self.file(family_kind="Widow", adults=[cases.adult("Woman Who Applies Alone")])
		self.assertEqual(self.answers(alone)["single_woman_age"], "Pass")

	def test_a_number_that_contradicts_the_birth_date_is_refused(self) -> None:
		adults = [cases.adult("Husband", birth_date=add_years(nowdate(), -50)), cases.adult("Wife")]
		self.act_as(self.specialist)
		self.assertRefused(frappe.ValidationError, cases.file, self.here.district, adults=adults)


class TestJudgement(FileTestCase):
	def test_a_form_alone_leaves_open_what_is_found_later(self) -> None:
		doc = self.file()
		found = self.answers(doc)
		self.assertEqual(doc.eligibility, judgement.INCOMPLETE)
		self.assertEqual(len(found), 19)
		self.assertEqual(
			(found["spouse_age"], found["marriage_length"], found["undertakings"]), ("Pass",) * 3
		)
		self.assertEqual((found["health"], found["training"], found["maturity"]), (MISSING,) * 3)
		self.assertEqual(found["mother_died"], "Not Applicable")

	def test_with_the_study_it_meets_them_and_the_child_may_be_open(self) -> None:
		doc = self.file(**cases.STUDY, training_result="Passed")
		self.assertEqual(doc.eligibility, judgement.MEETS)
		self.assertEqual(self.answers(doc)["child"], MISSING)
		self.assertEqual(judgement.sum_up(doc, with_child=True), judgement.INCOMPLETE)

	def test_the_day_of_the_application_decides_on_the_text(self) -> None:
		"""Twenty-two and married for eight years: too young in 2019, old enough by the decree of 2020."""
		day_2019, day_2021 = "2019-06-01", "2021-06-01"
		for day, text, expected in ((day_2019, "KR-2018", FAIL), (day_2021, "KR-2020", "Pass")):
			adults = [
				cases.adult("Husband", birth_date=add_years(day, -22), national_number=""),
				cases.adult("Wife", birth_date=add_years(day, -23), national_number=""),
			]
			doc = self.file(applied_on=day, adults=adults, married_on=add_years(day, -4))
			with self.subTest(text):
				self.assertEqual((doc.rule_set, self.answers(doc)["spouse_age"]), (text, expected))

	def test_an_answer_says_what_is_missing_and_why(self) -> None:
		doc = self.file(best_education="Below Secondary")
		rows = {row.rule_code: row for row in doc.answers}
		self.assertEqual(
			(rows["education"].outcome, rows["education"].waivable_by), ("Waivable", "Local Committee")
		)
		self.assertIn("المؤهل", rows["education"].remark)
		self.assertTrue(rows["health"].remark)

	def test_what_families_were_judged_by_is_not_rewritten(self) -> None:
		self.file()
		self.act_as("Administrator")
		rules = frappe.get_doc("Kafala Rule Set", "KR-2020")
		rules.limits[0].limit_value = 18
		self.assertRefused(KafalaRuleSetError, rules.save)
		self.assertRefused(KafalaRuleSetError, frappe.delete_doc, "Kafala Rule Set", "KR-2020")

	def test_an_answer_is_not_a_clients_to_write(self) -> None:
		doc = self.file(best_education="Below Secondary")
		row = next(row for row in doc.answers if row.rule_code == "education")
		row.outcome, doc.eligibility, doc.bar_state = "Pass", judgement.MEETS, "Not on the Bar List"
		doc.save()
		self.assertEqual(self.answers(doc)["education"], "Waivable")
		self.assertEqual(doc.eligibility, judgement.INCOMPLETE)


class TestPapers(FileTestCase):
	def test_papers_follow_the_kind_of_family(self) -> None:
		couple = {row.document_kind for row in self.file().documents}
		divorced = self.file(
			family_kind="Divorced Woman", adults=[cases.adult("Woman Who Applies Alone")], lives_abroad="Yes"
		)
		self.assertIn("KD-02", couple)
		self.assertFalse(couple & {"KD-03", "KD-04", "KD-06", "KD-16"})
		hers = {row.document_kind for row in divorced.documents}
		self.assertTrue({"KD-03", "KD-06"} <= hers)
		self.assertNotIn("KD-02", hers)

	def test_what_was_brought_counts_while_it_is_valid(self) -> None:
		doc = self.file()
		needed = doc.documents_missing
		self.assertEqual(needed, len(doc.documents))
		cases.bring_papers(doc)
		doc.save()
		self.assertEqual(doc.documents_missing, 0)
		row = next(row for row in doc.documents if row.document_kind == "KD-09")
		row.issued_on = add_days(nowdate(), -200)
		doc.save()
		self.assertEqual(doc.documents_missing, 1)

	def test_files_of_papers_are_private(self) -> None:
		doc = self.file()
		doc.documents[0].file = "/files/open.png"
		self.assertRefused(frappe.ValidationError, doc.save)


class TestDuplicates(FileTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.first = self.file()
		adults = [cases.adult("Husband"), cases.adult("Wife")]
		adults[1] |= {
			"birth_date": self.first.adults[1].birth_date,
			"national_number": self.first.adults[1].national_number,
		}
		self.act_as(self.stranger)
		self.second = cases.file(self.there.district, adults=adults)

	def test_elsewhere_one_learns_that_there_is_one_and_whom_to_ask(self) -> None:
		shown = duplicates.panel(self.second)
		self.assertEqual(len(shown), 1)
		self.assertEqual(set(shown[0]), {"ask"})
		self.assertNotIn(self.first.name, str(shown))
		self.assertEqual(shown[0]["ask"], frappe.db.get_value("Org Unit", "HQ", "unit_name"))

	def test_who_may_see_both_sees_the_other_number(self) -> None:
		self.act_as(self.country.head)
		self.assertEqual(duplicates.panel(self.second), [{"name": self.first.name}])

	def test_a_closed_application_is_none(self) -> None:
		cases.at(self.first, "Application Withdrawn")
		self.assertEqual(duplicates.panel(self.second), [])

	def test_the_form_of_whoever_may_not_read_names_says_nothing(self) -> None:
		self.second.run_method("onload")
		self.assertTrue(self.second.get_onload("other_files"))
		self.act_as(self.there.director)
		again = frappe.get_doc(DOCTYPE, self.second.name)
		again.run_method("onload")
		self.assertNotIn("other_files", again.get("__onload") or {})


class TestScope(FileTestCase):
	def test_who_sees_a_file(self) -> None:
		doc = self.file()
		for user, sees in (
			(self.specialist, True),
			(self.here.chief, True),
			(self.country.head, True),
			(self.stranger, False),
			(self.there.chief, False),
			(self.here.director, False),
			(self.here.entry, False),
			(self.here.officer, False),
		):
			with self.subTest(user):
				self.act_as(user)
				self.assertEqual(frappe.has_permission(DOCTYPE, "read", doc.name), sees)
				for doctype, name in (("Family", doc.family), ("Person", doc.adults[0].person)):
					if not sees:
						self.assertFalse(frappe.has_permission(doctype, "read", name))

	def test_nobody_writes_a_file_of_another_administration(self) -> None:
		self.act_as(self.specialist)
		self.assertRefused(frappe.PermissionError, cases.file, self.there.district)
		doc = self.file()
		self.act_as(self.stranger)
		self.assertRefused(frappe.PermissionError, frappe.get_doc(DOCTYPE, doc.name).save)
		self.act_as(self.country.head)
		changed = frappe.get_doc(DOCTYPE, doc.name)
		changed.wished_sex = "Male"
		self.assertRefused(frappe.PermissionError, changed.save)

	def test_a_file_is_not_deleted(self) -> None:
		doc = self.file()
		self.act_as("Administrator")
		self.assertRefused(frappe.PermissionError, frappe.delete_doc, DOCTYPE, doc.name)

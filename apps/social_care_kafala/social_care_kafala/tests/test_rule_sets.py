"""The conditions of kafala by three legal texts: what each says of the families of the table, and what a set has to be."""

import frappe
from frappe.utils import add_days
from social_care.services.packs import expressions
from social_care.tests import SocialCareTestCase

from social_care_kafala.kafala.doctype.kafala_rule_set.kafala_rule_set import KafalaRuleSetError
from social_care_kafala.kafala.eligibility import engine, rule_sets
from social_care_kafala.kafala.eligibility.facts import FACTS, labels
from social_care_kafala.setup import seeds
from social_care_kafala.setup.tables import table
from social_care_kafala.tests.families import DAY, SETS, SOUND, families, letters

DOCTYPE = "Kafala Rule Set"


def as_shipped(code: str) -> tuple[list[engine.Rule], dict[str, float]]:
	"""Rules and limits of a set as the app brings it, whatever a site has made of it."""
	fields = ("rule_code", "passes_when", "applies_when", "waivable_when", "waivable_by")
	rules = [engine.Rule(*(row[field] for field in fields)) for row in seeds.rules()]
	return rules, {row["limit_code"]: row["limit_value"] for row in seeds.limits(code)}


class TestFamilies(SocialCareTestCase):
	def test_every_family_under_every_text(self) -> None:
		found = families()
		self.assertGreaterEqual(len(found), 60)
		self.assertEqual(len({family.story for family in found}), len(found))
		for code in SETS:
			rules, limits = as_shipped(code)
			self.assertEqual(len(rules), 19)
			for family in found:
				with self.subTest(text=code, family=family.story):
					answers = engine.evaluate_rules(rules, limits, family.facts, DAY)
					self.assertEqual(letters(answers), family.expected[code])

	def test_the_table_meets_every_rule_and_every_answer(self) -> None:
		"""No rule stands in the table that is never failed, and each kind of answer is given."""
		columns = list(zip(*(family.expected["KR-2020"] for family in families()), strict=True))
		untried = [number for number, answers in enumerate(columns, 1) if len(set(answers) - {"P", "-"}) == 0]
		self.assertEqual(untried, [])
		self.assertEqual({letter for answers in columns for letter in answers}, set("PFLHM-"))

	def test_an_unknown_fact_is_named(self) -> None:
		rules, limits = as_shipped("KR-2020")
		facts = {name: value for name, value in SOUND.items() if name != "training_result"}
		answers = {row.code: row for row in engine.evaluate_rules(rules, limits, facts, DAY)}
		self.assertEqual(
			(answers["training"].outcome, answers["training"].missing), (engine.MISSING, "training_result")
		)
		self.assertIn("training_result", labels())

	def test_nothing_known_passes_nothing(self) -> None:
		"""An empty form never meets a condition that asks for a fact."""
		rules, limits = as_shipped("KR-2020")
		self.assertNotIn(engine.PASS, {row.outcome for row in engine.evaluate_rules(rules, limits, {}, DAY)})


class TestShippedTexts(SocialCareTestCase):
	def test_every_fact_has_a_name_and_every_condition_asks_for_known_facts(self) -> None:
		self.assertEqual(set(labels()), FACTS)
		asked = set()
		for row in table("rules"):
			for field in ("applies_when", "passes_when", "waivable_when"):
				asked |= expressions.facts(row[field]) if row[field] else set()
		limits = {f"limit.{row['limit_code']}" for row in table("rule_limits")}
		self.assertEqual(asked - FACTS, limits)

	def test_each_text_has_its_limits_with_a_source(self) -> None:
		by_set = {code: {row["limit_code"] for row in seeds.limits(code)} for code in SETS}
		self.assertEqual(len(set(map(frozenset, by_set.values()))), 1)
		for row in table("rule_limits"):
			with self.subTest(row["set_code"] + row["limit_code"]):
				self.assertTrue(row["source"])
				self.assertEqual(row["is_contested"] == "1", bool(row["other_value"] and row["other_source"]))

	def test_a_day_has_one_text(self) -> None:
		for day, code in (
			("2012-03-01", "KR-2010"),
			("2017-12-31", "KR-2010"),
			("2018-01-01", "KR-2018"),
			("2020-05-17", "KR-2018"),
			("2020-05-18", "KR-2020"),
			("2026-01-01", "KR-2020"),
		):
			with self.subTest(day):
				self.assertEqual(rule_sets.in_force(day), code)
		self.assertRefused(rule_sets.NoRuleSetError, rule_sets.in_force, "2009-12-31")

	def test_stored_sets_answer_like_the_shipped_ones(self) -> None:
		for code in SETS:
			self.assertEqual(letters(rule_sets.answers(code, SOUND, DAY)), families()[0].expected[code])


class TestWritingTexts(SocialCareTestCase):
	"""A new decree is a new row set, made in the desk."""

	def draft(self, **values) -> frappe.model.document.Document:
		doc = frappe.copy_doc(frappe.get_doc(DOCTYPE, "KR-2020"))
		doc.update(
			{"set_code": "KR-TEST", "title": "نص جديد", "valid_from": "2031-01-01", "valid_to": None} | values
		)
		return doc

	def end_the_present_one(self) -> None:
		present = frappe.get_doc(DOCTYPE, "KR-2020")
		present.valid_to = add_days("2031-01-01", -1)
		present.save()

	def test_a_new_text_with_another_limit_is_another_answer(self) -> None:
		self.end_the_present_one()
		doc = self.draft()
		next(row for row in doc.limits if row.limit_code == "spouse_age_max").limit_value = 65
		doc.insert()
		self.assertEqual(rule_sets.in_force("2031-01-01"), "KR-TEST")
		facts = SOUND | {"husband.birth_date": "1957-01-01"}
		self.assertEqual(letters(rule_sets.answers("KR-TEST", facts, DAY))[1], "P")
		self.assertEqual(letters(rule_sets.answers("KR-2020", facts, DAY))[1], "L")

	def test_two_texts_do_not_hold_at_one_time(self) -> None:
		self.assertRefused(KafalaRuleSetError, self.draft().insert)
		self.assertRefused(KafalaRuleSetError, self.draft(valid_to="2030-01-01").insert)

	def test_what_cannot_be_evaluated_is_refused(self) -> None:
		self.end_the_present_one()
		for text in ("family_kind ==", "shoe_size > 40", "limit.nothing > 1", "__import__('os')", "[1][0]"):
			with self.subTest(text):
				doc = self.draft()
				doc.rules[0].passes_when = text
				self.assertRefused(KafalaRuleSetError, doc.insert)

	def test_codes_stand_once_and_waivers_say_by_whom(self) -> None:
		self.end_the_present_one()
		twice = self.draft()
		twice.rules[1].rule_code = twice.rules[0].rule_code
		nobody = self.draft()
		nobody.rules[0].update({"waivable_when": "True", "waivable_by": ""})
		alone = self.draft()
		alone.limits[0].update({"is_contested": 1, "other_value": "", "other_source": ""})
		for doc in (twice, nobody, alone):
			self.assertRefused(KafalaRuleSetError, doc.insert)

	def test_who_writes_texts(self) -> None:
		"""Everybody who works with families reads them, administrators and the legal adviser write them."""
		roles = {row.role: row for row in frappe.get_meta(DOCTYPE).permissions}
		self.assertEqual(
			{role for role, row in roles.items() if row.write},
			{"Functional Administrator", "Legal Adviser", "System Manager"},
		)
		self.assertTrue(roles["Social Care User"].read)

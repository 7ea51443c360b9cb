"""The families of the demonstration nation: as many of each as the plan promises, and nothing of the nation's counts is other for them."""

import itertools
from collections import Counter
from datetime import date, timedelta

import frappe
from frappe.utils import nowdate
from social_care.demo.census import quality
from social_care.demo.census.report import broken_histories, children_placed
from social_care.demo.generator.nation import Nation
from social_care.demo.generator.settings import NationSettings
from social_care.demo.loader.store import insert
from social_care.tests import SocialCareTestCase

from social_care_kafala.demo import census, families, plan
from social_care_kafala.kafala.endings import words
from social_care_kafala.kafala.path import states


def nation(children: int = 160) -> Nation:
	return Nation(
		NationSettings(date.fromisoformat(nowdate()), children=children, institutions=30, planted={})
	)


class TestFamilies(SocialCareTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.nation = nation()
		cls.rows: dict[str, list[dict]] = {}
		for doctype, row in families.build(cls.nation):
			cls.rows.setdefault(doctype, []).append(row)

	def load(self) -> None:
		for doctype, rows in self.rows.items():
			self.assertEqual(insert(doctype, rows), len(rows), doctype)

	def test_the_tables_hold_what_was_planted(self) -> None:
		before = census.found()
		self.load()
		self.assertEqual(census.found() - before, census.planted(self.nation))

	def test_the_nations_counts_stay(self) -> None:
		on = self.nation.settings.as_of

		def counts() -> tuple:
			return children_placed(), broken_histories(), quality.counts(on)

		before = counts()
		self.load()
		self.assertEqual(counts(), before)

	def test_every_step_and_every_kind_of_ending_is_shown(self) -> None:
		shown = {row["status"] for row in self.rows[states.DOCTYPE]}
		self.assertEqual(shown, {*states.STEPS, states.REJECTED, states.WITHDRAWN})
		kinds = {row["ending_kind"] for row in self.rows[words.DOCTYPE]}
		self.assertLessEqual({words.RETURN, words.OF_AGE, words.REINTEGRATION}, kinds)
		breakdowns = [row for row in self.rows[words.DOCTYPE] if row["ending_kind"] in words.BREAKDOWNS]
		self.assertTrue(all(row["ending_cause"] for row in breakdowns))

	def test_days_come_one_after_another(self) -> None:
		today = self.nation.settings.as_of
		for child in plan.childhoods(self.nation):
			days = [child.birth + timedelta(days=15)]
			for one in child.kafalas:
				self.assertLess(one.applied, one.approved)
				self.assertLess(one.approved, one.handed)
				days += [one.handed, *([one.ended] if one.ended else [])]
			with self.subTest(child.number):
				self.assertTrue(all(a <= b for a, b in itertools.pairwise(days)), days)
				self.assertLess(days[0], days[1])
				self.assertLessEqual(days[-1], today)
		for one in plan.applications(self.nation):
			self.assertLessEqual(one.approved or one.applied, today)

	def test_names_stand_once_and_rows_of_a_type_have_the_same_keys(self) -> None:
		for doctype, rows in self.rows.items():
			self.assertEqual(len({row["name"] for row in rows}), len(rows), doctype)
			self.assertEqual(len({frozenset(row) for row in rows}), 1, doctype)
			columns = set(frappe.db.get_table_columns(doctype))
			self.assertFalse(set(rows[0]) - columns, doctype)

	def test_links_point_to_rows(self) -> None:
		persons = {row["name"] for row in self.rows["Person"]}
		kin = {row["name"] for row in self.rows["Family"]}
		children = {row["name"] for row in self.rows["Child"]}
		stays = {row["name"]: row for row in self.rows["Placement"]}
		self.assertLessEqual({row["person"] for row in self.rows["Kafala Family Adult"]}, persons)
		self.assertLessEqual({row["family"] for row in self.rows[states.DOCTYPE]}, kin)
		self.assertLessEqual({row["child"] for row in self.rows[states.DOCTYPE]} - {None}, children)
		for row in self.rows[words.DOCTYPE]:
			stay, following = stays[row["family_placement"]], stays[row["next_placement"]]
			self.assertEqual((stay["to_date"], following["from_date"]), (row["ended_on"], row["ended_on"]))
			self.assertEqual(stay["setting"], "Kafala Family")

	def test_the_standard_nation(self) -> None:
		"""12,300 children in 12,000 families; the plan alone is asked."""
		total = census.planted(Nation(NationSettings(date.fromisoformat(nowdate()))))
		self.assertEqual((total[census.LIVING], total[census.FAMILIES]), (12_300, 12_000))
		broken = sum(total[f"Kafala endings: {kind}"] for kind in words.BREAKDOWNS)
		self.assertEqual(broken, plan.BROKEN)

	def test_the_same_seed_makes_the_same_families(self) -> None:
		again: Counter[str] = Counter()
		for doctype, row in families.build(nation()):
			if again[doctype] < 40:
				self.assertEqual(row, self.rows[doctype][again[doctype]])
			again[doctype] += 1

"""Figures that take long to count are kept: by question, so never for readers of other places, and only for a while."""

from unittest.mock import patch

import frappe

from social_care.api import dashboards
from social_care.registry.dashboards import kept
from social_care.tests import SocialCareTestCase, factories
from social_care.tests.queries import queries


class TestKeptFigures(SocialCareTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.cairo, self.giza = (factories.org_unit(governorate=code).name for code in ("01", "21"))
		self.home, self.far = (factories.institution(unit).name for unit in (self.cairo, self.giza))
		factories.child(self.home)
		self.settings(figures_kept_minutes=15)
		self.enterContext(patch.object(kept, "SLOW", 0))  # as if every question took long
		frappe.cache.delete_keys("social_care_figures")
		frappe.cache.delete_value(kept.ASKED)
		self.addCleanup(frappe.cache.delete_keys, "social_care_figures")
		self.addCleanup(frappe.cache.delete_value, kept.ASKED)
		self.chief = factories.staff("Directorate Director", self.cairo)

	def league(self, user: str) -> dict:
		self.act_as(user)
		return dashboards.of_directorate()

	def children(self, user: str) -> int:
		return sum(line["children"]["value"] for line in self.league(user)["league"])

	def one_more(self, home: str) -> None:
		self.act_as("Administrator")
		factories.child(home)

	def test_a_kept_answer_is_given_with_its_time(self) -> None:
		self.assertIsNone(self.league(self.chief)["counted_at"])
		self.one_more(self.home)
		told = self.league(self.chief)
		self.assertEqual(told["league"][0]["children"]["value"], 1)
		self.assertTrue(told["counted_at"])
		frappe.cache.delete_keys("social_care_figures")
		self.assertEqual(self.children(self.chief), 2)

	def test_readers_of_the_same_rows_share_it_and_others_do_not(self) -> None:
		self.assertEqual(self.children(self.chief), 1)
		self.one_more(self.home)
		self.one_more(self.far)
		colleague = factories.staff("Directorate Data Officer", self.cairo)
		other = factories.staff("Directorate Director", self.giza)
		inside = factories.staff("Institution Director", institution=self.home)
		self.assertEqual(self.children(colleague), 1)
		self.assertEqual([line["code"] for line in self.league(other)["league"]], [self.far])
		self.assertEqual(self.children(other), 1)
		self.assertEqual(self.children(inside), 2)

	def test_who_loses_his_place_loses_the_figures(self) -> None:
		self.assertEqual(self.children(self.chief), 1)
		frappe.db.set_value("Staff Assignment", {"user": self.chief}, "valid_to", "2020-01-01")
		frappe.clear_document_cache("Staff Assignment")
		frappe.local.social_care_grants = None
		self.assertEqual(self.league(self.chief)["league"], [])

	def test_without_minutes_everything_is_counted_anew(self) -> None:
		self.settings(figures_kept_minutes=0)
		self.assertEqual(self.children(self.chief), 1)
		self.one_more(self.home)
		self.assertEqual(self.children(self.chief), 2)

	def test_quick_answers_are_not_kept(self) -> None:
		with patch.object(kept, "SLOW", 60):
			self.assertEqual(self.children(self.chief), 1)
			self.one_more(self.home)
			self.assertEqual(self.children(self.chief), 2)

	def test_keys_tell_nothing_of_the_question(self) -> None:
		self.children(self.chief)
		keys = [key.decode() for key in frappe.cache.get_keys("social_care_figures")]
		self.assertTrue(keys)
		for key in keys:
			self.assertNotIn(self.chief, key)
			self.assertNotIn(self.cairo, key)

	def test_the_nation_is_counted_ahead_for_its_readers(self) -> None:
		head = factories.staff("Central Administration Head", "HQ")
		self.act_as(head)
		first = dashboards.of_headquarters()
		self.assertTrue(frappe.cache.get_value(kept.ASKED, expires=True))
		self.one_more(self.home)
		kept.count_ahead()
		self.act_as(head)
		with queries() as sent:
			told = dashboards.of_headquarters()
		self.assertEqual(told["headlines"][0]["value"], first["headlines"][0]["value"] + 1)
		self.assertFalse([query for query in sent if "tabChild" in query])
		self.assertTrue(told["counted_at"])

	def test_nothing_is_counted_ahead_where_nobody_waited(self) -> None:
		with patch.object(frappe, "enqueue") as enqueued:
			kept.enqueue()
			enqueued.assert_not_called()
			frappe.cache.set_value(kept.ASKED, 1)
			kept.enqueue()
			enqueued.assert_called_once()

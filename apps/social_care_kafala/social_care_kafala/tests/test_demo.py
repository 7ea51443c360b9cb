"""The demonstration nation's buildings are as the controller would have made them."""

from datetime import date

import frappe
from frappe.utils import nowdate
from social_care.demo.generator.nation import Nation
from social_care.demo.generator.settings import NationSettings
from social_care.tests import SocialCareTestCase

from social_care_kafala.demo import DOCTYPE, build


def nation() -> Nation:
	"""The whole country with few children."""
	return Nation(
		NationSettings(as_of=date.fromisoformat(nowdate()), children=2000, institutions=465, planted={})
	)


class TestDemonstration(SocialCareTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		rows = list(build(nation()))
		cls.buildings = [row for doctype, row in rows if doctype == DOCTYPE]
		cls.notes = [row for doctype, row in rows if doctype != DOCTYPE]

	def documents(self):
		for row in self.buildings:
			notes = [note for note in self.notes if note["parent"] == row["name"]]
			yield frappe.get_doc({"doctype": DOCTYPE, **row, "follow_ups": notes})

	def test_every_governorate_has_one(self) -> None:
		self.assertEqual(len({row["governorate"] for row in self.buildings}), 27)

	def test_stages_dates_and_notes_pass_the_controllers_rules(self) -> None:
		for doc in self.documents():
			with self.subTest(doc.name):
				stored = doc.works_progress, doc.last_follow_up
				doc.check_dates()
				doc.check_follow_ups()
				doc.sum_up_works()
				doc.check_stage()
				self.assertEqual((doc.works_progress, doc.last_follow_up), stored)

	def test_all_stages_are_shown(self) -> None:
		stages = frappe.get_meta(DOCTYPE).get_field("stage").options.split("\n")
		self.assertEqual({row["stage"] for row in self.buildings}, set(stages))

	def test_open_buildings_house_a_centre_of_their_governorate(self) -> None:
		sites = {site.code: site for site in nation().sites}
		opened = [row for row in self.buildings if row["stage"] == "Centre Opened"]
		self.assertTrue(opened)
		for row in opened:
			site = sites[row["institution"]]
			self.assertEqual((site.kind.code, site.governorate), ("CI-03", row["governorate"]))

	def test_columns_exist(self) -> None:
		columns = set(frappe.db.get_table_columns(DOCTYPE))
		self.assertFalse(set(self.buildings[0]) - columns)
		self.assertEqual({frozenset(row) for row in self.buildings}, {frozenset(self.buildings[0])})

	def test_the_same_nation_has_the_same_buildings(self) -> None:
		self.assertEqual(next(row for _doctype, row in build(nation())), self.buildings[0])

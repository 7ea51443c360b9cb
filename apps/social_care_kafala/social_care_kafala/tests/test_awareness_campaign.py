"""Campaigns that make kafala known: days, activities, steps, whose they are, and which families learned of kafala by one (R2-17)."""

import frappe
from frappe.desk.query_report import run
from frappe.utils import add_days, nowdate
from social_care.tests import factories

from social_care_kafala.kafala.applications.campaigns import BY_CAMPAIGN, CAMPAIGN, CANCELLED
from social_care_kafala.kafala.doctype.kafala_awareness_campaign.kafala_awareness_campaign import (
	HELD,
	PLANNED,
	KafalaCampaignError,
)
from social_care_kafala.kafala.doctype.kafala_family_file.kafala_family_file import KafalaFileError
from social_care_kafala.tests import cases
from social_care_kafala.tests.test_family_file import FileTestCase

RESULT = {"result": "زاد عدد المتقدمين"}


def activity(ago: int, reached: int = 40) -> dict:
	day = add_days(nowdate(), -ago)
	return {"day": day, "activity": "ندوة", "held_at": "مركز شباب", "people_reached": reached}


class CampaignTestCase(FileTestCase):
	def campaign(self, user: str | None = None, **values):
		"""Ten days that end today, with two meetings."""
		self.act_as(user or self.here.chief)
		first = {
			"doctype": CAMPAIGN,
			"title": "بيت لكل طفل",
			"org_unit": self.here.directorate,
			"starts_on": add_days(nowdate(), -10),
			"ends_on": nowdate(),
			"audience": "أسر المحافظة",
			"activities": [activity(8), activity(2, 60)],
		}
		return frappe.get_doc(first | values).insert()

	def step(self, doc, status: str, **values):
		self.act_as(self.here.chief)
		doc = frappe.get_doc(CAMPAIGN, doc.name)
		return doc.update({"status": status, **values}).save()


class TestCampaign(CampaignTestCase):
	def test_it_sums_up_whom_its_activities_reached(self) -> None:
		doc = self.campaign(people_reached=9999)
		self.assertEqual((doc.status, doc.people_reached), (PLANNED, 100))

	def test_activities_lie_within_its_days(self) -> None:
		self.assertRefused(KafalaCampaignError, self.campaign, starts_on=add_days(nowdate(), 1))
		self.assertRefused(KafalaCampaignError, self.campaign, activities=[activity(11)])

	def test_it_is_held_after_its_last_day_with_activities_and_what_came_of_it(self) -> None:
		doc = self.campaign()
		self.assertRefused(KafalaCampaignError, self.step, doc, HELD)
		self.assertTrue(self.step(doc, HELD, **RESULT).closed_on)
		later = self.campaign(ends_on=add_days(nowdate(), 3))
		self.assertRefused(KafalaCampaignError, self.step, later, HELD, **RESULT)
		empty = self.campaign(activities=[])
		self.assertRefused(KafalaCampaignError, self.step, empty, HELD, **RESULT)
		self.assertRefused(KafalaCampaignError, self.campaign, status=HELD, **RESULT)

	def test_what_is_over_is_not_rewritten_and_nothing_is_deleted(self) -> None:
		doc = self.step(self.campaign(), CANCELLED, result="تأجلت إلى العام القادم")
		self.assertRefused(KafalaCampaignError, self.step, doc, HELD)
		self.act_as("Administrator")
		self.assertRefused(frappe.PermissionError, frappe.delete_doc, CAMPAIGN, doc.name)

	def test_it_is_written_at_its_place_and_read_by_everybody(self) -> None:
		doc = self.campaign()
		self.assertRefused(frappe.PermissionError, self.campaign, self.there.chief)
		for user in (self.there.chief, self.here.director, self.stranger):
			self.act_as(user)
			self.assertTrue(frappe.has_permission(CAMPAIGN, "read", doc.name))
		self.act_as(self.there.chief)
		other = frappe.get_doc(CAMPAIGN, doc.name)
		other.audience = "غيرها"
		self.assertRefused(frappe.PermissionError, other.save)
		self.act_as("Administrator")
		manager = factories.staff("General Manager", "HQ")
		self.assertEqual(self.campaign(manager, org_unit="HQ").org_unit, "HQ")


class TestFamilies(CampaignTestCase):
	def test_a_file_names_the_campaign_by_which_the_family_learned_of_kafala(self) -> None:
		doc = self.campaign()
		file = self.file(awareness_campaign=doc.name)
		self.assertEqual((file.source_of_knowledge, file.awareness_campaign), (BY_CAMPAIGN, doc.name))
		file.source_of_knowledge = "Association"
		self.assertFalse(file.save().awareness_campaign)

	def test_neither_a_later_campaign_nor_a_cancelled_one(self) -> None:
		later = self.campaign(starts_on=nowdate(), activities=[])
		applied = add_days(nowdate(), -1)
		self.assertRefused(KafalaFileError, self.file, awareness_campaign=later.name, applied_on=applied)
		doc = self.campaign()
		file = self.file(awareness_campaign=doc.name)
		self.step(doc, CANCELLED, **RESULT)
		self.assertRefused(KafalaFileError, self.file, awareness_campaign=doc.name)
		self.act_as(self.specialist)
		file.wished_sex = "Male"
		file.save()  # what the family said stands

	def test_the_demand_by_source_and_by_campaign(self) -> None:
		doc = self.campaign()
		self.act_as("Administrator")
		frappe.db.delete(cases.DOCTYPE)
		for values in ({"awareness_campaign": doc.name}, {"source_of_knowledge": "Association"}):
			self.file(**values)
		self.file(source_of_knowledge="")
		self.assertEqual(self.rows("Awareness Campaign"), {"بيت لكل طفل": 1})
		frappe.local.lang = "ar"
		self.addCleanup(setattr, frappe.local, "lang", "en")
		found = self.rows("How the Family Learned of Kafala")
		self.assertEqual(found, {"حملة توعية": 1, "جمعية أهلية": 1, "لم يُسأل بعد": 1})
		self.act_as(self.stranger)
		self.assertEqual(self.rows("Awareness Campaign"), {})

	def rows(self, by: str) -> dict[str, int]:
		found = run("Demand for Kafala", {"by": by})["result"]
		return {row["group"]: row["applications"] for row in found if isinstance(row, dict)}

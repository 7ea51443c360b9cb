"""A census under scrutiny: numbers that changed, merges, closed institutions, and a result frozen without some."""

import frappe
from frappe.utils import add_to_date, now_datetime

from social_care.governance.census import CAMPAIGN, ENTRY, RETURN, counting, freezing, signing
from social_care.governance.census.signing import CensusError
from social_care.governance.doctype.census_campaign.census_campaign import CensusCampaignError
from social_care.governance.report.census_expected_and_entered import census_expected_and_entered as report
from social_care.tests import factories
from social_care.tests.test_census import CensusCase


class TestSeen(CensusCase):
	def test_numbers_that_changed_since_are_not_signed(self) -> None:
		row = self.row(self.counted())
		self.act_as(self.entry)
		signing.declare(row.name, 3)
		self.act_as(self.director)
		doc = frappe.get_doc(RETURN, row.name)
		doc.run_method("onload")
		seen = doc.get_onload("seen")
		self.act_as(self.entry)
		signing.declare(row.name, 4, "طفل لم يدخل بعد")
		self.act_as(self.director)
		for stale in (seen, "", None):
			self.assertRefused(CensusError, signing.sign, row.name, stale)
		doc = frappe.get_doc(RETURN, row.name)
		doc.run_method("onload")
		self.assertEqual(signing.sign(row.name, doc.get_onload("seen")), "Signed by Institution")

	def test_a_cut_off_is_not_put_into_the_past(self) -> None:
		doc = frappe.get_doc(CAMPAIGN, self.campaign())
		doc.cut_off = add_to_date(now_datetime(), hours=-1)
		self.assertRefused(CensusCampaignError, doc.save)
		doc.reload()
		doc.cut_off = add_to_date(now_datetime(), hours=2)
		doc.save()


class TestMerged(CensusCase):
	def late(self, campaign: str) -> int:
		counting.add_entries(campaign, [self.home, self.other], late=True)
		return frappe.db.count(ENTRY, {"campaign": campaign, "is_late": 1})

	def test_the_file_that_stands_for_a_counted_one_is_not_counted_again(self) -> None:
		name = self.counted()
		between, survivor = (factories.child(self.home).name for _child in range(2))
		merged = self.children[0]
		frappe.db.set_value("Child", merged, "merged_into", between)
		frappe.db.set_value("Child", between, "merged_into", survivor)
		self.assertEqual(self.late(name), 0)
		frappe.db.set_value("Child", between, "merged_into", None)
		self.assertEqual(self.late(name), 1)  # the survivor is somebody else now

	def test_a_merged_file_is_not_counted(self) -> None:
		frappe.db.set_value("Child", self.children[0], "merged_into", self.children[1])
		name = self.counted()
		self.assertEqual(self.row(name).entered, 2)
		self.assertEqual(self.late(name), 0)


class TestFrozenWithoutSome(CensusCase):
	def test_an_institution_that_closed_meanwhile_is_counted(self) -> None:
		name = self.campaign()
		frappe.db.set_value("Institution", self.home, "status", "Closed")
		frappe.db.set_value(CAMPAIGN, name, "cut_off", now_datetime())
		counting.count(name)
		self.assertEqual(self.row(name).entered, 3)

	def test_headquarters_freezes_with_a_reason_that_stands_on_the_print(self) -> None:
		name = self.counted()
		self.signed(name)
		frappe.db.set_value(RETURN, self.row(name, self.other).name, "status", "Waiting")
		title = frappe.db.get_value("Institution", self.other, "institution_name")
		campaign = frappe.get_doc(CAMPAIGN, name)
		campaign.run_method("onload")
		self.assertEqual(campaign.get_onload("not_signed"), [title])
		for empty in ("", "  ", "<b></b>"):
			self.assertRefused(CensusError, freezing.freeze, name, empty)
		self.act_as(self.here.chief)
		self.assertRefused(frappe.PermissionError, freezing.freeze, name, "أغلقت المؤسسة")
		self.act_as(self.country.head)
		freezing.freeze(name, "أغلقت المؤسسة")
		kept = frappe.db.get_value(CAMPAIGN, name, ["status", "not_signed", "frozen_reason"])
		self.assertEqual(kept, ("Frozen", 1, "أغلقت المؤسسة"))
		notes = " ".join(report.print_layout({"campaign": name}).notes)
		self.assertIn("أغلقت المؤسسة", notes)
		self.assertIn(title.split()[0], notes)
		self.assertTrue(freezing.verify(name)["is_whole"])
		frappe.db.set_value(CAMPAIGN, name, "frozen_reason", "سبب آخر")
		self.assertFalse(freezing.verify(name)["is_whole"])

	def test_no_reason_is_kept_where_all_have_signed(self) -> None:
		name = self.counted()
		self.signed(name)
		freezing.freeze(name, "سبب")
		self.assertEqual(frappe.db.get_value(CAMPAIGN, name, ["not_signed", "frozen_reason"]), (0, ""))

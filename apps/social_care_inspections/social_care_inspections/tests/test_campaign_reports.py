"""Complaints and rapid interventions of the demonstration nation: as their controllers leave them, ready for the next step."""

import frappe
from frappe.utils import get_datetime, now_datetime, time_diff_in_seconds
from social_care.demo.generator import user_names

from social_care_inspections.demo import complaints as planted
from social_care_inspections.demo import interventions as sent_out
from social_care_inspections.demo import team
from social_care_inspections.inspections.complaints import notices
from social_care_inspections.inspections.complaints import states as complaints
from social_care_inspections.inspections.interventions import states as interventions
from social_care_inspections.tests.cases import step
from social_care_inspections.tests.test_campaign import CampaignTestCase

COMPLAINT, SENDER, CASE = complaints.COMPLAINT, complaints.SENDER, interventions.CASE


class TestComplaints(CampaignTestCase):
	def hands(self, row: dict) -> team.Hands:
		site = next(site for site in self.nation.sites if site.code == row["institution"])
		return team.hands(self.nation, site)

	def ordinary(self, status: str, **values) -> dict:
		"""About no office and no abuse."""
		return self.of(COMPLAINT, status=status, against_unit=None, abuse_alleged=0, **values)[0]

	def test_every_state_and_both_with_a_name_and_without(self) -> None:
		rows = self.rows[COMPLAINT]
		self.assertEqual({row["status"] for row in rows}, set(planted.STATES))
		named = {row["name"] for row in rows if not row["is_anonymous"]}
		self.assertTrue(named and len(named) < len(rows))
		self.assertEqual(sorted(row["institution_complaint"] for row in self.rows[SENDER]), sorted(named))

	def test_times_have_their_order_and_lateness_is_that_of_the_clock(self) -> None:
		times = ("creation", "received_on", "triaged_on", "decided_on", "closed_on")
		for row in self.rows[COMPLAINT]:
			found = [row[field] for field in times if row[field]]
			self.assertEqual(found, sorted(found), row["name"])
			self.assertLessEqual(row["modified"].date(), self.nation.settings.as_of, row["name"])
			if row["triaged_on"]:
				self.assertEqual(
					row["triaged_late"], int(row["triaged_on"] > row["triage_due_on"]), row["name"]
				)

	def test_what_a_decision_led_to_is_about_the_same_institution(self) -> None:
		decided = [row for row in self.rows[COMPLAINT] if row["outcome"]]
		self.assertTrue(decided)
		for row in decided:
			field, doctype = complaints.LEADS_TO.get(row["outcome"], (None, None))
			if field:
				self.assertEqual(frappe.db.get_value(doctype, row[field], "institution"), row["institution"])
			self.assertNotEqual(row["decided_by"], row["triaged_by"])

	def test_each_state_takes_its_next_step(self) -> None:
		row = self.ordinary("Received")
		self.act_as(self.hands(row).manager)
		doc = step(frappe.get_doc(COMPLAINT, row["name"]), "In Examination")
		said = {"decision_reasons": "لا دليل", "answer": "فحصت", "outcome": "Unfounded"}
		self.act_as(self.hands(row).director)
		doc = step(doc, "Decided", **said)
		self.assertEqual(step(doc, "Closed", closing_note="أبلغ الشاكي").status, "Closed")
		row = self.ordinary("Decided")
		self.act_as(self.hands(row).director)
		doc = step(frappe.get_doc(COMPLAINT, row["name"]), "Closed", closing_note="تم")
		self.assertEqual(doc.status, "Closed")

	def test_an_institution_sees_what_it_is_asked_and_nobody_who_asked(self) -> None:
		asked = self.of(COMPLAINT, ask_institution=1)
		kept = [row for row in self.rows[COMPLAINT] if not row["ask_institution"]]
		self.assertTrue(kept)
		for row in [*asked[:2], *kept[:2]]:
			self.act_as(user_names.institution_director(row["institution"]))
			seen = frappe.get_list(COMPLAINT, pluck="name", limit_page_length=0)
			self.assertEqual(row["name"] in seen, bool(row["ask_institution"]))
			self.assertFalse(frappe.has_permission(SENDER, "read"))

	def test_the_hourly_job_has_nothing_to_tell_of_what_was_late(self) -> None:
		late = [row for row in self.rows[COMPLAINT] if row["told_above_on"]]
		before = {row["name"]: row["told_above_on"] for row in late}
		notices.tell_of_late()
		for name, told in before.items():
			self.assertEqual(frappe.db.get_value(COMPLAINT, name, "told_above_on"), told)


class TestInterventions(CampaignTestCase):
	def test_every_state_with_the_clock_of_its_arrival(self) -> None:
		rows = self.rows[CASE]
		self.assertEqual({row["status"] for row in rows}, set(sent_out.STATES))
		there = [row for row in rows if row["arrived_on"]]
		self.assertEqual({row["arrived_late"] for row in there}, {0, 1})
		for row in there:
			minutes = time_diff_in_seconds(row["arrived_on"], row["reported_on"]) // 60
			self.assertEqual(row["arrival_minutes"], minutes)
			self.assertEqual(row["arrived_late"], int(row["arrived_on"] > row["arrival_due_on"]))
		for row in rows:
			self.assertEqual(bool(row["arrived_on"]), row["status"] in sent_out.THERE, row["name"])
			self.assertLessEqual(row["modified"].date(), self.nation.settings.as_of)

	def test_what_was_done_has_what_it_needs(self) -> None:
		for row in self.rows[CASE]:
			for field in interventions.NEEDED.get(row["action_taken"], ()):
				self.assertTrue(row[field], (row["name"], field))
			self.assertEqual(bool(row["action_taken"]), row["status"] in sent_out.DONE)

	def test_each_state_takes_its_next_step(self) -> None:
		first = self.nation.sites[0].governorate
		chief = user_names.directorate_director(first)
		self.act_as(chief)
		doc = self.one(CASE, governorate=first, status="Received")
		for user in team.inspectors(self.nation, first):
			doc.append("team", {"user": user})
		doc.save()
		doc = step(doc, "Dispatched")
		moment = max(now_datetime(), get_datetime(doc.reported_on))
		if moment <= now_datetime():
			doc = step(doc, "Arrived", arrived_on=moment)
			doc = step(doc, "Action Taken", action_taken="Help Given", action_details="مساعدة عاجلة")
			doc = step(doc, "Closed", closing_note="استقرت")
			self.assertEqual(doc.status, "Closed")
		doc = self.one(CASE, governorate=first, status="In Follow-Up")
		self.assertEqual(step(doc, "Closed", closing_note="استقرت الحالة").status, "Closed")

	def test_another_directorate_sees_none_of_them(self) -> None:
		first = self.nation.sites[0].governorate
		other = next(site.governorate for site in self.nation.sites if site.governorate != first)
		self.act_as(user_names.directorate_director(other))
		seen = set(frappe.get_list(CASE, pluck="name", limit_page_length=0))
		own = {row["name"] for row in self.rows[CASE] if row["governorate"] == other}
		self.assertEqual(seen, own)
		self.act_as(user_names.institution_director(self.nation.sites[0].code))
		self.assertFalse(frappe.has_permission(CASE, "read"))

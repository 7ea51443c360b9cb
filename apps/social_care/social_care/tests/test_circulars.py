"""Circulars and meetings: other hands publish and approve, everybody addressed is known, reading is confirmed once and by oneself."""

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, add_to_date, now_datetime, nowdate

from social_care.decisions import circulars
from social_care.decisions.report.reading_of_circulars_by_unit import reading_of_circulars_by_unit as report
from social_care.registry.child_paper import PaperError
from social_care.registry.file_review import FourEyesError
from social_care.tests import CountryTestCase, factories
from social_care.tests.queries import queries


class CircularTestCase(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.boss = factories.staff("General Manager", "HQ")
		self.act_as(self.country.head)

	def circular(self, *units: str, role: str | None = None, **values):
		rows = [{"org_unit": unit, "with_units_below": 1, "role": role} for unit in units]
		fields = {
			"doctype": "Circular",
			"subject": "استيفاء صور الأبناء",
			"circular_number": "12/2026",
			"org_unit": "HQ",
			"body": "تُستوفى الصور خلال أسبوعين",
			"addressees": rows,
		}
		return frappe.get_doc(fields | values).insert()

	def step(self, doc, action: str, user: str, **values):
		self.act_as(user)
		doc = frappe.get_doc(doc.doctype, doc.name)
		if values:
			doc.update(values)
			doc.save()
		return apply_workflow(doc, action)

	def published(self, *units: str, **values):
		return self.step(
			self.circular(*(units or (self.here.directorate,)), **values), "Publish the Circular", self.boss
		)


class TestPublishing(CircularTestCase):
	def test_other_hands_publish(self) -> None:
		doc = self.circular(self.here.directorate)
		self.assertRefused(FourEyesError, self.step, doc, "Publish the Circular", self.country.head)
		self.assertEqual(self.step(doc, "Publish the Circular", self.boss).published_by, self.boss)

	def test_everybody_below_is_addressed_once_and_nobody_else(self) -> None:
		doc = self.published(self.here.directorate, self.here.district)
		users = frappe.get_all("Circular Receipt", {"circular": doc.name}, pluck="user")
		self.assertEqual(len(users), len(set(users)))
		self.assertEqual(doc.addressed_count, len(users))
		here = {self.here.entry, self.here.director, self.here.officer, self.here.chief}
		self.assertTrue(here <= set(users))
		self.assertNotIn(self.there.chief, users)

	def test_only_a_role_and_only_the_unit_itself(self) -> None:
		doc = self.published(role="Directorate Director")
		users = set(frappe.get_all("Circular Receipt", {"circular": doc.name}, pluck="user"))
		self.assertIn(self.here.chief, users)
		self.assertFalse(users & {self.here.entry, self.here.officer})
		row = {"org_unit": self.here.directorate, "with_units_below": 0}
		self.act_as(self.country.head)
		doc = self.step(self.circular(addressees=[row]), "Publish the Circular", self.boss)
		users = set(frappe.get_all("Circular Receipt", {"circular": doc.name}, pluck="user"))
		self.assertIn(self.here.officer, users)
		self.assertNotIn(self.here.entry, users)

	def test_whose_assignment_has_ended_or_who_is_disabled_is_not(self) -> None:
		self.act_as("Administrator")
		gone = factories.staff("Directorate Data Officer", self.here.directorate)
		frappe.db.set_value("Staff Assignment", {"user": gone}, "valid_to", add_days(nowdate(), -1))
		off = factories.staff("Social Unit Worker", self.here.district)
		frappe.db.set_value("User", off, "enabled", 0)
		self.act_as(self.country.head)
		doc = self.published()
		users = set(frappe.get_all("Circular Receipt", {"circular": doc.name}, pluck="user"))
		self.assertFalse({gone, off} & users)

	def test_to_somebody_and_with_a_text(self) -> None:
		self.assertRefused(PaperError, self.step, self.circular(), "Publish the Circular", self.boss)
		self.act_as(self.country.head)
		self.assertRefused(frappe.MandatoryError, self.circular, self.here.directorate, body="  \n ")

	def test_to_its_own_units_only(self) -> None:
		self.act_as(self.here.chief)
		own = {"org_unit": self.here.directorate}
		self.assertRefused(PaperError, self.circular, self.there.directorate, **own)
		self.assertEqual(self.circular(self.here.district, **own).status, "Draft")

	def test_a_unit_replaces_its_own_alone(self) -> None:
		old = self.published()
		self.act_as(self.here.chief)
		own = {"org_unit": self.here.directorate, "replaces": old.name}
		self.assertRefused(PaperError, self.circular, self.here.district, **own)
		self.act_as(self.country.head)
		self.published(replaces=old.name)
		self.assertEqual(frappe.db.get_value("Circular", old.name, "status"), "Withdrawn")

	def test_what_is_published_is_not_rewritten(self) -> None:
		doc = self.published()
		self.act_as(self.country.head)
		doc = frappe.get_doc("Circular", doc.name)
		doc.body = "نص آخر"
		self.assertRefused(frappe.ValidationError, doc.save)

	def test_queries_do_not_grow_with_the_addressees(self) -> None:
		first, few = self.circular(self.here.district), self.circular(self.here.district)
		many = self.circular(self.here.directorate)
		self.act_as("Administrator")
		counts = []
		for doc in (first, few, many):
			doc = frappe.get_doc("Circular", doc.name)
			with queries() as sent:
				circulars.address(doc)
			counts.append(len(sent))
		self.assertEqual(counts[1], counts[2])


class TestReading(CircularTestCase):
	def test_it_is_seen_where_it_was_published_to(self) -> None:
		doc = self.circular(self.here.directorate)
		for user in (self.here.entry, self.here.chief):
			self.act_as(user)
			self.assertFalse(frappe.get_list("Circular", {"name": doc.name}))
		doc = self.step(doc, "Publish the Circular", self.boss)
		for user, seen in (
			(self.here.entry, 1),
			(self.here.chief, 1),
			(self.there.entry, 0),
			(self.there.chief, 0),
		):
			self.act_as(user)
			self.assertEqual(len(frappe.get_list("Circular", {"name": doc.name})), seen, user)

	def test_read_once_and_by_oneself(self) -> None:
		doc = self.published()
		self.act_as(self.here.entry)
		self.assertFalse(circulars.reading(doc.name)["read_on"])
		first = circulars.acknowledge(doc.name)["read_on"]
		self.assertTrue(first)
		self.assertEqual(circulars.acknowledge(doc.name)["read_on"], first)
		self.assertEqual(frappe.db.get_value("Circular", doc.name, "read_count"), 1)
		self.act_as(self.here.chief)
		self.assertFalse(circulars.reading(doc.name)["read_on"])

	def test_not_by_whom_it_was_not_addressed_to(self) -> None:
		doc = self.published()
		self.act_as(self.there.chief)
		self.assertRefused(frappe.PermissionError, circulars.acknowledge, doc.name)
		self.assertRefused(frappe.PermissionError, circulars.reading, doc.name)

	def test_nobody_writes_a_receipt(self) -> None:
		doc = self.published()
		for user in ("Administrator", self.country.head):
			self.act_as(user)
			name = frappe.db.get_value("Circular Receipt", {"circular": doc.name, "user": self.here.entry})
			receipt = frappe.get_doc("Circular Receipt", name)
			receipt.read_on = now_datetime()
			self.assertRefused(frappe.PermissionError, receipt.save)
			self.assertRefused(frappe.PermissionError, frappe.delete_doc, "Circular Receipt", name)
		again = frappe.copy_doc(receipt)
		self.assertRefused(frappe.PermissionError, again.insert)

	def test_a_reminder_comes_once_after_the_day(self) -> None:
		doc = self.published()
		self.act_as("Administrator")
		frappe.db.set_value("Circular Receipt", {"circular": doc.name}, "due_on", add_days(nowdate(), -1))
		self.act_as(self.here.entry)
		circulars.acknowledge(doc.name)
		self.act_as("Administrator")
		with self.no_commits():
			told = circulars.remind()
			self.assertEqual(circulars.remind(), 0)
		self.assertGreaterEqual(told, 3)
		found = {"document_name": doc.name, "for_user": self.here.entry}
		self.assertFalse(frappe.db.count("Notification Log", found))
		self.assertEqual(frappe.db.count("Notification Log", found | {"for_user": self.here.chief}), 1)

	def no_commits(self):
		from unittest.mock import patch

		return patch.object(frappe.db, "commit")

	def test_the_report_counts_by_unit_at_the_readers_places(self) -> None:
		doc = self.published(self.here.directorate, self.there.directorate)
		self.act_as(self.here.officer)
		circulars.acknowledge(doc.name)
		self.act_as(self.country.head)
		rows = report.execute({"circular": doc.name})[1]
		self.assertEqual(sum(row.addressed for row in rows), doc.addressed_count)
		self.assertEqual(sum(row.have_read for row in rows), 1)
		self.act_as(self.here.chief)
		mine = report.execute({"circular": doc.name})[1]
		self.assertLess(sum(row.addressed for row in mine), doc.addressed_count)
		self.assertTrue(mine)


class TestMeetings(CircularTestCase):
	def meeting(self, **values):
		fields = {
			"doctype": "Meeting Record",
			"subject": "اجتماع قيادات قطاع الرعاية الاجتماعية",
			"org_unit": "HQ",
			"held_on": add_to_date(now_datetime(), hours=-3),
			"mode": "Video Conference",
			"video_link": "https://meet.example.org/1",
			"chair": "الوزير",
			"attendees": [{"attendee_name": "مدير المديرية", "attendance": "Present by Video"}],
			"discussion": "نوقش موقف الميكنة",
			"decisions": [
				{
					"decision_text": "رفع موقف أسبوعي",
					"org_unit": self.here.directorate,
					"due_on": add_days(nowdate(), 7),
				},
				{"decision_text": "شكر الحاضرين"},
			],
		}
		return frappe.get_doc(fields | values).insert()

	def test_decisions_become_directives_once(self) -> None:
		doc = self.step(self.meeting(), "Record the Meeting as Held", self.country.head)
		self.assertRefused(FourEyesError, self.step, doc, "Approve the Minutes", self.country.head)
		doc = self.step(doc, "Approve the Minutes", self.boss)
		doc.reload()
		self.assertTrue(doc.decisions[0].directive)
		self.assertFalse(doc.decisions[1].directive)
		made = frappe.get_doc("Directive", doc.decisions[0].directive)
		found = (made.meeting, made.status, made.org_unit, made.issued_by)
		self.assertEqual(found, (doc.name, "Draft", self.here.directorate, "Minister"))
		self.assertEqual(frappe.db.count("Directive", {"meeting": doc.name}), 1)

	def test_bad_input(self) -> None:
		self.assertRefused(PaperError, self.meeting, ended_on=add_to_date(now_datetime(), hours=-9))
		half = [{"decision_text": "رفع موقف", "org_unit": self.here.directorate}]
		self.assertRefused(PaperError, self.meeting, decisions=half)
		self.assertRefused(frappe.ValidationError, self.meeting, video_link="ليس رابطا")
		nobody = self.meeting(attendees=[])
		self.assertRefused(PaperError, self.step, nobody, "Record the Meeting as Held", self.country.head)
		coming = self.meeting(held_on=add_to_date(now_datetime(), days=1))
		self.assertRefused(PaperError, self.step, coming, "Record the Meeting as Held", self.country.head)

	def test_minutes_that_are_approved_are_not_rewritten(self) -> None:
		doc = self.step(self.meeting(), "Record the Meeting as Held", self.country.head)
		doc = self.step(doc, "Approve the Minutes", self.boss)
		doc = frappe.get_doc("Meeting Record", doc.name)
		doc.discussion = "غير ذلك"
		self.assertRefused(frappe.ValidationError, doc.save)

	def test_others_do_not_see_it(self) -> None:
		doc = self.meeting()
		self.act_as(self.here.chief)
		self.assertFalse(frappe.get_list("Meeting Record", {"name": doc.name}))

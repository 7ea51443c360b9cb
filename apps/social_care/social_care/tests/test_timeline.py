import json
from unittest.mock import patch

import frappe
from frappe.utils import add_days, nowdate

from social_care.registry.case_work.timeline import HOOK, sources, timeline
from social_care.tests import CountryTestCase, factories
from social_care.tests.case_work import (
	active_plan,
	assessment,
	completed_review,
	contact,
	event,
	saved,
)
from social_care.tests.queries import queries


def tables() -> dict:
	return {
		"education_records": [
			{"school_year": "2025/2026", "enrolment_status": "Enrolled", "school_name": "مدرسة النيل"}
		],
		"health_records": [
			{"record_date": add_days(nowdate(), -3), "record_kind": "Illness", "finding": "حساسية"}
		],
	}


class TestTimeline(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.child = factories.child(self.here.institution, **tables()).name

	def fill(self) -> None:
		active_plan(self.child, self.here.entry, self.here.director)
		completed_review(self.child)
		assessment(self.child).insert()
		contact(self.child, contact_date=add_days(nowdate(), -400), how_it_went="زيارة هادئة").insert()
		event(self.child, event_kind=None, protected_kind="EV-P1").insert()
		saved(self.child, 50).insert()
		frappe.get_doc(
			{
				"doctype": "Child Activity",
				"child": self.child,
				"activity_kind": "Sport",
				"activity_name": "كرة القدم",
			}
		).insert()

	def kinds(self) -> set[str]:
		return {entry["kind"] for entry in timeline(self.child)}

	def texts(self) -> str:
		return json.dumps(timeline(self.child), ensure_ascii=False)

	def test_everything_newest_first(self) -> None:
		self.fill()
		self.act_as(self.here.entry)
		entries = timeline(self.child)
		self.assertTrue(
			{
				*("Placement", "Care Plan", "Care Review", "Child Assessment", "Family Contact"),
				*("Significant Event", "Savings", "Activity", "School Year", "Health"),
			}
			<= {entry["kind"] for entry in entries}
		)
		days = [entry["on"] for entry in entries]
		self.assertEqual(days, sorted(days, reverse=True))
		self.assertTrue(all(entry["title"] for entry in entries))
		self.assertIn("إساءة بدنية", self.texts())

	def ways_out(self) -> None:
		"""A search for the family, a return that failed, and a young person's way into life."""
		papers = (
			("Family Tracing", {"relation": "Mother", "next_step": "زيارة", "next_step_due": nowdate()}),
			("Reintegration Case", {"reintegrated_date": nowdate(), "separated_again_on": nowdate()}),
			("Stay Extension", {"valid_from": nowdate(), "valid_until": add_days(nowdate(), 90)}),
			("Aftercare Plan", {"plan_date": nowdate(), "young_person_view": "أريد عملًا قريبًا"}),
			("Aftercare Support", {"from_date": nowdate(), "kind": "Study Grant", "amount": 500}),
		)
		for doctype, values in papers:
			doc = frappe.get_doc({"doctype": doctype, "child": self.child, "opened_on": nowdate(), **values})
			doc.set_new_name()
			doc.db_insert()

	def test_the_ways_out_of_care(self) -> None:
		self.ways_out()
		self.act_as(self.here.entry)
		self.assertTrue(
			{
				*("Family Tracing", "Reintegration Case", "Return to the Family", "Separated Again"),
				*("Stay Extension", "Aftercare Plan", "Aftercare Support"),
			}
			<= self.kinds()
		)
		self.assertIn("أريد عملًا قريبًا", self.texts())
		self.act_as("Administrator")
		self.act_as(factories.staff("Social Administration Manager", self.here.district))
		told = self.texts()
		self.assertNotIn("أريد عملًا قريبًا", told)
		self.assertNotIn(
			frappe._("Mother"), [text for entry in timeline(self.child) for text in entry["details"]]
		)

	def test_every_source_names_fields_that_exist(self) -> None:
		for source in sources():
			meta = frappe.get_meta(source["doctype"])
			fields = {source["date"], *source.get("title", ()), *source.get("details", ())}
			self.assertFalse({field for field in fields if not meta.has_field(field)}, source)

	def test_levels_of_the_reader(self) -> None:
		self.fill()
		self.act_as(factories.staff("Inspector", self.here.district))
		told = self.texts()
		for hidden in ("إساءة بدنية", "زيارة هادئة", "حساسية", "سقوط من السلم"):
			self.assertNotIn(hidden, told)
		self.assertFalse(self.kinds() & {"Savings", "Health"})
		self.assertTrue({"Care Review", "Family Contact", "School Year"} <= self.kinds())
		self.assertIn("حدث يتعلق بحماية الطفل", told)

	def test_nobody_elsewhere(self) -> None:
		self.fill()
		self.act_as(self.there.entry)
		self.assertRefused(frappe.PermissionError, timeline, self.child)
		self.act_as("Administrator")
		factories.transfer(self.child, self.there.institution)
		self.act_as(self.there.entry)
		self.assertIn("Care Review", self.kinds())
		self.act_as(self.here.entry)
		self.assertRefused(frappe.PermissionError, timeline, self.child)

	def test_queries_do_not_grow(self) -> None:
		def counted() -> int:
			with queries() as sent:
				timeline(self.child)
			return len(sent)

		self.fill()
		counted()
		before = counted()
		for number in range(6):
			contact(self.child, contact_date=add_days(nowdate(), -number)).insert()
			event(self.child).insert()
		self.assertLessEqual(counted(), before)

	def test_another_app_joins_by_the_hook(self) -> None:
		mine = {"doctype": "Workflow Action", "date": "creation", "kind": "Own", "child": "reference_name"}
		self.fill()
		original = frappe.get_hooks

		def hooks(hook=None, *args, **kwargs):
			return (
				[mine, {"doctype": "No Such", "date": "x", "kind": "x"}]
				if hook == HOOK
				else original(hook, *args, **kwargs)
			)

		with patch("frappe.get_hooks", hooks):
			self.assertEqual([source["kind"] for source in sources()], ["Own"])

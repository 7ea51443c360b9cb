import frappe
from frappe.utils import add_days, add_to_date, get_datetime, now_datetime, nowdate

from social_care.registry.case_work import events, notices
from social_care.registry.case_work.records import CaseWorkError
from social_care.registry.file_review import FourEyesError
from social_care.registry.report.case_work_indicators import case_work_indicators
from social_care.registry.report.significant_events_overdue import significant_events_overdue
from social_care.tests import CountryTestCase, factories
from social_care.tests.case_work import active_plan, completed_review, contact, event, step


class EventTestCase(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.child = factories.child(self.here.institution).name


class TestClock(EventTestCase):
	def test_it_runs_from_the_discovery(self) -> None:
		doc = event(self.child).insert()
		self.assertEqual(doc.severity, "Critical")
		self.assertEqual(doc.report_due_on, add_to_date(get_datetime(doc.discovered_on), hours=24))
		self.assertEqual(doc.report_to, frappe._("Directorate"))

	def test_rows_count_from_their_day_on(self) -> None:
		doc, kind = event(self.child), frappe.get_doc("Significant Event Kind", "EV-03")
		day = get_datetime(doc.discovered_on).date()  # of yesterday in the first hour of a day
		kind.append("reporting", {"valid_from": day, "report_to": "Directorate", "hours": 2})
		kind.append("reporting", {"valid_from": day, "report_to": "Public Prosecution", "hours": 6})
		kind.append("reporting", {"valid_from": add_days(day, 9), "report_to": "Directorate", "hours": 1})
		kind.save()
		doc.insert()
		self.assertEqual(doc.report_due_on, add_to_date(get_datetime(doc.discovered_on), hours=2))
		self.assertIn(frappe._("Public Prosecution"), doc.report_to)
		old = events.clock(kind, add_days(day, -1))
		self.assertEqual(old, {"Directorate": 24})

	def test_a_kind_has_one_row_a_day_for_a_receiver(self) -> None:
		kind = frappe.get_doc("Significant Event Kind", "EV-03")
		kind.append("reporting", kind.reporting[0].as_dict() | {"name": None})
		self.assertRefused(CaseWorkError, kind.save)

	def test_order_of_times(self) -> None:
		tomorrow = add_days(now_datetime(), 1)
		self.assertRefused(CaseWorkError, event(self.child, discovered_on=tomorrow).insert)
		self.assertRefused(
			CaseWorkError, event(self.child, occurred_on=add_to_date(now_datetime(), minutes=-5)).insert
		)

	def test_a_late_report_stays_late(self) -> None:
		doc = event(
			self.child, occurred_on=add_days(now_datetime(), -4), discovered_on=add_days(now_datetime(), -3)
		).insert()
		self.assertTrue(events.is_overdue(doc))
		self.act_as(self.here.entry)
		doc = frappe.get_doc("Significant Event", doc.name)
		step(doc, "Reported", reported_late=0, report_due_on=now_datetime())
		self.assertEqual((doc.reported_late, doc.reported_by), (1, self.here.entry))


class TestChain(EventTestCase):
	def test_closed_by_another_person(self) -> None:
		self.act_as(self.here.entry)
		doc = event(self.child).insert()
		self.assertRefused(frappe.ValidationError, step, frappe.get_doc(doc.doctype, doc.name), "Closed")
		step(doc, "Reported")
		doc = frappe.get_doc(doc.doctype, doc.name)
		self.assertRefused(CaseWorkError, step, doc, "Followed Up")
		step(frappe.get_doc(doc.doctype, doc.name), "Followed Up", follow_up="علاج في المستشفى")
		self.act_as(self.here.officer)
		doc = frappe.get_doc(doc.doctype, doc.name)
		self.assertRefused(CaseWorkError, step, doc, "Closed")
		step(frappe.get_doc(doc.doctype, doc.name), "Closed", closing_note="تعافى الطفل")
		self.assertEqual(frappe.db.get_value(doc.doctype, doc.name, "closed_by"), self.here.officer)

	def test_who_recorded_does_not_close(self) -> None:
		doc = event(self.child).insert()
		frappe.db.set_value(doc.doctype, doc.name, {"owner": self.here.officer, "status": "Followed Up"})
		self.act_as(self.here.officer)
		doc = frappe.get_doc(doc.doctype, doc.name)
		self.assertRefused(FourEyesError, step, doc, "Closed", closing_note="انتهى")

	def test_what_was_reported_is_not_rewritten(self) -> None:
		doc = event(self.child).insert()
		step(doc, "Reported")
		doc = frappe.get_doc(doc.doctype, doc.name)
		doc.event_kind = "EV-10"
		self.assertRefused(CaseWorkError, doc.save)

	def test_the_directorate_of_the_place_is_told_without_a_name(self) -> None:
		self.act_as(self.here.entry)
		doc = event(self.child).insert()
		told = {"document_type": doc.doctype, "document_name": doc.name}
		users = set(frappe.get_all("Notification Log", filters=told, pluck="for_user"))
		self.assertTrue({self.here.chief, self.here.officer} <= users)
		self.assertFalse(users & {self.there.chief, self.here.entry})
		subject = frappe.get_all("Notification Log", filters=told, pluck="subject")[0]
		self.assertNotIn(doc.child_name.split()[0], subject)


class TestProtected(EventTestCase):
	def abuse(self):
		return event(
			self.child,
			event_kind=None,
			protected_kind="EV-P1",
			protected_description="ضرب",
			description="إصابة ظاهرة",
		).insert()

	def test_others_learn_the_general_kind_only(self) -> None:
		doc = self.abuse()
		self.assertEqual((doc.event_kind, doc.severity), ("EV-01", "Critical"))
		case_manager = factories.staff("Institution Psychologist", institution=self.here.institution)
		self.act_as(case_manager)
		seen = frappe.get_doc(doc.doctype, doc.name)
		seen.apply_fieldlevel_read_permissions()
		self.assertEqual((seen.event_kind, seen.get("protected_kind")), ("EV-01", None))
		self.assertFalse(seen.get("protected_description"))

	def test_a_protected_kind_stands_in_its_own_field(self) -> None:
		self.assertRefused(CaseWorkError, event(self.child, event_kind="EV-P1").insert)
		self.assertRefused(CaseWorkError, event(self.child, protected_kind="EV-03").insert)
		kind = {"doctype": "Significant Event Kind", "kind_code": "EV-X", "kind_name": "x", "is_protected": 1}
		self.assertRefused(CaseWorkError, frappe.get_doc(kind | {"shown_as": "EV-P1"}).insert)

	def test_a_psychologist_records_a_concern(self) -> None:
		self.act_as(factories.staff("Institution Psychologist", institution=self.here.institution))
		doc = event(self.child, event_kind="EV-01", protected_kind="EV-P1").insert()
		self.assertFalse(doc.protected_kind)


class TestOverdue(EventTestCase):
	def late(self):
		return event(
			self.child, occurred_on=add_days(now_datetime(), -4), discovered_on=add_days(now_datetime(), -3)
		).insert()

	def test_the_list_of_the_directorate(self) -> None:
		doc = self.late()
		self.act_as(self.here.officer)
		rows = {row.name: row for row in significant_events_overdue.execute()[1]}
		self.assertEqual(rows[doc.name].hours_late, 48)
		self.assertTrue(rows[doc.name].place)
		self.act_as(self.there.officer)
		self.assertNotIn(doc.name, {row.name for row in significant_events_overdue.execute()[1]})

	def test_daily_notices_go_once_and_to_the_place(self) -> None:
		self.late()
		frappe.db.set_value("Child", self.child, "next_review_due", add_days(nowdate(), -1))
		for _run in range(2):
			notices.send_notices()
		sent = {
			"document_type": "Institution",
			"document_name": self.here.institution,
			"for_user": self.here.director,
		}
		self.assertEqual(frappe.db.count("Notification Log", sent), 1)
		unit = {
			"document_type": "Org Unit",
			"document_name": self.here.district,
			"for_user": self.here.officer,
		}
		self.assertEqual(frappe.db.count("Notification Log", unit), 1)
		self.assertEqual(frappe.db.count("Notification Log", sent | {"for_user": self.there.director}), 0)

	def test_notices_go_to_those_who_are_responsible_for_the_whole_place(self) -> None:
		role, district = "Family and Childhood Specialist", self.here.district
		whole = factories.staff(role, district)
		some = factories.staff(role, district, scope="Assigned Cases")
		doc = event(self.child).insert()
		told = frappe.get_all("Notification Log", {"document_name": doc.name}, pluck="for_user")
		self.assertIn(whole, told)
		self.assertNotIn(some, told)


class TestIndicators(EventTestCase):
	def rows(self) -> dict:
		name = frappe.db.get_value("Institution", self.here.institution, "institution_name")
		found = [row for row in case_work_indicators.execute({})[1] if row.institution_name == name]
		return found[0] if found else {}

	def test_shares_of_the_places_of_the_reader(self) -> None:
		before = self.rows()
		active_plan(self.child, self.here.entry, self.here.director)
		completed_review(self.child)
		contact(self.child).insert()
		after = self.rows()
		for share in ("planned", "visited"):
			self.assertGreater(after[share], before[share])
		self.act_as(self.there.chief)
		self.assertEqual(self.rows(), {})

"""Movements by their kind and day: back-dated and by the daily job, emergency, exit and admission, leave, and without a request."""

import frappe
from frappe.utils import add_days, getdate, now_datetime, nowdate

from social_care.registry.child_paper import PaperError
from social_care.registry.file_review import FourEyesError
from social_care.registry.moves import guide, upkeep
from social_care.tests import factories
from social_care.tests.move_cases import REFUSALS, MoveTestCase


class TestDays(MoveTestCase):
	def test_back_dated(self) -> None:
		day = add_days(nowdate(), -10)
		self.handed_over(effective_date=day)
		first, last = self.history()
		self.assertEqual((first.to_date, last.from_date), (getdate(day), getdate(day)))

	def test_a_later_hand_over_is_its_own_day(self) -> None:
		name = self.accepted(effective_date=add_days(nowdate(), -5))
		self.step(name, "Record Hand-over", self.second_entry, handed_over_on=add_days(nowdate(), -2))
		self.assertEqual(self.history()[-1].from_date, getdate(add_days(nowdate(), -2)))

	def test_not_before_the_day(self) -> None:
		name = self.accepted(effective_date=add_days(nowdate(), 3))
		self.assertRefused(PaperError, self.step, name, "Record Hand-over", self.second_entry)
		self.assertRefused(
			PaperError, self.step, name, "Record Hand-over", self.second_entry, handed_over_on=nowdate()
		)

	def test_the_daily_job_moves_on_the_day_and_only_once(self) -> None:
		later = self.accepted(effective_date=add_days(nowdate(), 3))
		self.assertNotIn(later, upkeep._due())
		frappe.db.set_value("Placement Change", later, "effective_date", nowdate())
		self.act_as("Administrator")
		for _run in range(2):
			for name in upkeep._due():
				upkeep._take_effect(frappe.get_doc("Placement Change", name, for_update=True))
		self.assertEqual((self.status(later), self.place()), ("Carried Out", self.second))
		self.assertEqual([row.is_current for row in self.history()], [0, 1])
		self.assertFalse(upkeep._take_effect(frappe.get_doc("Placement Change", later)))

	def test_by_setting_it_waits_for_the_hand_over(self) -> None:
		self.settings(handover_waits=1)
		name = self.accepted()
		self.assertNotIn(name, upkeep._due())

	def test_unanswered_requests_expire(self) -> None:
		name = self.approved()
		self.act_as("Administrator")
		self.assertNotIn(name, upkeep._unanswered())
		frappe.db.set_value("Placement Change", name, "answer_due_on", add_days(now_datetime(), -1))
		self.assertIn(name, upkeep._unanswered())
		upkeep._expire(frappe.get_doc("Placement Change", name))
		self.assertEqual((self.status(name), self.place()), ("Expired", self.here.institution))
		self.assertTrue(self.sees(self.second_director, name))
		self.assertTrue(self.sees(self.here.entry, name))


class TestEmergency(MoveTestCase):
	def emergency(self, user: str | None = None, **values) -> str:
		urgent = {"is_emergency": 1, "reason": "MR-06", "reason_details": "خطر داهم", "best_interests": ""}
		return self.propose(user or self.here.chief, **(urgent | values))

	def test_moved_at_once_and_confirmed_afterwards(self) -> None:
		name = self.emergency()
		self.assertEqual((self.status(name), self.place()), ("Awaiting Confirmation", self.second))
		due = frappe.db.get_value("Placement Change", name, "answer_due_on")
		self.assertAlmostEqual((due - now_datetime()).total_seconds() / 3600, 24, delta=0.2)
		self.assertTrue(self.sees(self.second_director, name))
		self.step(name, "Confirm Reception", self.second_director)
		doc = frappe.get_doc("Placement Change", name)
		self.assertEqual(
			(doc.status, doc.accepted_by, doc.answer_due_on), ("Carried Out", self.second_director, None)
		)
		self.assertEqual(len(self.history()), 2)

	def test_only_the_directors_of_the_directorate(self) -> None:
		for user in (self.here.entry, self.here.director, self.here.officer, self.there.chief):
			self.assertRefused(REFUSALS, self.emergency, user)
		self.assertEqual(self.place(), self.here.institution)

	def test_with_a_reason_and_today(self) -> None:
		self.assertRefused(PaperError, self.emergency, reason_details="")
		self.assertRefused(PaperError, self.emergency, effective_date=add_days(nowdate(), -1))

	def test_who_moved_does_not_confirm(self) -> None:
		name = self.emergency()
		self.assertRefused(REFUSALS, self.step, name, "Confirm Reception", self.here.chief)
		self.assertRefused(REFUSALS, self.step, name, "Confirm Reception", self.here.director)

	def test_an_ordinary_transfer_is_not_carried_out_before_it_is_accepted(self) -> None:
		name = self.propose()
		self.step(name, "Return Movement", self.here.chief, closing_reason="يراجع")
		doc = frappe.get_doc("Placement Change", name)
		doc.status = "Awaiting Confirmation"
		self.assertRefused(REFUSALS, doc.save)
		self.assertEqual(self.place(), self.here.institution)


class TestExitAndAdmission(MoveTestCase):
	def exit(self, **values) -> str:
		leaving = {
			"movement": "Exit",
			"to_institution": "",
			"reason": "MR-62",
			"exit_way": "Independent Living",
		}
		return self.propose(**(leaving | {"occasion": "RK-06"} | values))

	def test_independent_living(self) -> None:
		name = self.exit()
		self.step(name, "Approve Movement", self.here.chief)
		child = frappe.get_doc("Child", self.child.name)
		self.assertEqual((self.status(name), child.life_state), ("Carried Out", "In Aftercare"))
		self.assertEqual(self.history()[-1].placement_change, name)

	def test_facts_need_no_decision_number(self) -> None:
		name = self.exit(reason="MR-64", exit_way="Absconding", decision_number="", best_interests="")
		self.step(name, "Approve Movement", self.here.chief)
		(row,) = self.history()
		self.assertEqual((row.is_current, row.end_reason), (0, "Absconding"))
		self.assertEqual(frappe.db.get_value("Placement", row.name, "end_change"), name)

	def test_in_the_future_it_waits(self) -> None:
		name = self.exit(effective_date=add_days(nowdate(), 2))
		self.step(name, "Approve Movement", self.here.chief)
		self.assertEqual((self.status(name), len(self.history())), ("Scheduled", 1))

	def test_the_institution_does_not_decide(self) -> None:
		name = self.exit()
		self.assertRefused(REFUSALS, self.step, name, "Approve Movement", self.here.director)
		doc = frappe.get_doc("Placement Change", name)
		doc.status = "Scheduled"
		self.assertRefused(REFUSALS, doc.save)

	def test_back_into_care_with_acceptance(self) -> None:
		name = self.exit(reason="MR-64", exit_way="Absconding", best_interests="")
		self.step(name, "Approve Movement", self.here.chief)
		self.act_as(self.here.officer)
		self.assertEqual(guide.guide(self.child.name)["movements"], ["Admission"])
		back = self.propose(self.here.officer, movement="Admission", reason="MR-22", best_interests="")
		self.step(back, "Approve Movement", self.here.chief)
		self.step(back, "Accept the Child", self.second_director)
		self.step(back, "Record Hand-over", self.second_entry)
		rows = self.history()
		self.assertEqual((len(rows), rows[-1].institution, rows[-1].is_current), (2, self.second, 1))
		self.assertEqual(frappe.db.get_value("Child", self.child.name, "life_state"), "Active")


class TestLeave(MoveTestCase):
	def leave(self, **values) -> str:
		away = {
			"movement": "Temporary Leave",
			"to_institution": "",
			"reason": "MR-41",
			"due_back_on": add_days(nowdate(), 3),
			"leave_host": "الخالة، مدينة نصر",
			"best_interests": "",
		}
		return self.propose(**(away | values))

	def away(self, **values) -> str:
		name = self.leave(**values)
		self.step(name, "Approve Leave", self.here.director)
		return name

	def test_on_leave_and_on_the_roll(self) -> None:
		name = self.away()
		child = frappe.get_doc("Child", self.child.name)
		self.assertEqual((self.status(name), child.institution), ("On Leave", self.here.institution))
		self.assertEqual(child.leave_due_back, getdate(add_days(nowdate(), 3)))
		self.assertEqual([row.is_current for row in self.history()], [1])

	def test_back(self) -> None:
		name = self.away()
		self.act_as(self.here.entry)
		self.assertRefused(PaperError, guide.come_back, name, add_days(nowdate(), 1))
		guide.come_back(name, nowdate(), "عاد مسرورا")
		self.assertEqual(self.status(name), "Carried Out")
		self.assertIsNone(frappe.db.get_value("Child", self.child.name, "leave_due_back"))
		self.assertRefused(REFUSALS, guide.come_back, name, nowdate())

	def test_a_long_leave_is_the_directorates(self) -> None:
		name = self.leave(due_back_on=add_days(nowdate(), 30))
		self.assertRefused(PaperError, self.step, name, "Approve Leave", self.here.director)
		self.step(name, "Approve Movement", self.here.chief)
		self.assertEqual(self.status(name), "On Leave")

	def test_who_asked_does_not_approve(self) -> None:
		name = self.leave(user=self.here.director)
		self.assertRefused(FourEyesError, self.step, name, "Approve Leave", self.here.director)

	def test_one_leave_at_a_time(self) -> None:
		self.away()
		self.assertRefused(PaperError, self.leave)

	def test_who_absconds_from_leave(self) -> None:
		name = self.away()
		gone = self.propose(
			movement="Exit", to_institution="", reason="MR-64", exit_way="Absconding", best_interests=""
		)
		self.act_as("Administrator")
		frappe.db.set_value("Placement Change", gone, "effective_date", nowdate())
		self.step(gone, "Approve Movement", self.here.chief)
		self.assertEqual((self.status(name), self.status(gone)), ("Carried Out", "Carried Out"))
		self.assertIsNone(frappe.db.get_value("Child", self.child.name, "leave_due_back"))

	def test_with_whom_is_level_3(self) -> None:
		name = self.away()
		self.act_as("Administrator")
		reader = factories.staff("Social Administration Manager", org_unit=self.here.district)
		self.act_as(reader)
		doc = frappe.get_doc("Placement Change", name)
		doc.apply_fieldlevel_read_permissions()
		self.assertFalse(doc.get("leave_host"))


class TestDirectPlacements(MoveTestCase):
	def test_nobody_but_headquarters_writes_a_transfer_without_acceptance(self) -> None:
		for user in (self.here.entry, self.here.director, self.here.officer, self.here.chief):
			self.act_as(user)
			self.assertRefused(frappe.PermissionError, factories.transfer, self.child.name, self.second)
		self.assertEqual(self.place(), self.here.institution)
		self.act_as(self.country.head)
		factories.transfer(self.child.name, self.second)
		self.assertEqual(self.place(), self.second)

	def test_a_flag_in_the_data_opens_nothing(self) -> None:
		name = self.accepted()
		self.act_as(self.here.chief)
		self.assertRefused(
			frappe.PermissionError, factories.transfer, self.child.name, self.second, placement_change=name
		)

	def test_directorates_too_by_setting(self) -> None:
		self.settings(direct_transfers="Directorates Too")
		self.act_as(self.here.officer)
		factories.transfer(self.child.name, self.second)
		self.assertEqual(self.place(), self.second)

	def test_an_admission_out_of_nothing_is_refused_too(self) -> None:
		from social_care.registry.placements import leave_care

		leave_care(self.child.name, "Absconding")
		self.act_as(self.here.chief)
		self.assertRefused(
			frappe.PermissionError, factories.transfer, self.child.name, self.second, movement="Return"
		)

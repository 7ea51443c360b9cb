"""The edges of movements: corrected days, leaves that grow longer, emergencies that nobody confirms, care that ends elsewhere."""

import frappe
from frappe.model.workflow import WorkflowTransitionError
from frappe.utils import add_days, getdate, nowdate

from social_care.registry.child_paper import PaperError
from social_care.registry.file_review import FourEyesError
from social_care.registry.moves import guide, upkeep
from social_care.registry.placements import PlacementError, leave_care
from social_care.tests import factories
from social_care.tests.move_cases import MoveTestCase

GONE = {"movement": "Exit", "to_institution": "", "reason": "MR-64", "best_interests": ""}


def days(number: int) -> str:
	return add_days(nowdate(), number)


class TestCorrections(MoveTestCase):
	def correct(self, placement: str, day: str) -> None:
		doc = frappe.get_doc("Placement", placement)
		doc.from_date = day
		doc.save()

	def test_a_return_is_not_moved_into_the_stay_before(self) -> None:
		leave_care(self.child.name, "Absconding", days(-30))
		back = factories.transfer(self.child.name, self.second, movement="Return", from_date=days(-10)).name
		for day in (days(-31), days(-40)):
			self.assertRefused(PlacementError, self.correct, back, day)
		for day in (days(-30), days(-20)):
			self.correct(back, day)
			first, last = self.history()
			self.assertEqual(
				(first.to_date, first.end_reason, last.from_date),
				(getdate(days(-30)), "Absconding", getdate(day)),
			)

	def test_the_end_of_the_stay_before_goes_with_a_transfer(self) -> None:
		moved = factories.transfer(self.child.name, self.second, from_date=days(-50)).name
		for day in (days(-55), days(-40)):
			self.correct(moved, day)
			first, last = self.history()
			self.assertEqual((first.to_date, last.from_date), (getdate(day), getdate(day)))
		self.assertRefused(PlacementError, self.correct, moved, self.child.admission_date)


class TestDayOfTheJob(MoveTestCase):
	def by_itself(self, name: str) -> bool:
		self.act_as("Administrator")
		return upkeep._take_effect(frappe.get_doc("Placement Change", name, for_update=True))

	def test_not_before_the_acceptance(self) -> None:
		name = self.accepted(effective_date=days(-5))
		self.assertTrue(self.by_itself(name))
		first, last = self.history()
		self.assertEqual((first.to_date, last.from_date), (getdate(nowdate()), getdate(nowdate())))
		self.assertEqual(frappe.db.get_value("Placement Change", name, "handed_over_on"), getdate(nowdate()))

	def test_the_day_that_the_receiver_has_written_counts(self) -> None:
		name = self.accepted(effective_date=days(-5))
		for day, moved in ((days(2), False), (days(-3), True)):
			self.act_as(self.second_entry)
			doc = frappe.get_doc("Placement Change", name)
			doc.handed_over_on = day
			doc.save()
			self.assertEqual(self.by_itself(name), moved)
		self.assertEqual(self.history()[-1].from_date, getdate(days(-3)))


class TestLongerLeave(MoveTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.settings(leave_days_home=7)
		away = {"movement": "Temporary Leave", "to_institution": "", "reason": "MR-41", "best_interests": ""}
		self.name = self.propose(due_back_on=days(3), **away)
		self.step(self.name, "Approve Leave", self.here.director)

	def due_back(self, user: str, day: str | None) -> None:
		self.act_as(user)
		doc = frappe.get_doc("Placement Change", self.name)
		doc.due_back_on = day
		doc.save()

	def on_file(self) -> str:
		return str(frappe.db.get_value("Child", self.child.name, "leave_due_back"))

	def test_within_the_days_of_the_institution(self) -> None:
		self.due_back(self.here.director, days(6))
		self.assertEqual(self.on_file(), days(6))

	def test_beyond_them_by_the_directorate(self) -> None:
		self.assertRefused(PaperError, self.due_back, self.here.director, days(60))
		self.due_back(self.here.chief, days(60))
		self.assertEqual(self.on_file(), days(60))

	def test_who_decides_on_no_leave_makes_none_longer(self) -> None:
		self.act_as("Administrator")
		worker = factories.staff("Institution Social Worker", institution=self.here.institution)
		self.assertRefused(PaperError, self.due_back, worker, days(4))
		self.assertEqual(self.on_file(), days(3))

	def test_who_asked_for_it_does_not_make_it_longer(self) -> None:
		self.assertRefused(FourEyesError, self.due_back, self.here.entry, days(4))

	def test_an_earlier_return_is_only_noted(self) -> None:
		self.due_back(self.here.entry, days(1))
		self.assertEqual(self.on_file(), days(1))
		self.assertRefused(PaperError, self.due_back, self.here.entry, None)
		self.assertRefused(PaperError, self.due_back, self.here.entry, days(-1))


class TestUnconfirmed(MoveTestCase):
	"""The receiving institution has not confirmed an emergency transfer."""

	def setUp(self) -> None:
		super().setUp()
		urgent = {"is_emergency": 1, "reason": "MR-06", "reason_details": "خطر داهم", "best_interests": ""}
		self.name = self.propose(self.here.chief, **urgent)
		frappe.db.set_value("Placement", self.history()[-1].name, "from_date", days(-1))

	def test_a_child_who_absconds_meanwhile(self) -> None:
		self.act_as(self.second_entry)
		told = guide.guide(self.child.name)
		self.assertEqual((told["movements"], told["open"].name), (["Exit"], self.name))
		gone = self.propose(self.second_entry, exit_way="Absconding", **GONE)
		self.assertEqual(guide.guide(self.child.name)["movements"], [])
		self.step(gone, "Approve Movement", self.here.chief)
		self.assertEqual((self.status(self.name), self.status(gone)), ("Carried Out", "Carried Out"))

	def test_no_other_movement_before_it(self) -> None:
		self.assertRefused(PaperError, self.propose, self.second_entry, to_institution=self.here.institution)

	def test_a_child_who_is_placed_elsewhere_meanwhile(self) -> None:
		self.act_as("Administrator")
		factories.transfer(self.child.name, self.there.institution)
		doc = frappe.get_doc("Placement Change", self.name)
		self.assertEqual((doc.status, doc.answer_due_on), ("Carried Out", None))
		self.assertTrue(doc.closing_reason)


class TestCareThatEndsElsewhere(MoveTestCase):
	"""Who lives with a family or on his own is in care, too, until it ends."""

	def setUp(self) -> None:
		super().setUp()
		unit = {"setting": "Independent", "org_unit": self.here.district, "movement": "Aftercare"}
		factories.transfer(self.child.name, None, from_date=days(-30), **unit)

	def test_the_directorate_proposes_and_decides(self) -> None:
		self.act_as(self.here.officer)
		told = guide.guide(self.child.name)
		self.assertEqual(told["movements"], ["Admission", "Exit"])
		self.assertEqual(told["exits"], ["Left Care", "Absconding", "Death"])
		name = self.propose(self.here.officer, exit_way="Death", **GONE)
		self.assertRefused(WorkflowTransitionError, self.step, name, "Approve Movement", self.here.officer)
		self.step(name, "Approve Movement", self.here.chief)
		last = self.history()[-1]
		self.assertEqual((last.is_current, last.end_reason), (0, "Death"))
		self.assertEqual(frappe.db.get_value("Child", self.child.name, "life_state"), "Deceased")
		self.assertEqual(guide.guide(self.child.name)["movements"], [])
		back = {"movement": "Admission", "reason": "MR-22", "best_interests": ""}
		self.assertRefused(PaperError, self.propose, self.here.officer, **back)

	def test_other_movements_begin_in_an_institution(self) -> None:
		self.assertRefused(PaperError, self.propose, self.here.officer, exit_way="Independent Living", **GONE)
		self.assertRefused(PaperError, self.propose, self.here.officer)

	def test_care_ends_once(self) -> None:
		leave_care(self.child.name, "Left Care")
		self.assertRefused(PaperError, self.propose, self.here.officer, exit_way="Death", **GONE)
		self.act_as(self.here.officer)
		self.assertEqual(guide.guide(self.child.name)["movements"], ["Admission"])


class TestSiblingsWhoStay(MoveTestCase):
	def test_who_leaves_for_a_life_of_his_own_needs_no_reason_for_separating(self) -> None:
		self.settings(sibling_mode="Require Reason")
		self.child.family = factories.family().name
		self.child.save()
		factories.child(self.here.institution, family=self.child.family)
		name = self.propose(
			movement="Exit",
			to_institution="",
			reason="MR-62",
			exit_way="Independent Living",
			occasion="RK-06",
		)
		self.step(name, "Approve Movement", self.here.chief)
		self.assertEqual(self.status(name), "Carried Out")


class TestInstitutionsThatPassToAnotherUnit(MoveTestCase):
	def pass_over(self, institution: str) -> None:
		self.act_as("Administrator")
		doc = frappe.get_doc("Institution", institution)
		doc.org_unit = self.there.district
		doc.save()

	def test_the_new_directorate_of_the_sender_decides(self) -> None:
		name = self.propose()
		self.pass_over(self.here.institution)
		self.assertFalse(self.sees(self.here.chief, name))
		self.step(name, "Approve Movement", self.there.chief)
		self.assertEqual(self.status(name), "Awaiting Acceptance")

	def test_the_new_directorate_of_the_receiver_sees_it(self) -> None:
		name = self.approved()
		self.pass_over(self.second)
		self.assertTrue(self.sees(self.there.chief, name))
		self.step(name, "Accept the Child", self.second_director)
		self.assertEqual(self.status(name), "Scheduled")

	def test_closed_ones_stay_with_whoever_decided(self) -> None:
		name = self.handed_over()
		self.pass_over(self.second)
		unit = frappe.db.get_value("Placement Change", name, "addressed_unit")
		self.assertEqual(unit, self.here.district)

"""Where a child lives is one history without gap or overlap, and nobody rewrites it."""

import itertools
import random

import frappe
from frappe.utils import add_days, date_diff, getdate, nowdate

from social_care.registry import placements
from social_care.registry.placements import PlacementError
from social_care.tests import CountryTestCase, factories


def history(child: str) -> list[dict]:
	fields = ["name", "from_date", "to_date", "is_current", "institution", "setting", "end_reason"]
	return frappe.get_all("Placement", filters={"child": child}, fields=fields, order_by="from_date asc")


class PlacementTestCase(CountryTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.second = factories.institution(cls.here.district).name

	def setUp(self) -> None:
		super().setUp()
		self.child = factories.child(self.here.institution)

	def move(self, to: str | None = None, child: str | None = None, **values):
		return factories.transfer(child or self.child.name, to or self.second, **values)

	def reload(self):
		return frappe.get_doc("Child", self.child.name)


class TestAdmission(PlacementTestCase):
	def test_a_new_file_opens_the_first_placement(self) -> None:
		(first,) = history(self.child.name)
		self.assertEqual(
			(first.institution, first.is_current, first.to_date), (self.here.institution, 1, None)
		)
		self.assertEqual(first.from_date, getdate(self.child.admission_date))
		self.assertEqual(self.child.current_placement, first.name)
		self.assertEqual((self.child.org_unit, self.child.governorate), (self.here.district, "01"))
		self.assertEqual((self.child.life_state, self.child.care_type), ("Active", "Residential Institution"))

	def test_a_corrected_admission_date_moves_the_first_placement(self) -> None:
		day = add_days(self.child.admission_date, -10)
		self.child.admission_date = day
		self.child.save()
		self.assertEqual(history(self.child.name)[0].from_date, getdate(day))

	def test_a_correction_that_swallows_a_placement_is_refused(self) -> None:
		self.move(from_date=add_days(nowdate(), -30))
		child = self.reload()
		child.admission_date = add_days(nowdate(), -30)
		self.assertRefused(PlacementError, child.save)


class TestTransfer(PlacementTestCase):
	def test_the_previous_placement_ends_the_day_the_next_begins(self) -> None:
		day = getdate(add_days(nowdate(), -10))
		self.move(from_date=day)
		first, second = history(self.child.name)
		self.assertEqual((first.to_date, first.is_current, first.end_reason), (day, 0, "Next Placement"))
		self.assertEqual((second.from_date, second.to_date, second.is_current), (day, None, 1))

	def test_the_file_follows(self) -> None:
		placement = self.move(self.there.institution)
		child = self.reload()
		self.assertEqual((child.institution, child.org_unit), (self.there.institution, self.there.district))
		self.assertEqual((child.governorate, child.current_placement), ("02", placement.name))

	def test_same_day_and_earlier_are_refused(self) -> None:
		for day in (self.child.admission_date, add_days(self.child.admission_date, -1)):
			self.assertRefused(PlacementError, self.move, from_date=day)

	def test_two_moves_on_one_day_are_refused(self) -> None:
		self.move()
		self.assertRefused(PlacementError, self.move, self.here.institution)

	def test_the_future_and_before_birth_are_refused(self) -> None:
		for day in (add_days(nowdate(), 1), add_days(self.child.birth_date, -1)):
			self.assertRefused(PlacementError, self.move, from_date=day)

	def test_an_institution_that_takes_no_children_is_refused(self) -> None:
		for state in ("Closed", "Closing", "Suspended", "Converted to Aftercare"):
			frappe.db.set_value("Institution", self.second, "status", state)
			with self.subTest(state):
				self.assertRefused(PlacementError, self.move)

	def test_another_setting_needs_no_institution(self) -> None:
		self.child.family = factories.family().name
		self.child.save()
		factories.transfer(
			self.child.name, None, setting="Family", movement="Reintegration", org_unit=self.here.district
		)
		child = self.reload()
		self.assertEqual(
			(child.life_state, child.care_type, child.institution), ("Reintegrated", "Family of Origin", None)
		)

	def test_a_directorate_moves_children_within_itself_only(self) -> None:
		self.settings(direct_transfers="Directorates Too")
		self.act_as(self.here.officer)
		self.assertRefused(frappe.PermissionError, self.move, self.there.institution)
		self.move()
		self.act_as(self.there.officer)
		self.assertRefused(frappe.PermissionError, self.move, self.there.institution)

	def test_an_institution_moves_nobody(self) -> None:
		self.act_as(self.here.director)
		self.assertRefused(frappe.PermissionError, self.move)

	def test_headquarters_moves_between_directorates(self) -> None:
		self.act_as(self.country.head)
		self.move(self.there.institution)
		self.assertEqual(self.reload().institution, self.there.institution)


class TestHistoryStands(PlacementTestCase):
	def test_where_a_child_lived_is_not_changed_afterwards(self) -> None:
		for field, value in (
			("institution", self.second),
			("setting", "Independent"),
			("org_unit", self.there.district),
		):
			placement = frappe.get_doc("Placement", self.child.current_placement)
			placement.set(field, value)
			if field == "org_unit":  # derived from the institution: quietly kept
				placement.save()
				self.assertEqual(placement.org_unit, self.here.district)
			else:
				self.assertRefused(PlacementError, placement.save)

	def test_system_columns_are_kept(self) -> None:
		placement = frappe.get_doc("Placement", self.child.current_placement)
		placement.update({"to_date": nowdate(), "is_current": 0, "end_reason": "Death"})
		placement.save()
		self.assertEqual((placement.to_date, placement.is_current, placement.end_reason or ""), (None, 1, ""))

	def test_a_placement_is_never_deleted(self) -> None:
		self.assertRefused(
			frappe.PermissionError, frappe.delete_doc, "Placement", self.child.current_placement, force=True
		)

	def test_a_corrected_boundary_moves_both_sides(self) -> None:
		second = self.move(from_date=add_days(nowdate(), -10))
		second = frappe.get_doc("Placement", second.name)
		second.from_date = add_days(nowdate(), -12)
		second.save()
		first, last = history(self.child.name)
		self.assertEqual(first.to_date, last.from_date)
		self.assertEqual(last.from_date, getdate(add_days(nowdate(), -12)))

	def test_random_histories_have_neither_gap_nor_overlap(self) -> None:
		chance = random.Random(7)
		homes = [self.here.institution, self.second, self.there.institution]
		for _step in range(25):
			day = add_days(self.child.admission_date, chance.randint(-5, 95))
			frappe.db.savepoint("step")
			try:
				self.move(chance.choice(homes), from_date=day)
			except PlacementError:
				frappe.db.rollback(save_point="step")
		rows = history(self.child.name)
		self.assertGreater(len(rows), 2)
		for earlier, later in itertools.pairwise(rows):
			self.assertEqual(earlier.to_date, later.from_date)
			self.assertGreater(date_diff(earlier.to_date, earlier.from_date), 0)
		self.assertEqual([row.is_current for row in rows], [0] * (len(rows) - 1) + [1])


class TestLeavingCare(PlacementTestCase):
	def test_the_last_placement_ends_and_the_file_says_why(self) -> None:
		for reason, state in placements.ENDINGS.items():
			child = factories.child(self.here.institution)
			self.assertTrue(frappe.db.get_value("Child", child.name, "next_review_due"))
			placements.leave_care(child.name, reason)
			(row,) = history(child.name)
			self.assertEqual((row.is_current, row.end_reason, row.to_date), (0, reason, getdate(nowdate())))
			now = frappe.db.get_value("Child", child.name, ["life_state", "next_review_due"])
			self.assertEqual(now, (state, None))

	def test_a_return_begins_no_earlier_than_the_end(self) -> None:
		end = add_days(nowdate(), -20)
		placements.leave_care(self.child.name, "Absconding", end)
		self.assertRefused(PlacementError, self.move, from_date=add_days(end, -1))
		self.move(from_date=end, movement="Return")
		self.assertEqual(self.reload().life_state, "Active")

	def test_who_left_cannot_leave_again(self) -> None:
		placements.leave_care(self.child.name, "Left Care")
		self.assertRefused(PlacementError, placements.leave_care, self.child.name, "Left Care")

	def test_days_outside_the_placement_are_refused(self) -> None:
		for day in (self.child.admission_date, add_days(nowdate(), 2)):
			self.assertRefused(PlacementError, placements.leave_care, self.child.name, "Left Care", day)

	def test_only_who_may_change_the_placement_ends_it(self) -> None:
		for user in (self.here.entry, self.here.director, self.there.officer):
			self.act_as(user)
			self.assertRefused(frappe.PermissionError, placements.leave_care, self.child.name, "Left Care")


class TestRoom(PlacementTestCase):
	def fill(self) -> None:
		frappe.db.set_value("Institution", self.second, "licensed_capacity", 1)
		factories.child(self.second)
		frappe.clear_messages()

	def test_a_full_institution_warns(self) -> None:
		self.settings(capacity_mode="Warn")
		self.fill()
		self.move()
		self.assertIn(
			frappe._("The institution has {0} children for a licensed capacity of {1}.").format(1, 1),
			self.messages(),
		)

	def test_a_full_institution_blocks_by_setting(self) -> None:
		self.settings(capacity_mode="Block")
		self.fill()
		self.assertRefused(PlacementError, self.move)
		self.assertRefused(PlacementError, factories.child, self.second)

	def test_room_that_was_left_counts(self) -> None:
		self.settings(capacity_mode="Block")
		frappe.db.set_value("Institution", self.second, "licensed_capacity", 1)
		child = factories.child(self.second)
		placements.leave_care(child.name, "Left Care")
		self.move()

	def test_the_other_sex_warns(self) -> None:
		frappe.db.set_value("Institution", self.second, "sex", "Female")
		self.move()
		self.assertIn(frappe._("The institution is licensed for the other sex."), self.messages())


class TestSiblings(PlacementTestCase):
	def setUp(self) -> None:
		super().setUp()
		family = factories.family().name
		self.child.family = family
		self.child.save()
		self.sister = factories.child(self.here.institution, sex="Female", family=family)

	def test_siblings_are_known(self) -> None:
		(row,) = placements.siblings(self.child.name, frappe.db.get_value("Child", self.child.name, "family"))
		self.assertEqual((row.name, row.place), (self.sister.name, self.here.institution))

	def test_separating_needs_a_reason(self) -> None:
		self.settings(sibling_mode="Require Reason")
		self.assertRefused(PlacementError, self.move)
		self.move(sibling_separation_reason="علاج في مدينة أخرى")

	def test_separating_only_warns_by_setting(self) -> None:
		self.settings(sibling_mode="Warn")
		frappe.clear_messages()
		self.move()
		self.assertNotEqual(self.messages(), "")

	def test_joining_a_sibling_needs_none(self) -> None:
		self.settings(sibling_mode="Require Reason")
		self.move(sibling_separation_reason="مؤقتا")
		self.move(child=self.sister.name)

"""Staff Assignments are the only source of roles and of row scope, and nobody gives them to himself."""

import frappe
from frappe.utils import add_days, nowdate
from freezegun import freeze_time

from social_care.organisation import staff_roles
from social_care.organisation.doctype.data_officer.data_officer import DataOfficerError
from social_care.organisation.doctype.staff_assignment.staff_assignment import StaffAssignmentError
from social_care.organisation.grants import active_grants
from social_care.tests import CountryTestCase, factories
from social_care.tests.places import CHIEF, DIRECTOR, ENTRY, OFFICER


class StaffTestCase(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.user = factories.user("new").name

	def roles(self, user: str) -> set[str]:
		return set(frappe.get_roles(user))

	def assignment_of(self, user: str, role: str):
		return frappe.get_doc("Staff Assignment", {"user": user, "role": role})


class TestGiving(StaffTestCase):
	def test_dates_and_place_are_checked(self) -> None:
		today = nowdate()
		for wrong in (
			{"org_unit": self.here.district, "valid_from": today, "valid_to": add_days(today, -1)},
			{"org_unit": None},
			{"scope": "Institution"},
			{"scope": "Assigned Cases", "org_unit": None},
		):
			with self.subTest(str(wrong)):
				self.assertRefused(frappe.ValidationError, factories.assign, self.user, "Inspector", **wrong)

	def test_the_place_not_named_by_the_scope_is_emptied(self) -> None:
		doc = factories.assign(self.user, ENTRY, self.there.directorate, self.here.institution)
		self.assertEqual((doc.institution, doc.org_unit), (self.here.institution, None))

	def test_roles_come_with_the_first_and_go_with_the_last(self) -> None:
		first = factories.assign(self.user, "Inspector", org_unit=self.here.district)
		second = factories.assign(self.user, "Inspector", org_unit=self.there.district)
		self.assertTrue({"Inspector", "Social Care User"} <= self.roles(self.user))
		first.delete()
		self.assertIn("Inspector", self.roles(self.user))
		second.delete()
		self.assertFalse({"Inspector", "Social Care User"} & self.roles(self.user))

	def test_other_apps_roles_are_left_alone(self) -> None:
		frappe.get_doc("User", self.user).add_roles("Translator")
		factories.assign(self.user, "Inspector", org_unit=self.here.district).delete()
		self.assertIn("Translator", self.roles(self.user))

	def test_an_assignment_that_begins_tomorrow_gives_nothing_today(self) -> None:
		factories.assign(
			self.user, "Inspector", org_unit=self.here.district, valid_from=add_days(nowdate(), 1)
		)
		self.assertNotIn("Inspector", self.roles(self.user))

	def test_the_one_institution_becomes_the_default(self) -> None:
		one = factories.assign(self.user, ENTRY, institution=self.here.institution)
		self.assertEqual(frappe.defaults.get_user_default("institution", self.user), self.here.institution)
		factories.assign(self.user, ENTRY, institution=self.there.institution)
		self.assertIsNone(frappe.defaults.get_user_default("institution", self.user))
		one.delete()
		self.assertEqual(frappe.defaults.get_user_default("institution", self.user), self.there.institution)

	def test_a_chief_gives_delegable_roles_in_his_own_directorate(self) -> None:
		self.act_as(self.here.chief)
		factories.assign(self.user, "Inspector", org_unit=self.here.district)
		self.assertRefused(
			StaffAssignmentError, factories.assign, self.user, CHIEF, org_unit=self.here.district
		)
		self.assertRefused(
			StaffAssignmentError, factories.assign, self.user, "System Manager", org_unit=self.here.district
		)
		self.assertRefused(
			frappe.PermissionError, factories.assign, self.user, "Inspector", org_unit=self.there.district
		)
		self.assertRefused(frappe.PermissionError, factories.assign, self.user, "Inspector", org_unit="HQ")
		self.assertRefused(
			frappe.PermissionError, factories.assign, self.user, ENTRY, institution=self.there.institution
		)

	def test_nobody_gives_system_manager(self) -> None:
		for role in ("System Manager", "Administrator", "Translator"):
			self.assertFalse(staff_roles.may_give(self.here.chief, role))

	def test_an_institution_gives_nothing(self) -> None:
		for user in (self.here.entry, self.here.director, self.here.officer):
			self.act_as(user)
			self.assertRefused(
				frappe.PermissionError, factories.assign, self.user, ENTRY, institution=self.here.institution
			)


class TestLevelsOfTwoPlaces(StaffTestCase):
	def test_levels_of_one_place_are_not_carried_to_another(self) -> None:
		factories.assign(self.user, ENTRY, institution=self.here.institution)
		for place in (self.here.district, self.there.district):
			with self.assertRaises(frappe.ValidationError):
				factories.assign(self.user, "Inspector", org_unit=place)

	def test_nor_the_other_way_round(self) -> None:
		factories.assign(self.user, "Inspector", org_unit=self.there.district)
		with self.assertRaises(frappe.ValidationError):
			factories.assign(self.user, ENTRY, institution=self.here.institution)

	def test_more_rights_over_the_same_rows_may_be_added(self) -> None:
		factories.assign(self.user, "Inspector", institution=self.here.institution)
		factories.assign(self.user, ENTRY, institution=self.here.institution)

	def test_one_after_the_other_is_no_matter(self) -> None:
		factories.assign(self.user, ENTRY, institution=self.here.institution, valid_to=nowdate())
		factories.assign(
			self.user, "Inspector", org_unit=self.there.district, valid_from=add_days(nowdate(), 1)
		)

	def test_roles_with_the_same_levels_go_together(self) -> None:
		factories.assign(self.user, OFFICER, org_unit=self.here.directorate)
		factories.assign(self.user, OFFICER, org_unit=self.there.directorate)


class TestOneself(StaffTestCase):
	def test_nobody_assigns_himself(self) -> None:
		self.act_as(self.here.chief)
		self.assertRefused(
			StaffAssignmentError, factories.assign, self.here.chief, "Inspector", org_unit=self.here.district
		)

	def test_nobody_changes_or_removes_his_own(self) -> None:
		own = self.assignment_of(self.here.chief, CHIEF)
		self.act_as(self.here.chief)
		own.valid_to = add_days(nowdate(), 3650)
		self.assertRefused(frappe.PermissionError, own.save)
		own = self.assignment_of(self.here.chief, CHIEF)
		own.user = self.user
		self.assertRefused(frappe.PermissionError, own.save)
		self.assertRefused(frappe.PermissionError, frappe.delete_doc, "Staff Assignment", own.name)

	def test_an_assignment_of_a_higher_role_is_not_rewritten(self) -> None:
		officer = self.assignment_of(self.here.officer, OFFICER)
		self.act_as(self.here.chief)
		officer.role = "Inspector"
		self.assertRefused(StaffAssignmentError, officer.save)

	def test_roles_added_to_the_user_are_dropped(self) -> None:
		doc = frappe.get_doc("User", self.user)
		doc.append_roles(CHIEF, "Functional Administrator")
		doc.save()
		self.assertFalse({CHIEF, "Functional Administrator"} & self.roles(self.user))

	def test_a_role_profile_gives_nothing_without_an_assignment(self) -> None:
		doc = frappe.get_doc("User", self.user)
		doc.role_profile_name = "مدير المديرية"
		doc.save()
		self.assertNotIn(CHIEF, self.roles(self.user))

	def test_the_user_himself_changes_no_roles(self) -> None:
		self.act_as(self.here.entry)
		doc = frappe.get_doc("User", self.here.entry)
		doc.append("roles", {"role": "System Manager"})
		frappe.db.savepoint("own_roles")
		try:
			doc.save()
		except frappe.PermissionError:
			frappe.db.rollback(save_point="own_roles")
		self.assertNotIn("System Manager", self.roles(self.here.entry))


class TestMidnight(StaffTestCase):
	"""A user with two assignments loses the rows of the one that ends, at midnight of that day."""

	def setUp(self) -> None:
		super().setUp()
		self.near = factories.child(self.here.institution).name
		self.far = factories.child(self.there.institution).name
		factories.assign(self.user, OFFICER, org_unit=self.here.directorate)
		factories.assign(self.user, OFFICER, org_unit=self.there.directorate, valid_to=nowdate())

	def seen(self) -> list[str]:
		self.act_as(self.user)
		return sorted(frappe.get_list("Child", filters={"name": ["in", [self.near, self.far]]}, pluck="name"))

	def test_on_the_last_day_both_are_seen(self) -> None:
		self.assertEqual(self.seen(), sorted([self.near, self.far]))

	def test_after_midnight_one_is_seen_without_any_job(self) -> None:
		with freeze_time(f"{add_days(nowdate(), 1)} 00:01:00+02:00"):
			self.assertEqual(self.seen(), [self.near])
			self.assertFalse(frappe.get_doc("Child", self.far).has_permission("read"))
			self.assertEqual(len(active_grants(self.user)), 1)
			self.assertIn(OFFICER, self.roles(self.user))

	def test_the_daily_job_takes_the_role_of_an_ended_assignment(self) -> None:
		doc = self.assignment_of(self.user, OFFICER)
		frappe.db.set_value("Staff Assignment", {"user": self.user}, "valid_to", add_days(nowdate(), -1))
		self.act_as("Administrator")
		staff_roles.sync_changed_now()
		self.assertNotIn(doc.role, self.roles(self.user))


class TestDataOfficer(StaffTestCase):
	def officer(self, directorate: str | None = None, **values):
		return frappe.get_doc(
			{
				"doctype": "Data Officer",
				"directorate": directorate or self.here.directorate,
				"user": self.user,
				"valid_from": nowdate(),
				**values,
			}
		).insert()

	def test_his_assignment_follows(self) -> None:
		doc = self.officer()
		assignment = frappe.get_doc("Staff Assignment", doc.staff_assignment)
		self.assertEqual(
			(assignment.user, assignment.role, assignment.org_unit),
			(self.user, OFFICER, self.here.directorate),
		)
		doc.valid_to = add_days(nowdate(), 5)
		doc.save()
		self.assertEqual(
			str(frappe.db.get_value("Staff Assignment", assignment.name, "valid_to")), add_days(nowdate(), 5)
		)
		doc.delete()
		self.assertFalse(frappe.db.exists("Staff Assignment", assignment.name))

	def test_one_at_a_time(self) -> None:
		self.officer(valid_to=add_days(nowdate(), 10))
		self.assertRefused(DataOfficerError, self.officer, valid_from=add_days(nowdate(), 10))
		self.officer(valid_from=add_days(nowdate(), 11))
		self.officer(self.there.directorate)

	def test_only_at_directorates(self) -> None:
		self.assertRefused(DataOfficerError, self.officer, self.here.district)
		self.assertRefused(DataOfficerError, self.officer, valid_to=add_days(nowdate(), -1))

	def test_a_chief_names_his_own_and_not_himself(self) -> None:
		self.act_as(self.here.chief)
		self.officer()
		self.assertRefused(frappe.PermissionError, self.officer, self.there.directorate)
		self.assertRefused(
			frappe.PermissionError,
			self.officer,
			valid_from=add_days(nowdate(), -90),
			valid_to=add_days(nowdate(), -80),
			user=self.here.chief,
		)

	def test_an_institution_role_is_not_a_directorates(self) -> None:
		self.assertIn(DIRECTOR, self.roles(self.here.director))
		self.act_as(self.here.director)
		self.assertRefused(frappe.PermissionError, self.officer)

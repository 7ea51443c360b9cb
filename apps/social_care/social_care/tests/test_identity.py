"""A person stands behind a child's file: one truth, seen from both sides."""

import frappe
from frappe.utils import add_days, nowdate

from social_care.registry.changes import differs
from social_care.registry.identity import FIELDS, IdentityError
from social_care.registry.placements import PlacementError
from social_care.tests import CountryTestCase, factories


class TestPersonBehindTheFile(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.child = factories.child(self.here.institution, nickname="حمادة")
		self.child.reload()
		self.person = frappe.get_doc("Person", self.child.person)

	def both(self, field: str) -> tuple:
		return frappe.db.get_value("Child", self.child.name, field), frappe.db.get_value(
			"Person", self.person.name, field
		)

	def test_a_new_file_makes_its_person(self) -> None:
		for field in FIELDS:
			if field != "photo_date":
				self.assertFalse(differs(self.person, self.child, field), field)

	def test_a_change_of_the_file_reaches_the_person(self) -> None:
		self.child.first_name = "محمد"
		self.child.save()
		self.assertEqual(self.both("first_name"), ("محمد", "محمد"))
		self.assertTrue(self.both("full_name")[1].startswith("محمد عبد الرحمن"))

	def test_a_change_of_the_person_reaches_the_file(self) -> None:
		self.person.first_name = "إبراهيم"
		self.person.save()
		self.assertEqual(self.both("first_name"), ("إبراهيم", "إبراهيم"))
		self.assertEqual(*self.both("search_name"))

	def test_a_second_save_makes_no_second_person(self) -> None:
		before = frappe.db.count("Person")
		self.child.room_group = "٢"
		self.child.save()
		self.assertEqual(frappe.db.count("Person"), before)

	def test_the_entry_user_fills_one_form(self) -> None:
		self.act_as(self.here.entry)
		child = factories.child(self.here.institution)
		self.assertTrue(frappe.db.exists("Person", child.person))

	def test_the_person_of_a_file_cannot_be_exchanged(self) -> None:
		other = factories.child(self.here.institution)
		person = self.child.person
		self.child.person = other.person
		self.child.save()
		self.assertEqual(frappe.db.get_value("Child", self.child.name, "person"), person)

	def test_neither_is_ever_deleted(self) -> None:
		self.assertRefused(frappe.PermissionError, self.child.delete)
		self.assertRefused(frappe.PermissionError, self.person.delete)
		self.assertRefused(
			frappe.PermissionError,
			frappe.delete_doc,
			"Child",
			self.child.name,
			force=True,
			ignore_permissions=True,
		)


class TestIdentityRules(CountryTestCase):
	def test_names_are_trimmed_and_joined(self) -> None:
		child = factories.child(
			self.here.institution, first_name="  أحمد ", father_name="عبد   الله", family_name=" "
		)
		self.assertEqual((child.first_name, child.father_name), ("أحمد", "عبد الله"))
		self.assertTrue(child.full_name.startswith("أحمد عبد الله "))

	def test_birth_in_the_future_is_refused(self) -> None:
		self.assertRefused(
			IdentityError,
			factories.child,
			self.here.institution,
			birth_date=add_days(nowdate(), 1),
			national_number="",
			national_number_status="In Process",
		)

	def test_admission_lies_between_birth_and_today(self) -> None:
		born = add_days(nowdate(), -30)
		for admission in (add_days(born, -1), add_days(nowdate(), 1)):
			self.assertRefused(
				IdentityError,
				factories.child,
				self.here.institution,
				birth_date=born,
				admission_date=admission,
			)

	def test_a_school_year_stands_once(self) -> None:
		years = [{"school_year": "2025/2026", "enrolment_status": "Enrolled"}] * 2
		self.assertRefused(
			frappe.ValidationError, factories.child, self.here.institution, education_records=years
		)

	def test_system_fields_are_not_taken_from_the_form(self) -> None:
		child = factories.child(
			self.here.institution,
			life_state="Deceased",
			approved_by="Administrator",
			org_unit=self.there.district,
		)
		self.assertEqual(
			(child.life_state, child.approved_by, child.org_unit), ("Active", None, self.here.district)
		)
		child.life_state, child.approved_by = "Deceased", "Administrator"
		child.save()
		self.assertEqual((child.life_state, child.approved_by), ("Active", None))

	def test_the_institution_changes_by_placement_only(self) -> None:
		child = factories.child(self.here.institution)
		child.institution = self.there.institution
		self.assertRefused(PlacementError, child.save)

	def test_a_new_file_needs_an_institution(self) -> None:
		self.assertRefused(frappe.MandatoryError, factories.child, None)

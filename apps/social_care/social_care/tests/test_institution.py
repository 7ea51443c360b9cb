"""An institution's state machine, licence and unit."""

import frappe
from frappe.model.workflow import WorkflowPermissionError
from frappe.utils import add_days, nowdate

from social_care.organisation.doctype.institution.institution import InstitutionStateError
from social_care.setup.tables import table
from social_care.setup.workflows import INSTITUTION_STATES
from social_care.tests import CountryTestCase, factories

ON_REQUESTS = (
	*("Social Unit Worker", "Judicial Seizure Officer", "Rapid Intervention Member", "Committee Member"),
	*("Committee Secretary", "Social Observer", "Rehabilitation Office Clerk", "Rehabilitation Examiner"),
	"Grievance Officer",
)
NOT_OPEN = (WorkflowPermissionError, frappe.PermissionError)
STATES = [state for state, _style, _editors in INSTITUTION_STATES]


class InstitutionTestCase(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.institution = factories.institution(self.here.district)

	def put(self, state: str) -> None:
		self.institution.db_set("status", state)

	def change(self, state: str, **values) -> None:
		doc = frappe.get_doc("Institution", self.institution.name)
		doc.update({"status": state, "status_reason": "قرار", **values})
		doc.save()


class TestStates(InstitutionTestCase):
	def test_only_the_table_of_transitions_is_open(self) -> None:
		roles = {self.here.chief: "Directorate Director", self.country.head: "Central Administration Head"}
		for user, role in roles.items():
			allowed = {
				(row["state"], row["next_state"])
				for row in table("institution_transitions")
				if row["allowed"] == role
			}
			self.act_as(user)
			for old in STATES:
				self.put(old)
				for new in (state for state in STATES if state != old):
					with self.subTest(role, old=old, new=new):
						self.try_change(new, (old, new) in allowed)

	def try_change(self, state: str, open_to_user: bool) -> None:
		if not open_to_user:
			self.assertRefused(NOT_OPEN, self.change, state)
			return
		frappe.db.savepoint("one_change")
		self.change(state)
		frappe.db.rollback(save_point="one_change")

	def test_the_institution_itself_changes_no_state(self) -> None:
		self.institution = frappe.get_doc("Institution", self.here.institution)
		self.act_as(self.here.director)
		self.assertRefused(NOT_OPEN, self.change, "Suspended")

	def test_a_role_held_elsewhere_does_not_count(self) -> None:
		self.institution = frappe.get_doc("Institution", self.here.institution)
		self.act_as(self.country.both)  # director of the institution here, chief of the directorate there
		self.assertRefused(frappe.PermissionError, self.change, "Suspended")

	def test_the_day_of_the_state_is_kept(self) -> None:
		self.act_as(self.here.chief)
		self.change("Suspended", status_date=add_days(nowdate(), -50))
		self.assertEqual(
			str(frappe.db.get_value("Institution", self.institution.name, "status_date")), nowdate()
		)

	def test_hard_states_need_a_reason(self) -> None:
		for state in ("Critical", "Suspended", "Closing"):
			self.assertRefused(InstitutionStateError, self.change, state, status_reason="  ")

	def test_no_institution_closes_while_a_child_lives_there(self) -> None:
		child = factories.child(self.institution.name)
		self.put("Closing")
		self.act_as(self.country.head)
		self.assertRefused(InstitutionStateError, self.change, "Closed")
		factories.transfer(child.name, self.here.institution)
		self.change("Closed")

	def test_who_has_housed_children_is_never_deleted(self) -> None:
		factories.child(self.institution.name)
		self.assertRefused(
			frappe.PermissionError, frappe.delete_doc, "Institution", self.institution.name, force=True
		)


class TestFields(InstitutionTestCase):
	def refused(self, **values) -> None:
		doc = frappe.get_doc("Institution", self.institution.name)
		doc.update(values)
		self.assertRefused(frappe.ValidationError, doc.save)

	def test_ages_and_licence_follow_each_other(self) -> None:
		self.refused(age_from=12, age_to=6)
		self.refused(licence_date=nowdate(), licence_expiry=add_days(nowdate(), -1))

	def test_grade_and_last_visit_are_not_taken_from_the_form(self) -> None:
		doc = frappe.get_doc("Institution", self.institution.name)
		doc.update({"grade": "A", "last_visit_date": nowdate()})
		doc.save()
		self.assertEqual((doc.grade, doc.last_visit_date), (None, None))

	def test_the_code_stays(self) -> None:
		doc = frappe.get_doc("Institution", self.institution.name)
		doc.institution_code = "OTHER"
		doc.save()
		self.assertEqual(doc.institution_code, doc.name)

	def test_capacity_and_licence_are_the_directorates(self) -> None:
		self.act_as(self.here.director)
		doc = frappe.get_doc("Institution", self.here.institution)
		capacity = doc.licensed_capacity
		doc.update(
			{"licensed_capacity": 9, "licence_number": "9", "org_unit": self.there.district, "computers": 4}
		)
		doc.save()
		doc.reload()
		self.assertEqual(
			(doc.licensed_capacity, doc.org_unit, doc.computers), (capacity, self.here.district, 4)
		)

	def test_children_are_counted(self) -> None:
		factories.child(self.institution.name)
		self.assertEqual(frappe.get_doc("Institution", self.institution.name).current_children, 1)

	def test_children_follow_to_another_unit(self) -> None:
		child = factories.child(self.institution.name)
		doc = frappe.get_doc("Institution", self.institution.name)
		doc.org_unit = self.there.district
		doc.save()
		self.assertEqual(
			frappe.db.get_value("Child", child.name, ["org_unit", "governorate"]), (self.there.district, "02")
		)
		self.assertEqual(
			frappe.db.get_value("Placement", child.current_placement, "org_unit"), self.there.district
		)

	def test_who_works_on_requests_sees_what_stands_on_its_sign_in_his_own_district(self) -> None:
		elsewhere = factories.institution(self.there.district).name
		for role in ON_REQUESTS:
			user = factories.staff(role, org_unit=self.here.district)
			self.act_as(user)
			with self.subTest(role):
				doc = frappe.get_doc("Institution", self.institution.name)
				self.assertTrue(doc.has_permission("read"))
				self.assertEqual(doc.get_permlevel_access("read"), [0])
				self.assertFalse(any(doc.has_permission(right) for right in ("write", "create", "export")))
				self.assertFalse(frappe.has_permission("Institution", doc=elsewhere))
				self.assertNotIn(elsewhere, frappe.get_list("Institution", pluck="name", limit=0))
			self.act_as("Administrator")

	def test_nobody_gives_an_institution_away(self) -> None:
		self.act_as(self.here.chief)
		doc = frappe.get_doc("Institution", self.institution.name)
		doc.org_unit = self.there.district
		self.assertRefused(frappe.PermissionError, doc.save)

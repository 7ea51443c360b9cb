"""Longer stays and support of care leavers, and whose papers about a child are."""

import frappe
from frappe.utils import add_days, add_months, getdate, nowdate

from social_care.registry.child_paper import PaperError
from social_care.registry.file_review import FourEyesError
from social_care.tests import factories
from social_care.tests.aftercare_cases import AftercareTestCase


class TestStayExtension(AftercareTestCase):
	def request(self, **values):
		return self.step(self.extension(**values), "Request Extension", self.here.entry)

	def test_from_request_to_approval(self) -> None:
		asked = self.request()
		self.assertEqual((asked.status, asked.requested_by), ("Requested", self.here.entry))
		done = self.step(asked, "Approve Extension", self.here.chief)
		self.assertEqual((done.status, done.decided_by), ("Approved", self.here.chief))

	def test_conditions_of_the_law(self) -> None:
		for values in (
			{"stage": "General Secondary"},
			{"last_result": "Not Passed"},
			{"education_proof": None},
		):
			doc = self.extension(**values)
			self.assertRefused(PaperError, self.step, doc, "Request Extension", self.here.entry)

	def test_conditions_are_settings(self) -> None:
		self.settings(
			extension_needs_passing=0, extension_needs_proof=0, entitling_stages=[{"stage": "Vocational"}]
		)
		asked = self.request(stage="Vocational", last_result="Not Yet", education_proof=None)
		self.assertEqual(asked.status, "Requested")

	def test_an_upper_age_where_the_ministry_sets_one(self) -> None:
		self.assertEqual(self.request().status, "Requested")
		self.act_as("Administrator")
		self.settings(extension_until_age=18)
		self.assertRefused(PaperError, self.request)

	def test_one_year_at_a_time(self) -> None:
		self.assertRefused(PaperError, self.extension, valid_until=add_months(nowdate(), 13))
		self.assertRefused(PaperError, self.extension, valid_until=nowdate())

	def test_not_for_who_is_still_a_child_at_its_end(self) -> None:
		young = self.young(days_past=-800)
		self.act_as(self.here.entry)
		self.assertRefused(
			PaperError, self.as_entry, "Stay Extension", child=young.name, **self.extension_values()
		)

	def test_not_for_who_left(self) -> None:
		doc = self.extension()
		self.leave()
		self.assertRefused(PaperError, self.step, doc, "Request Extension", self.here.officer)

	def test_two_for_the_same_days(self) -> None:
		first, second = self.request(), self.request()
		self.step(first, "Approve Extension", self.here.chief)
		self.assertRefused(PaperError, self.step, second, "Approve Extension", self.here.chief)

	def test_who_wrote_it_does_not_decide(self) -> None:
		self.act_as(self.here.chief)
		values = self.extension_values()
		doc = frappe.get_doc({"doctype": "Stay Extension", "child": self.child.name, **values}).insert()
		doc = self.step(doc, "Request Extension", self.here.entry)
		self.assertRefused(FourEyesError, self.step, doc, "Approve Extension", self.here.chief)
		self.assertEqual(self.step(doc, "Approve Extension", self.country.head).status, "Approved")

	def test_a_refusal_has_a_reason(self) -> None:
		doc = self.request()
		self.assertRefused(PaperError, self.step, doc, "Refuse Extension", self.here.chief)
		doc = frappe.get_doc("Stay Extension", doc.name)
		doc.decision_reason = "انقطع عن الدراسة"
		doc.save()
		self.assertEqual(self.step(doc, "Refuse Extension", self.here.chief).status, "Refused")

	def test_a_decided_one_stays_as_decided(self) -> None:
		doc = self.step(self.request(), "Approve Extension", self.here.chief)
		doc.valid_until = add_days(doc.valid_until, -10)
		self.assertRefused(PaperError, doc.save)

	def test_a_new_one_begins_at_the_beginning(self) -> None:
		doc = self.extension(status="Approved", decided_by=self.here.chief)
		self.assertEqual((doc.status, doc.decided_by), ("Draft", None))

	def test_a_direct_save_is_no_way_round(self) -> None:
		doc = self.request()
		doc.status = "Approved"
		self.assertRefused(frappe.PermissionError, doc.save)

	def test_nobody_deletes_it(self) -> None:
		doc = self.extension()
		self.act_as("Administrator")
		self.assertRefused(frappe.PermissionError, frappe.delete_doc, "Stay Extension", doc.name)


class TestSupport(AftercareTestCase):
	def support(self, **values):
		wanted = {"kind": "Study Grant", "amount": 3000, "from_date": nowdate(), "reason": "مصروفات الكلية"}
		return self.as_entry("Aftercare Support", **{**wanted, **values})

	def test_from_request_to_end(self) -> None:
		plan = self.plan()
		doc = self.support()
		self.assertEqual((doc.status, doc.aftercare_plan), ("Requested", plan.name))
		self.act_as(self.here.chief)
		doc = frappe.get_doc("Aftercare Support", doc.name)
		doc.update({"decision_number": "12", "decision_date": nowdate()})
		doc.save()
		doc = self.step(doc, "Approve Support", self.here.chief)
		doc = self.step(doc, "Hand Over", self.here.officer)
		self.assertEqual(getdate(doc.delivered_on), getdate(nowdate()))
		doc = frappe.get_doc("Aftercare Support", doc.name)
		doc.to_date = nowdate()
		doc.save()
		self.assertEqual(self.step(doc, "End Support", self.here.officer).status, "Ended")

	def test_nothing_is_handed_over_before_it_is_approved(self) -> None:
		doc = self.support()
		self.assertRefused(frappe.ValidationError, self.step, doc, "Hand Over", self.here.officer)
		self.assertRefused(PaperError, self.step, doc, "Approve Support", self.here.chief)

	def test_a_decided_amount_is_not_changed(self) -> None:
		doc = self.support()
		doc.update({"decision_number": "12", "decision_date": nowdate()})
		doc.save()
		doc = self.step(doc, "Approve Support", self.here.chief)
		doc.amount = 9000
		self.assertRefused(PaperError, doc.save)

	def test_bad_input(self) -> None:
		self.assertRefused(PaperError, self.support, amount=0)
		self.assertRefused(frappe.ValidationError, self.support, amount=-5)
		self.assertRefused(PaperError, self.support, to_date=add_days(nowdate(), -1))
		self.assertRefused(frappe.ValidationError, self.support, kind="Car")


class TestScope(AftercareTestCase):
	"""Papers belong to whoever the child's file belongs to, today."""

	def papers(self) -> list:
		return [self.plan(), self.extension(), TestSupport.support(self)]

	def sees(self, user: str, doc) -> bool:
		self.act_as(user)
		listed = bool(frappe.get_list(doc.doctype, filters={"name": doc.name}))
		self.assertEqual(listed, frappe.has_permission(doc.doctype, "read", doc=doc.name))
		return listed

	def test_another_directorate_sees_nothing(self) -> None:
		for doc in self.papers():
			self.assertTrue(self.sees(self.here.entry, doc) and self.sees(self.here.chief, doc))
			self.assertFalse(self.sees(self.there.entry, doc) or self.sees(self.there.chief, doc))

	def test_they_move_with_the_child(self) -> None:
		papers = self.papers()
		self.act_as("Administrator")
		factories.transfer(self.child.name, self.there.institution)
		for doc in papers:
			self.assertTrue(self.sees(self.there.entry, doc))
			self.assertFalse(self.sees(self.here.entry, doc) or self.sees(self.here.chief, doc))

	def test_nothing_is_written_about_a_child_elsewhere(self) -> None:
		self.act_as(self.there.entry)
		values = {"child": self.child.name, "plan_date": nowdate()}
		doc = frappe.get_doc({"doctype": "Aftercare Plan", **values})
		self.assertRefused(frappe.PermissionError, doc.insert)

	def test_a_right_elsewhere_is_no_right_here(self) -> None:
		"""Who may enter plans in one institution and only read files in another enters none there."""
		reader = factories.staff("Social Administration Manager", org_unit=self.here.district)
		other = factories.institution(self.here.district).name
		doc = self.plan()
		self.act_as(reader)
		self.assertRefused(frappe.PermissionError, frappe.get_doc("Aftercare Plan", doc.name).save)
		self.act_as("Administrator")
		self.assertFalse(frappe.get_all("Staff Assignment", {"user": reader, "institution": other}))

	def test_levels(self) -> None:
		self.act_as("Administrator")
		reader = factories.staff("Social Administration Manager", org_unit=self.here.district)
		plan = self.plan()
		self.act_as(reader)
		doc = frappe.get_doc("Aftercare Plan", plan.name)
		doc.apply_fieldlevel_read_permissions()
		self.assertFalse(doc.get("young_person_view"))
		self.assertTrue(doc.goals)

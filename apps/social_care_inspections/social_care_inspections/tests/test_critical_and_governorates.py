"""Critical institutions, licensing freezes, governorates without institutions."""

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, nowdate
from social_care.registry.file_review import FourEyesError
from social_care.tests import CountryTestCase, factories

from social_care_inspections.inspections.closings import critical, governorate
from social_care_inspections.inspections.closings.critical import CriticalFollowUpError
from social_care_inspections.inspections.closings.freeze import LicensingFreezeError
from social_care_inspections.inspections.closings.governorate import InstitutionFreeGovernorateError
from social_care_inspections.tests.cases import VisitTestCase, fresh, step


def memo() -> dict:
	return {"memo": "درجة حرجة", "required_actions": "نظافة وسلامة", "improve_by": add_days(nowdate(), 30)}


def decision() -> dict:
	return {"decision_number": "9/2026", "decision_date": nowdate(), "decision_authority": "وزيرة التضامن"}


class TestCritical(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.home = factories.institution(self.here.district).name

	def flag(self, user: str, **values):
		self.act_as(user)
		base = {"doctype": "Critical Follow-up", "institution": self.home, "flagged_because": "Decision"}
		return frappe.get_doc(base | memo() | values).insert()

	def state(self) -> str:
		return frappe.db.get_value("Institution", self.home, "status")

	def test_by_decision_and_by_other_hands(self) -> None:
		doc = self.flag(self.here.chief)
		self.assertRefused(FourEyesError, step, doc, "Under Follow-up", **decision())
		self.act_as(self.country.head)
		self.assertRefused(CriticalFollowUpError, step, doc, "Under Follow-up")
		doc = step(doc, "Under Follow-up", **decision())
		self.assertEqual((doc.confirmed_by, self.state()), (self.country.head, "Critical"))
		self.assertRefused(CriticalFollowUpError, step, doc, "Lifted")
		step(doc, "Lifted", result_reason="عولجت المخالفات")
		self.assertEqual(self.state(), "Operating")

	def test_lifted_into_the_state_that_it_found(self) -> None:
		frappe.db.set_value("Institution", self.home, "status", "Suspended")
		doc = self.flag(self.here.chief)
		self.act_as(self.country.head)
		doc = step(doc, "Under Follow-up", **decision())
		self.assertEqual(self.state(), "Critical")
		step(doc, "Lifted", result_reason="عولجت المخالفات")
		self.assertEqual(self.state(), "Suspended")

	def test_by_the_grade_only_where_it_is_the_worst(self) -> None:
		self.assertRefused(CriticalFollowUpError, self.flag, self.here.chief, flagged_because="Grade D")
		frappe.db.set_value("Institution", self.home, "grade", "D")
		self.assertEqual(self.flag(self.here.chief, flagged_because="Grade D").status, "Flagged")
		self.assertRefused(CriticalFollowUpError, self.flag, self.here.chief)

	def test_a_closing_follows_only_of_the_same_institution(self) -> None:
		doc = self.flag(self.here.chief)
		self.act_as(self.country.head)
		doc = step(doc, "Under Follow-up", **decision())
		closing = {"memo": "س", "reason": "Grave Violations", "expected_result": "Final Closing"}
		own, other = (
			frappe.get_doc({"doctype": "Closing Case", "institution": name} | closing).insert().name
			for name in (self.home, self.there.institution)
		)
		self.assertRefused(CriticalFollowUpError, step, doc, "Closing Begun", closing_case=other)
		frappe.db.set_value("Closing Case", own, "status", "Cancelled")
		self.assertRefused(CriticalFollowUpError, step, doc, "Closing Begun", closing_case=own)
		frappe.db.set_value("Closing Case", own, "status", "Memo")
		self.assertEqual(step(doc, "Closing Begun", closing_case=own).status, "Closing Begun")

	def test_who_sees_it(self) -> None:
		doc = self.flag(self.here.chief)
		for user in (self.there.chief, self.here.director):
			self.act_as(user)
			self.assertFalse(frappe.has_permission("Critical Follow-up", "read", doc=doc.name), user)


class TestFlagByVisit(VisitTestCase):
	def test_an_approved_grade_d_flags(self) -> None:
		self.act_as("Administrator")
		visit = frappe.get_doc({"doctype": "Institution Visit", "institution": self.here.institution})
		visit.update({"name": "IV-TEST-D", "grade": "D", "visited_on": nowdate()})
		from social_care_inspections.inspections.visits import effect

		effect.note_grade(visit)
		effect.note_grade(visit)
		rows = frappe.get_all(
			"Critical Follow-up", {"institution": self.here.institution}, ["flagged_because", "memo"]
		)
		self.assertEqual([row.flagged_because for row in rows], [critical.BY_GRADE])
		self.assertIn("IV-TEST-D", rows[0].memo)


class TestFreeze(CountryTestCase):
	def freeze(self, **values):
		self.act_as(self.country.head)
		base = {
			"doctype": "Licensing Freeze",
			"institution_type": "CI-05",
			"from_date": add_days(nowdate(), -5),
		}
		return frappe.get_doc(base | {"reason": "فائض أماكن"} | decision() | values).insert()

	def new(self, **values):
		self.act_as("Administrator")
		return factories.institution(self.here.district, **({"institution_type": "CI-05"} | values))

	def test_no_new_institution_of_the_kind(self) -> None:
		before = self.new()
		self.freeze()
		self.assertRefused(LicensingFreezeError, self.new)
		self.assertTrue(self.new(institution_type="CI-01"))
		self.assertTrue(self.new(licence_number="5", licence_date=add_days(nowdate(), -400)))
		before.licence_number, before.licence_date = "7", nowdate()
		self.assertRefused(LicensingFreezeError, before.save)

	def test_no_licence_to_whoever_has_none(self) -> None:
		home = self.new()
		home.db_set("status", "Under Licensing")
		self.freeze()
		self.act_as(self.country.head)
		self.assertRefused(LicensingFreezeError, apply_workflow, fresh(home), "Grant Licence")

	def test_only_in_its_time_and_place(self) -> None:
		self.freeze(governorate="02")
		self.assertTrue(self.new())
		self.freeze(from_date=add_days(nowdate(), -90), to_date=add_days(nowdate(), -1))
		self.assertTrue(self.new())
		self.freeze(governorate="01")
		self.assertRefused(LicensingFreezeError, self.new)

	def test_what_has_begun_is_ended_and_not_rewritten(self) -> None:
		doc = self.freeze()
		doc.institution_type = "CI-01"
		self.assertRefused(LicensingFreezeError, doc.save)
		doc = fresh(doc)
		doc.to_date = add_days(nowdate(), -1)
		doc.save()
		self.assertTrue(self.new())
		self.act_as(self.here.chief)
		self.assertTrue(frappe.has_permission("Licensing Freeze", "read", doc=doc.name))
		self.assertRefused(frappe.PermissionError, doc.save)


class TestGovernorate(CountryTestCase):
	"""A governorate of its own: nobody else's institutions lie there."""

	def setUp(self) -> None:
		super().setUp()
		self.code = (
			frappe.get_doc(
				{
					"doctype": "Governorate",
					"governorate_code": "98",
					"governorate_name": f"محافظة {factories.letters()}",
				}
			)
			.insert()
			.name
		)
		self.unit = factories.org_unit(governorate=self.code).name
		self.chief = factories.staff("Directorate Director", self.unit)
		self.home = factories.institution(self.unit).name
		self.child = factories.child(self.home).name

	def plan(self):
		self.act_as(self.chief)
		values = {"org_unit": self.unit, "plan": "كفالة ودعم أسر", "block_from": nowdate()}
		doc = frappe.get_doc({"doctype": governorate.PLAN} | values).insert()
		self.act_as(self.country.head)
		return step(doc, "In Preparation")

	def test_what_remains(self) -> None:
		doc = self.plan()
		self.assertEqual((doc.institutions_left, doc.children_left, doc.org_unit), (1, 1, self.unit))

	def test_nobody_comes_in_any_more(self) -> None:
		self.plan()
		self.act_as("Administrator")
		self.assertRefused(InstitutionFreeGovernorateError, factories.child, self.home)
		moved = factories.child(self.here.institution).name
		self.assertRefused(InstitutionFreeGovernorateError, factories.transfer, moved, self.home)
		self.assertRefused(InstitutionFreeGovernorateError, factories.institution, self.unit)
		self.assertTrue(factories.institution(self.unit, institution_type="CI-04"))

	def test_declared_when_both_are_zero(self) -> None:
		doc = self.plan()
		refuse = InstitutionFreeGovernorateError
		self.assertRefused(refuse, step, doc, "Declared", **decision())
		self.act_as("Administrator")
		frappe.db.set_value("Institution", self.home, "status", "Closed")
		self.act_as(self.country.head)
		self.assertIn("1", str(self.assertRefused(refuse, step, doc, "Declared", **decision())))
		self.assertRefused(refuse, apply_workflow, fresh(doc), "Declare Free of Institutions")
		self.act_as("Administrator")
		factories.transfer(self.child, self.here.institution)
		self.act_as(self.country.head)
		doc = step(doc, "Declared", **decision())
		self.assertEqual((doc.status, doc.declared_by), ("Declared", self.country.head))
		doc.block_from = None
		self.assertRefused(refuse, doc.save)

	def test_what_has_ended_is_not_begun_again_by_a_date(self) -> None:
		doc = self.plan()
		self.act_as(self.chief)
		doc.block_from = "2099-01-01"
		self.assertRefused(InstitutionFreeGovernorateError, doc.save)
		self.assertRefused(InstitutionFreeGovernorateError, self.plan)
		self.act_as(self.country.head)
		step(doc, "Withdrawn", withdrawal_reason="يعاد التخطيط")
		self.assertEqual(self.plan().status, "In Preparation")

	def test_a_converted_institution_does_not_count_and_is_closed(self) -> None:
		doc = self.plan()
		frappe.db.set_value("Institution", self.home, "status", "Converted to Aftercare")
		self.assertEqual((fresh(doc).institutions_left, fresh(doc).children_left), (0, 0))
		self.act_as(self.country.head)
		home = frappe.get_doc("Institution", self.home)
		home.update({"status": "Closing", "status_reason": "قرار"})
		self.assertEqual(home.save().status, "Closing")

	def test_who_sees_and_declares(self) -> None:
		doc = self.plan()
		self.act_as(self.chief)
		self.assertRefused(frappe.PermissionError, step, doc, "Declared", **decision())
		self.act_as(self.here.chief)
		self.assertFalse(frappe.has_permission(governorate.PLAN, "read", doc=doc.name))

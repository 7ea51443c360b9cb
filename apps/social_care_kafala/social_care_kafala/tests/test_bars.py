"""The bar list: proposed, decided by other hands, lifted; what a file learns of it."""

import frappe
from frappe.utils import add_days, nowdate
from social_care.registry.file_review import FourEyesError
from social_care.tests import factories

from social_care_kafala.kafala.applications import bars
from social_care_kafala.kafala.doctype.kafala_bar.kafala_bar import KafalaBarError
from social_care_kafala.kafala.eligibility.engine import FAIL, MISSING
from social_care_kafala.tests import cases
from social_care_kafala.tests.test_family_file import FileTestCase

DOCTYPE = "Kafala Bar"


class TestBars(FileTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.manager = factories.staff("General Manager", "HQ")

	def setUp(self) -> None:
		super().setUp()
		self.adult = cases.adult("Wife")

	def proposed(self, unit: str | None = None, **values):
		self.act_as(self.there.chief)
		row = {
			"doctype": DOCTYPE,
			"org_unit": unit or self.there.directorate,
			"full_name": " ".join(self.adult[part] for part in ("first_name", "father_name", "family_name")),
			"national_number": self.adult["national_number"],
			"reason_kind": "Unjustified Return of a Child",
			"reason": "إعادة بلا سبب قوي",
		}
		return frappe.get_doc(row | values).insert()

	def in_force(self, **values):
		doc = self.proposed(**values)
		self.act_as(self.manager)
		doc = frappe.get_doc(DOCTYPE, doc.name)
		doc.update({"status": "In Force", "decision_number": "12/2026", "decision_date": nowdate()})
		return doc.save()

	def test_a_number_on_the_list_fails_the_family_everywhere(self) -> None:
		self.in_force()
		doc = self.file(adults=[cases.adult("Husband"), self.adult])
		self.assertEqual((doc.bar_state, self.answers(doc)["bar_list"]), (bars.BARRED, FAIL))

	def test_a_proposal_and_a_lifted_row_count_for_nothing(self) -> None:
		self.proposed()
		adults = [cases.adult("Husband"), self.adult]
		self.assertEqual(self.file(adults=adults).bar_state, bars.CLEAR)
		row = self.in_force()
		row.update({"status": "Bar Lifted", "lift_reason": "زوال السبب"})
		row.save()
		self.assertEqual(self.file(adults=adults).bar_state, bars.CLEAR)

	def test_a_name_alone_is_a_question(self) -> None:
		self.in_force(national_number="")
		doc = self.file(adults=[cases.adult("Husband"), self.adult])
		self.assertEqual((doc.bar_state, self.answers(doc)["bar_list"]), (bars.POSSIBLE, MISSING))

	def test_another_number_is_another_human(self) -> None:
		self.in_force()
		other = self.adult | {
			"national_number": factories.national_number(self.adult["birth_date"], "Female")
		}
		self.assertNotEqual(other["national_number"], self.adult["national_number"])
		self.assertEqual(self.file(adults=[cases.adult("Husband"), other]).bar_state, bars.CLEAR)

	def test_who_proposes_does_not_decide(self) -> None:
		self.act_as(self.manager)
		doc = self.proposed()
		doc.update({"status": "In Force", "decision_number": "1", "decision_date": nowdate()})
		self.assertRefused(frappe.PermissionError, doc.save)
		self.act_as(self.manager)
		own = frappe.get_doc(
			{
				**doc.as_dict(),
				"name": None,
				"__islocal": 1,
				"owner": None,
				"status": "Proposed",
				"org_unit": "HQ",
			}
		).insert()
		own.update({"status": "In Force", "decision_number": "1", "decision_date": nowdate()})
		self.assertRefused(FourEyesError, own.save)

	def test_it_is_decided_with_number_and_day_and_not_rewritten(self) -> None:
		doc = self.proposed()
		self.act_as(self.manager)
		doc = frappe.get_doc(DOCTYPE, doc.name)
		for values in ({}, {"decision_number": "1", "decision_date": add_days(nowdate(), 2)}):
			doc = frappe.get_doc(DOCTYPE, doc.name)
			doc.update({"status": "In Force"} | values)
			self.assertRefused(KafalaBarError, doc.save)
		doc = frappe.get_doc(DOCTYPE, doc.name)
		doc.update({"status": "In Force", "decision_number": "1", "decision_date": nowdate()})
		doc.save()
		doc.reason = "سبب آخر"
		self.assertRefused(KafalaBarError, doc.save)
		self.act_as("Administrator")
		self.assertRefused(frappe.PermissionError, frappe.delete_doc, DOCTYPE, doc.name)

	def test_who_reads_the_list(self) -> None:
		row = self.in_force()
		for user, sees in (
			(self.manager, True),
			(self.country.head, True),
			(self.there.chief, True),
			(self.here.chief, False),
			(self.specialist, False),
			(self.stranger, False),
			(self.there.officer, False),
			(self.there.director, False),
		):
			with self.subTest(user):
				self.act_as(user)
				self.assertEqual(bool(frappe.has_permission(DOCTYPE, "read", row.name)), sees)

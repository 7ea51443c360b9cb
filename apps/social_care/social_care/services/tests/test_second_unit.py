"""A second unit of a request: it comes in at its state and not before, sees and acts as the pack says, and changes no place."""

from typing import Any

import frappe

from social_care.services import versions
from social_care.services.packs.definition import faults_of
from social_care.services.runtime import people
from social_care.services.runtime.units import SecondUnitError
from social_care.services.tests import packs
from social_care.services.tests.cases import WORKER, ServiceTestCase
from social_care.services.versions import state_named
from social_care.tests import factories
from social_care.tests.places import CHIEF, HEADQUARTERS

CODE, DOCTYPE = "TST-08", "Second Unit Test Request"


def text(arabic: str, english: str) -> dict[str, str]:
	return {"ar": arabic, "en": english}


def pack() -> dict:
	"""Received here, answered there, decided here."""
	unit = {
		"name": "other_unit",
		"type": "link",
		"target": "Org Unit",
		"label": text("المديرية الأخرى", "Other Directorate"),
	}
	note = {
		"name": "answer_there",
		"type": "text",
		"label": text("رأي المديرية الأخرى", "Answer of the Other One"),
	}
	note |= {"filled_by": "staff", "from_state": "elsewhere"}
	states = [
		{"code": "begun", "title": text("بدأ هنا", "Begun Here"), "kind": "open", "editors": [WORKER, CHIEF]},
		{
			"code": "elsewhere",
			"title": text("لدى الأخرى", "With the Other"),
			"kind": "open",
			"editors": [CHIEF],
		},
		{"code": "back", "title": text("عاد إلينا", "Back Here"), "kind": "open", "editors": [CHIEF]},
		{"code": "granted", "title": text("تمت الموافقة بالتنسيق", "Granted Together"), "kind": "accepted"},
		{"code": "refused", "title": text("رفض بالتنسيق", "Refused Together"), "kind": "refused"},
	]
	states[1]["at_second_unit"] = True
	steps = (("send", "begun", "elsewhere"), ("answer", "elsewhere", "back"), ("grant", "back", "granted"))
	actions = [
		{
			"code": code,
			"title": text(f"خطوة {code}", f"Step {code}"),
			"from": [old],
			"to": new,
			"roles": [CHIEF],
		}
		for code, old, new in (*steps, ("refuse", "back", "refused"))
	]
	rights = ["read", "create", "write"]
	return {
		"format": 1,
		"code": CODE,
		"document_type": DOCTYPE,
		"title": text("طلب بين مديريتين", "Request between Two Directorates"),
		"channels": ["counter", "institution"],
		"second_unit": {"field": "other_unit", "from_state": "elsewhere"},
		"access": [{"role": WORKER, "rights": rights}, {"role": CHIEF, "rights": rights}],
		"sections": [
			{"code": "first", "title": text("البيانات الأولى", "First Data"), "fields": [unit, note]}
		],
		"workflow": {"states": states, "actions": actions},
		"clock": {"days": 9, "basis": "working"},
		"notifications": [],
		"samples": [{"title": text(f"مثال {n}", f"Sample {n}"), "values": {}, "expect": {}} for n in (1, 2)],
	}


class TestSecondUnit(ServiceTestCase):
	keeps_rows = True

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		if not versions.published_version(CODE):
			packs.publish(pack())
		cls.addClassCleanup(packs.remove, CODE)
		third = factories.org_unit("Directorate", HEADQUARTERS, "03").name
		cls.third = factories.staff(CHIEF, org_unit=third)

	def setUp(self) -> None:
		super().setUp()
		frappe.db.savepoint("one_request")
		self.addCleanup(frappe.db.rollback, save_point="one_request")
		self.act_as(self.worker)
		self.doc = self.request().insert()

	def request(self, **values: Any):
		first = {"doctype": DOCTYPE, "institution": self.here.institution, "org_unit": self.here.district}
		applicant = {"applicant_name": "منى علي سالم", "applicant_phone": "01001234567"}
		return frappe.get_doc(first | applicant | {"other_unit": self.there.directorate} | values)

	def sees(self, user: str) -> bool:
		self.act_as(user)
		listed = self.doc.name in frappe.get_list(DOCTYPE, pluck="name", limit=0)
		self.assertEqual(listed, bool(frappe.has_permission(DOCTYPE, doc=self.doc.name)))
		return listed

	def send(self) -> None:
		self.act_as(self.here.chief)
		self.move(self.doc, "With the Other")

	def test_it_comes_in_at_its_state_and_not_before(self) -> None:
		self.assertFalse(self.sees(self.there.chief))
		self.assertIsNone(self.doc.second_unit)
		self.send()
		self.assertEqual(self.doc.second_unit, self.there.directorate)
		self.assertTrue(self.sees(self.there.chief))
		self.assertTrue(self.sees(self.here.chief))

	def test_units_that_have_no_part_see_nothing(self) -> None:
		self.send()
		self.assertFalse(self.sees(self.third))
		self.assertFalse(self.sees(self.worker_there))  # an institution below the second unit is not the unit
		self.act_as(self.third)
		self.assertRefused(frappe.PermissionError, self.move, self.doc, "Back Here", answer_there="نعم")

	def test_in_its_state_it_acts_and_the_first_one_does_not(self) -> None:
		self.send()
		self.assertRefused(frappe.PermissionError, self.move, self.doc, "Back Here", answer_there="نعم")
		self.act_as(self.there.chief)
		self.move(self.doc, "Back Here", answer_there="نعم")
		self.assertEqual(self.doc.clock[-1].moved_by, self.there.chief)

	def test_afterwards_it_sees_and_does_not_act(self) -> None:
		self.send()
		self.act_as(self.there.chief)
		self.move(self.doc, "Back Here", answer_there="نعم")
		self.assertTrue(self.sees(self.there.chief))
		self.assertRefused(frappe.PermissionError, self.move, self.doc, "Granted Together")
		self.doc.reload()
		self.doc.answer_there = "لا"
		self.assertRefused(frappe.PermissionError, self.doc.save)
		self.act_as(self.here.chief)
		self.move(self.doc, "Granted Together")

	def test_it_takes_no_request_for_itself(self) -> None:
		self.send()
		self.act_as(self.there.chief)
		self.move(
			self.doc,
			"With the Other",
			org_unit=self.there.district,
			institution=self.there.institution,
			answer_there="نعم",
		)
		self.doc.reload()
		self.assertEqual(
			(self.doc.org_unit, self.doc.institution), (self.here.district, self.here.institution)
		)
		self.assertEqual(self.doc.answer_there, "نعم")

	def test_a_client_names_no_second_unit(self) -> None:
		self.act_as(self.here.chief)
		self.move(self.doc, "Begun Here", second_unit=self.there.directorate)
		self.assertIsNone(self.doc.second_unit)
		self.act_as(self.there.chief)
		sent = self.request(second_unit=self.there.directorate)
		self.assertRefused(frappe.PermissionError, sent.insert)

	def test_a_step_to_nobody_is_refused(self) -> None:
		self.act_as(self.here.chief)
		self.move(self.doc, "Begun Here", other_unit=None)
		self.assertRefused(SecondUnitError, self.move, self.doc, "With the Other")

	def test_those_who_take_the_next_step_are_told(self) -> None:
		self.send()
		whole = versions.at(CODE, self.doc.pack_version)
		told = people.receivers(self.doc, whole, {"next"}, state_named(whole, self.doc.status))
		self.assertIn(self.there.chief, told)
		self.assertNotIn(self.here.chief, told)


class TestFaults(ServiceTestCase):
	def codes(self, **changes: Any) -> set[str]:
		return {fault.code for fault in faults_of(pack() | changes)}

	def test_a_pack_with_a_second_unit_is_right(self) -> None:
		self.assertEqual(self.codes(), set())

	def test_it_is_chosen_in_a_field_of_the_form(self) -> None:
		second = {"field": "answer_there", "from_state": "elsewhere"}
		self.assertEqual(self.codes(second_unit=second), {"no_unit_field"})

	def test_it_comes_in_later_than_the_first_state(self) -> None:
		second = {"field": "other_unit", "from_state": "begun"}
		self.assertEqual(self.codes(second_unit=second), {"second_unit_first"})

	def test_its_states_lie_behind_the_one_where_it_comes_in(self) -> None:
		second = {"field": "other_unit", "from_state": "back"}
		self.assertEqual(self.codes(second_unit=second), {"second_unit_early"})

	def test_a_state_of_a_second_unit_needs_one(self) -> None:
		without = pack()
		del without["second_unit"]
		self.assertEqual({fault.code for fault in faults_of(without)}, {"no_second_unit"})

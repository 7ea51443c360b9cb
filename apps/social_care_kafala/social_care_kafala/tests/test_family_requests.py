"""Permits to travel and names to add stand on the file of the family that they are about, and on no other; nobody is guessed."""

from datetime import date

import frappe
from frappe.utils import add_days, nowdate
from social_care.services import versions
from social_care.services.packs.samples import sample_values
from social_care.services.runtime import desk
from social_care.services.tests.packs import compile_packs
from social_care.tests import factories

from social_care_kafala.kafala.family_requests import panel, ties
from social_care_kafala.kafala.path import states
from social_care_kafala.tests import cases
from social_care_kafala.tests.endings import EndingTestCase

RUNS_LAST = True  # the services stay on the site
TRAVEL, NAMING = "Kafala Travel Permit Request", "Kafala Name Addition Request"
CODES = {TRAVEL: "SC-16", NAMING: "SC-18"}


class FamilyRequestCase(EndingTestCase):
	"""`self.kafala` is a family with `self.child`; requests are entered by its specialist at its administration."""

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		frappe.set_user("Administrator")
		missing = [code for code in ties.SERVICES if not versions.published_version(code)]
		if missing:
			compile_packs(missing)

	def adult(self, file=None):
		return (file or self.kafala).adults[0]

	def request(self, doctype: str = TRAVEL, applicant=None, user: str | None = None, **values):
		"""The first sample of the pack as the office enters it; `applicant`: an adult row of a file."""
		pack = versions.published(CODES[doctype])
		staff = {
			field["name"]
			for section in pack["sections"]
			for field in section["fields"]
			if field["filled_by"] == "staff"
		}
		own = sample_values(pack, pack["samples"][0], date.today())
		own = {name: value for name, value in own.items() if name not in staff}
		own |= {"doctype": doctype, "org_unit": self.here.district, "applicant_phone": "01007654321"}
		own |= {"applicant_name": "كافل من الأسرة الكريمة"}
		if applicant:
			own |= {
				"applicant_name": applicant.full_name,
				"applicant_national_number": applicant.national_number,
			}
		self.act_as(user or self.specialist)
		return frappe.get_doc(own | values).insert()

	def shown(self, user: str | None = None, file=None) -> dict[str, dict]:
		self.act_as(user or self.specialist)
		doc = frappe.get_doc(states.DOCTYPE, (file or self.kafala).name)
		return {row["name"]: row for row in panel.of_file(doc)}

	def file_of(self, request) -> str | None:
		found = ties.tied([{field: request.get(field) for field in ties.FIELDS}]).get(request.name)
		return found.file if found else None


class TestTies(FamilyRequestCase):
	def test_the_child_and_the_applicant_say_whose_it_is(self) -> None:
		for values in (
			{"child": self.child.name},
			{"applicant": self.adult()},
			{"child": self.child.name, "applicant": self.adult()},
		):
			with self.subTest(sorted(values)):
				self.assertEqual(self.file_of(self.request(**values)), self.kafala.name)
		self.assertEqual(self.file_of(self.request(NAMING, child=self.child.name)), self.kafala.name)

	def test_nobody_is_guessed(self) -> None:
		stranger = self.file()
		self.act_as("Administrator")
		other_child = factories.child(self.here.institution)
		for why, values in {
			"nothing is named": {},
			"a child without a family": {"child": other_child.name},
			"a child of the family, and an applicant who is not": {
				"child": self.child.name,
				"applicant": self.adult(stranger),
			},
			"an adult of the family, and a child who is not": {
				"child": other_child.name,
				"applicant": self.adult(),
			},
			"an adult of a family that has no child yet": {"applicant": self.adult(stranger)},
		}.items():
			with self.subTest(why):
				self.assertIsNone(self.file_of(self.request(**values)))

	def test_two_that_fit_are_one_too_many(self) -> None:
		second = self.with_a_family(factories.child(self.here.institution).name)
		adult = self.adult(second)
		frappe.db.set_value(ties.ADULTS, self.adult().name, "national_number", adult.national_number)
		self.assertIsNone(self.file_of(self.request(applicant=adult)))
		self.assertEqual(self.file_of(self.request(applicant=adult, child=second.child)), second.name)

	def test_an_applicant_whose_number_the_file_does_not_know_yet_is_no_contradiction(self) -> None:
		number = factories.national_number(cases.born(36, "Female")[0], "Female")
		asked = {"applicant_name": "سعاد محمود حسن", "applicant_national_number": number}
		self.assertIsNone(self.file_of(self.request(child=self.child.name, **asked)))
		frappe.db.set_value(ties.ADULTS, self.kafala.adults[1].name, "national_number", "")
		self.assertEqual(self.file_of(self.request(child=self.child.name, **asked)), self.kafala.name)

	def test_an_office_elsewhere_is_another_family_s(self) -> None:
		request = self.request(child=self.child.name)
		for unit, expected in (
			(self.here.district, self.kafala.name),
			(self.here.directorate, self.kafala.name),
			("HQ", self.kafala.name),
			(self.there.district, None),
			(self.there.directorate, None),
		):
			request.org_unit = unit
			with self.subTest(unit):
				self.assertEqual(self.file_of(request), expected)

	def test_the_day_of_the_request_decides_between_families(self) -> None:
		"""The child lived with one family until twenty days ago, and lives with another since."""
		self.act_as("Administrator")
		end = add_days(nowdate(), -20)
		cases.at(self.kafala, states.ENDED, ended_on=end)
		second = cases.at(
			self.file(), states.FOLLOW_UP, child=self.child.name, handed_over_on=add_days(end, 1)
		)
		request = self.request(child=self.child.name)
		for days, expected in ((-40, self.kafala.name), (-19, second.name), (-90, None)):
			request.submitted_on = add_days(nowdate(), days)
			with self.subTest(days):
				self.assertEqual(self.file_of(request), expected)

	def test_siblings_who_were_handed_over_are_the_family_s(self) -> None:
		self.act_as("Administrator")
		sibling = factories.child(self.here.institution)
		held = {"doctype": "Kafala Reservation", "name": "KRV-T-1", "status": "Child Handed Over"}
		frappe.get_doc(held | {"family_file": self.kafala.name}).db_insert()
		row = {"doctype": "Kafala Reserved Child", "parent": "KRV-T-1", "parenttype": "Kafala Reservation"}
		frappe.get_doc(
			row | {"parentfield": "children", "child": sibling.name, "name": "krc-t-1"}
		).db_insert()
		self.assertEqual(self.file_of(self.request(child=sibling.name)), self.kafala.name)


class TestOnTheFile(FamilyRequestCase):
	def test_it_shows_kind_number_state_day_and_journey(self) -> None:
		travel = self.request(child=self.child.name)
		naming = self.request(NAMING, applicant=self.adult(), contract_number="12")
		frappe.local.lang = "ar"
		found = self.shown()
		self.assertEqual(set(found), {travel.name, naming.name})
		row = found[travel.name]
		self.assertEqual((row["doctype"], row["day"], row["state"]), (TRAVEL, nowdate(), "تم الاستلام"))
		self.assertIn("المملكة العربية السعودية", row["details"])
		self.assertIn("إلى", row["details"])
		self.assertTrue(found[naming.name]["kind"])
		for text in found.values():
			self.assertFalse(
				any(
					sign.isascii() and sign.isalpha()
					for sign in f"{text['kind']}{text['state']}{text['details']}"
				),
				text,
			)

	def test_it_names_nobody(self) -> None:
		self.request(NAMING, applicant=self.adult(), child=self.child.name)
		told = str(self.shown())
		for name in (self.adult().first_name, self.adult().national_number, self.child.name):
			self.assertNotIn(name, told)

	def test_the_form_brings_it_along(self) -> None:
		request = self.request(child=self.child.name)
		doc = frappe.get_doc(states.DOCTYPE, self.kafala.name)
		doc.run_method("onload")
		self.assertEqual([row["name"] for row in doc.get_onload("family_requests")], [request.name])

	def test_a_family_without_a_child_is_asked_for_nothing(self) -> None:
		file = self.file()
		self.request(applicant=self.adult(file))
		self.assertEqual(self.shown(file=file), {})

	def test_it_takes_the_right_to_the_request_and_to_what_ties_it(self) -> None:
		self.act_as("Administrator")
		manager = factories.staff("Social Administration Manager", self.here.district)
		by_child = self.request(child=self.child.name)
		by_adult = self.request(applicant=self.adult(), child=self.child.name)
		self.assertEqual(set(self.shown(self.here.chief)), {by_child.name, by_adult.name})
		self.assertEqual(set(self.shown(manager)), {by_adult.name})
		self.act_as("Administrator")
		case_manager = factories.staff("Case Manager", self.here.district)
		self.assertEqual(self.shown(case_manager), {})


class TestOnTheRequest(FamilyRequestCase):
	def test_it_leads_to_the_file_for_its_readers(self) -> None:
		request = self.request(child=self.child.name)
		led = {"doctype": states.DOCTYPE, "name": self.kafala.name, "concerned": 1}
		self.assertEqual(desk.record(TRAVEL, request.name), led)
		self.assertTrue(desk.form_facts(TRAVEL, request.name)["recorded"])
		self.act_as("Administrator")
		manager = factories.staff("Social Administration Manager", self.here.district)
		officer = factories.staff("Directorate Data Officer", self.here.directorate)
		naming = self.request(NAMING, child=self.child.name)
		for doctype, name, user in ((TRAVEL, request.name, manager), (NAMING, naming.name, officer)):
			self.act_as(user)
			with self.subTest(user):
				self.assertIsNone(desk.record(doctype, name))
		self.act_as(self.stranger)
		self.assertRefused(frappe.PermissionError, desk.record, TRAVEL, request.name)

	def test_its_steps_stay_its_own(self) -> None:
		request = self.request(child=self.child.name)
		request.status = "Under Study"
		self.assertEqual(request.save().status, "Under Study")

"""Requests of citizens become files: once, with persons, papers and answers; the request follows the file and tells its applicant."""

from datetime import date

import frappe
from frappe.utils import nowdate
from social_care.services import versions
from social_care.services.citizens import requests as citizens
from social_care.services.packs.samples import sample_values
from social_care.services.runtime.records import TakenOverError, way
from social_care.services.tests.packs import compile_packs
from social_care.tests import CountryTestCase, factories

from social_care_kafala.kafala.applications import following
from social_care_kafala.kafala.path import states
from social_care_kafala.patches import name_request_papers
from social_care_kafala.tests import cases
from social_care_kafala.tests.cases import DOCTYPE

RUNS_LAST = True  # the service stays on the site
SERVICE, REQUESTS = "SC-12", "Kafala Application"
INTERVIEW, VISIT = "Interview and Papers", "First Evaluation Visit"


class RequestTestCase(CountryTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		frappe.set_user("Administrator")
		if not versions.published_version(SERVICE):
			compile_packs([SERVICE])
		cls.specialist = factories.staff(cases.SPECIALIST, cls.here.district)
		cls.worker = factories.staff("Social Unit Worker", cls.here.district)
		cls.stranger = factories.staff(cases.SPECIALIST, cls.there.district)

	def request(self, **values):
		"""The first sample of the pack as its applicant sends it from the page."""
		pack = versions.published(SERVICE)
		sample = pack["samples"][0]
		written = sample_values(pack, sample, date.today())
		staff = {
			field["name"]
			for section in pack["sections"]
			for field in section["fields"]
			if field["filled_by"] == "staff"
		}
		own = {name: value for name, value in written.items() if name not in staff}
		birth_date, number = cases.born(36, "Female")
		own |= {
			"doctype": REQUESTS,
			"org_unit": self.here.district,
			"applicant_name": "منى سعيد عبد الله حسين",
			"applicant_phone": "٠١٠٠٧٦٥٤٣٢١",
			"applicant_national_number": number,
			"applicant_birth_date": birth_date,
			"family_kind": "Married Couple",
			"lives_abroad": 0,
		}
		doc = frappe.get_doc(own | values)
		doc.flags.by_citizen = True
		self.act_as("Guest")
		doc.insert(ignore_permissions=True)
		self.act_as(self.specialist)
		return frappe.get_doc(REQUESTS, doc.name)

	def step(self, request, status: str, user: str | None = None, **values):
		self.act_as(user or self.specialist)
		request = frappe.get_doc(REQUESTS, request.name)
		request.update({"status": status, **values})
		return request.save()

	def file_of(self, request):
		name = frappe.db.get_value(DOCTYPE, {"service_request": request.name})
		return frappe.get_doc(DOCTYPE, name) if name else None


class TestOpening(RequestTestCase):
	def test_the_step_of_the_administration_makes_the_file(self) -> None:
		request = self.request()
		self.assertIsNone(self.file_of(request))
		self.step(request, INTERVIEW)
		file = self.file_of(request)
		self.assertEqual(
			(file.org_unit, file.channel, file.family_kind, file.status, file.phone),
			(
				self.here.district,
				"Ministry's Website",
				"Married Couple",
				states.APPLIED,
				"01007654321",
			),
		)
		self.assertEqual(str(file.applied_on), nowdate())
		self.assertEqual((file.keeps_lineage, file.accepts_return, file.no_travel), ("Yes",) * 3)
		self.assertEqual(len(file.answers), 19)

	def test_persons_and_family_are_the_cores(self) -> None:
		request = self.request()
		self.step(request, INTERVIEW)
		file, request = self.file_of(request), frappe.get_doc(REQUESTS, request.name)
		wife = next(row for row in file.adults if row.part == "Wife")
		self.assertTrue(request.person)
		self.assertEqual(
			(wife.person, wife.national_number), (request.person, request.applicant_national_number)
		)
		names = (wife.first_name, wife.father_name, wife.grandfather_name, wife.family_name)
		self.assertEqual(names, ("منى", "سعيد", "عبد الله", "حسين"))
		husband = next(row for row in file.adults if row.part == "Husband")
		self.assertEqual(str(husband.birth_date), str(request.spouse_birth_date))
		self.assertFalse(husband.national_number or husband.religion)
		members = {row.person for row in frappe.get_doc("Family", file.family).members}
		self.assertEqual(members, {wife.person, husband.person})
		numbered = {"national_number": request.applicant_national_number}
		self.assertEqual(frappe.db.count("Person", numbered), 1)

	def test_it_is_made_once(self) -> None:
		request = self.request()
		stale = frappe.get_doc(REQUESTS, request.name)
		self.step(request, INTERVIEW)
		stale.status = INTERVIEW
		self.assertRefused(frappe.ValidationError, stale.save)
		twice = frappe.get_doc(cases.values(self.here.district))
		twice.flags.from_request = request.name
		self.assertRefused(frappe.UniqueValidationError, twice.insert)
		self.assertEqual(frappe.db.count(DOCTYPE, {"service_request": request.name}), 1)

	def test_what_the_checks_find_refuses_the_step_whole(self) -> None:
		request = self.request(spouse_name="أحمد سعيد")
		frappe.db.set_value(REQUESTS, request.name, "spouse_birth_date", "2090-01-01", update_modified=False)
		frappe.db.savepoint("before_step")
		self.assertRefused(frappe.ValidationError, self.step, request, INTERVIEW)
		frappe.db.rollback(save_point="before_step")
		self.assertIsNone(self.file_of(request))
		self.assertEqual(
			frappe.db.get_value(REQUESTS, request.name, "status"), "Entered in the Special Register"
		)

	def test_a_client_names_no_request(self) -> None:
		file = frappe.get_doc(cases.values(self.here.district) | {"service_request": "SC12-26-999999"})
		self.act_as(self.specialist)
		self.assertFalse(file.insert().service_request)

	def test_a_step_of_the_applicant_opens_nothing(self) -> None:
		request = self.request()
		self.step(request, "Waiting for the Applicant", reason="صورة أوضح")
		self.act_as("Guest")
		doc = frappe.get_doc(REQUESTS, request.name)
		doc.flags.by_citizen = True
		doc.status = INTERVIEW
		doc.save(ignore_permissions=True)
		self.assertIsNone(self.file_of(request))
		self.step(request, VISIT)
		self.assertTrue(self.file_of(request))

	def test_a_woman_alone_and_a_worker_without_the_level(self) -> None:
		request = self.request(
			family_kind="Never-Married Woman",
			lives_with="Her Parents",
			relatives_agree=1,
			support_person="أختها",
		)
		self.step(request, INTERVIEW, self.worker)
		file = self.file_of(request)
		self.assertEqual([row.part for row in file.adults], ["Woman Who Applies Alone"])
		self.assertEqual((file.lives_with_family, file.family_consents), ("Yes", "Yes"))
		self.assertEqual(file.motives, request.motives)

	def test_own_children_are_counted(self) -> None:
		rows = [
			{"child_name": "أ", "child_born": "2004-05-01", "child_independent": 1},
			{"child_name": "ب", "child_born": "2015-05-01", "child_independent": 0},
		]
		request = self.request(own_children=rows)
		self.step(request, INTERVIEW)
		file = self.file_of(request)
		self.assertEqual((file.has_own_children, file.own_children, file.dependent_children), ("Yes", 2, 1))
		self.assertEqual(str(file.youngest_child_born), "2015-05-01")


class TestPapers(RequestTestCase):
	def test_they_are_carried_over_as_private_files(self) -> None:
		request = self.request()
		self.act_as("Administrator")
		stored = [
			factories.file(
				factories.image(),
				f"{side}.png",
				attached_to_doctype=REQUESTS,
				attached_to_name=request.name,
				attached_to_field="documents",
			).file_url
			for side in ("front", "back")
		]
		request = frappe.get_doc(REQUESTS, request.name)
		row = next(row for row in request.documents if row.document_code == "identity_both")
		row.update({"file": stored[0], "second_file": stored[1], "state": "Verified"})
		other = next(row for row in request.documents if row.document_code == "photos")
		other.update({"state": "Rejected", "remarks": "غير واضحة"})
		request.save()
		self.step(request, INTERVIEW)
		file = self.file_of(request)
		papers = {row.document_kind: row for row in file.documents if row.file}
		self.assertEqual(set(papers), {"KD-01"})
		paper = papers["KD-01"]
		self.assertEqual((paper.file, paper.second_file, paper.original_seen), (*stored, 1))
		hung = frappe.get_all(
			"File", filters={"attached_to_name": file.name}, fields=["file_url", "is_private", "file_name"]
		)
		self.assertEqual({row.file_url for row in hung}, set(stored))
		self.assertTrue(all(row.is_private for row in hung))

	def test_a_site_of_before_learns_the_codes(self) -> None:
		self.act_as("Administrator")
		frappe.db.set_value("Kafala Document Kind", "KD-02", "request_document", None)
		frappe.db.set_value("Kafala Document Kind", "KD-03", "request_document", "own_code")
		for _again in range(2):
			name_request_papers.execute()
		found = [
			frappe.db.get_value("Kafala Document Kind", name, "request_document")
			for name in ("KD-02", "KD-03")
		]
		self.assertEqual(found, ["marriage_contract", "own_code"])


class TestFollowing(RequestTestCase):
	def test_steps_are_taken_on_the_file(self) -> None:
		request = self.request()
		self.step(request, INTERVIEW)
		self.assertRefused(TakenOverError, self.step, request, VISIT)
		asked = self.step(request, "Waiting for the Applicant", reason="صورة أوضح")
		self.assertEqual(asked.status, "Waiting for the Applicant")

	def test_the_request_comes_to_where_the_file_is(self) -> None:
		request = self.request()
		self.step(request, INTERVIEW)
		file = self.file_of(request)
		for status, expected in (
			(states.DETAILED, "Detailed Evaluation"),
			(states.REVIEW, "Review by the Directorate"),
			(states.DETAILED, "Detailed Evaluation"),
			(states.COMMITTEE, "Before the Local Committee"),
			(states.PAPERS, "Before the Local Committee"),
			(states.SECURITY, "At the Security Inquiry"),
			(states.VISITS, "Family Accepted and Viewing Letter Issued"),
			(states.INTEGRATION, "Family Accepted and Viewing Letter Issued"),
		):
			cases.at(file, status, register_serial="KSR-T-1")
			following.settle(file.name)
			with self.subTest(status):
				self.assertEqual(frappe.db.get_value(REQUESTS, request.name, "status"), expected)
		self.assertEqual(frappe.db.get_value(REQUESTS, request.name, "register_number"), "KSR-T-1")
		self.assertFalse(frappe.db.exists("Service Certificate", {"request": request.name}))

	def test_a_rejection_reaches_the_request_without_its_reasons(self) -> None:
		request = self.request()
		self.step(request, INTERVIEW)
		file = cases.at(self.file_of(request), states.COMMITTEE)
		following.settle(file.name)
		cases.at(file, states.REJECTED, committee_reasons="سبب داخلي")
		following.settle(file.name)
		request = frappe.get_doc(REQUESTS, request.name)
		self.assertEqual(request.status, "Refused")
		self.assertNotIn("سبب داخلي", str(request.as_dict()))

	def test_a_withdrawal_on_the_page_withdraws_the_file(self) -> None:
		request = self.request()
		self.step(request, INTERVIEW)
		file = self.file_of(request)
		self.act_as("Guest")
		doc = frappe.get_doc(REQUESTS, request.name)
		doc.flags.by_citizen = True
		doc.status = "Withdrawn by the Applicant"
		doc.save(ignore_permissions=True)
		self.act_as("Administrator")
		following.settle(file.name)
		self.assertEqual(frappe.db.get_value(DOCTYPE, file.name, "status"), states.WITHDRAWN)
		following.settle(file.name)

	def test_the_applicant_is_told_number_and_stage(self) -> None:
		request = self.request()
		self.step(request, INTERVIEW)
		file = cases.at(self.file_of(request), states.SECURITY)
		self.act_as("Guest")
		frappe.local.lang = "ar"
		facts = dict(citizens.told((REQUESTS, request.name))["facts"])
		self.assertEqual(facts["رقم ملف الكفالة"], file.name)
		self.assertEqual(facts["موقف الملف"], "طلبكم لدى جهة أخرى.")
		self.assertNotIn("الأمني", str(facts))

	def test_every_step_has_plain_words(self) -> None:
		frappe.local.lang = "ar"
		for status in (*states.STEPS, *states.OVER):
			words = following.plain_words(status)
			self.assertFalse(any(sign.isascii() and sign.isalpha() for sign in words), words)

	def test_the_way_goes_through_no_end_and_no_waiting(self) -> None:
		pack = versions.published(SERVICE)
		self.assertEqual(
			way(pack, "waiting_applicant", "detailed"), ["interview", "initial_visit", "detailed"]
		)
		self.assertEqual(way(pack, "training", "training"), [])
		self.assertIsNone(way(pack, "local_committee", "interview"))


class TestWhoSeesWhat(RequestTestCase):
	def test_each_side_shows_the_other_to_whoever_may_read_it(self) -> None:
		from social_care.services.runtime import desk

		request = self.request()
		self.step(request, INTERVIEW)
		file = self.file_of(request)
		self.assertEqual(desk.record(REQUESTS, request.name), {"doctype": DOCTYPE, "name": file.name})
		file.run_method("onload")
		self.assertEqual(file.get_onload("request"), {"doctype": REQUESTS, "name": request.name})
		self.act_as(self.stranger)
		self.assertRefused(frappe.PermissionError, desk.record, REQUESTS, request.name)
		self.assertRefused(frappe.PermissionError, self.step, request, VISIT, self.stranger)

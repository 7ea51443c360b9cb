"""One visit at the counter: one applicant, several requests, one receipt, one number."""

import frappe

from social_care.services.counter import applicants, offered, prints, registering, tickets
from social_care.services.counter.offices import CounterError
from social_care.services.tests.counter_cases import (
	CERTIFICATE,
	PROSTHESIS,
	SERVICES,
	CounterTestCase,
	applicant,
	request,
)
from social_care.services.versions import published
from social_care.tests import factories


def rows_of_services() -> dict[str, int]:
	"""How many requests, receipts, persons and tickets there are."""
	types = [published(code)["document_type"] for code in SERVICES]
	return {name: frappe.db.count(name) for name in (*types, "Service Receipt", "Service Ticket", "Person")}


class TestVisit(CounterTestCase):
	def test_three_requests_come_under_one_receipt_with_one_number(self) -> None:
		self.act_as(self.clerk)
		answer = self.registered()
		receipt = frappe.get_doc("Service Receipt", answer["receipt"])
		self.assertEqual((receipt.requests, receipt.channel), (3, "Service Counter"))
		self.assertEqual(len(answer["requests"]), 3)
		docs = [frappe.get_doc(row["doctype"], row["name"]) for row in answer["requests"]]
		self.assertEqual({doc.service for doc in docs}, set(SERVICES))
		self.assertEqual({(doc.receipt, doc.person) for doc in docs}, {(receipt.name, receipt.person)})
		self.assertTrue(receipt.person)
		self.assertEqual(
			frappe.db.get_value("Service Ticket", answer["ticket"]["name"], "receipt"), receipt.name
		)

	def test_nothing_lies_over_the_receipt(self) -> None:
		self.act_as(self.clerk)
		self.registered(CERTIFICATE)
		self.assertEqual(frappe.local.message_log, [])

	def test_papers_that_were_handed_in_are_on_the_checklist(self) -> None:
		self.act_as(self.clerk)
		wanted = request(CERTIFICATE) | {"papers": ["identity_copy", "six_photos", "unknown"]}
		answer = registering.register(self.office, self.visit() | {"requests": [wanted]})
		doc = frappe.get_doc(answer["requests"][0]["doctype"], answer["requests"][0]["name"])
		states = {row.document_code: row.state for row in doc.documents}
		self.assertEqual(
			(states["identity_copy"], states["six_photos"], states["medical_report"]),
			("Handed In", "Handed In", "Missing"),
		)
		self.assertNotIn("unknown", states)

	def test_one_refused_request_creates_nothing_and_says_why_of_each(self) -> None:
		self.act_as(self.clerk)
		before = rows_of_services()
		visit = self.visit()
		visit["requests"][1] = request(PROSTHESIS, works_in="")
		visit["requests"][2] = request(CERTIFICATE, occupation_wished="", disability_group="Unheard of")
		answer = registering.register(self.office, visit)
		self.assertEqual(set(answer["errors"]), {"1", "2"})
		for place, field in (("1", "works_in"), ("2", "occupation_wished")):
			self.assertIn(self.label(visit, place, field), answer["errors"][place])
		self.assertEqual(rows_of_services(), before)
		visit["requests"][1:] = [request(PROSTHESIS), request(CERTIFICATE)]
		self.assertNotIn("errors", registering.register(self.office, visit))

	@staticmethod
	def label(visit: dict, place: str, field: str) -> str:
		"""Label of a field as the user reads it."""
		doctype = published(visit["requests"][int(place)]["service"])["document_type"]
		return frappe._(frappe.get_meta(doctype).get_label(field))

	def test_a_wrong_applicant_is_told_once_and_creates_nothing(self) -> None:
		self.act_as(self.clerk)
		before = rows_of_services()
		visit = self.visit(applicant=applicant(applicant_national_number="123"))
		answer = registering.register(self.office, visit)
		self.assertEqual(set(answer["errors"]), {"applicant"})
		visit = self.visit(applicant=applicant(applicant_name="سعاد"))
		self.assertEqual(set(registering.register(self.office, visit)["errors"]), {"applicant"})
		self.assertEqual(rows_of_services(), before)

	def test_the_same_key_is_one_visit(self) -> None:
		self.act_as(self.clerk)
		visit = self.visit()
		first = registering.register(self.office, visit)
		before = rows_of_services()
		self.assertEqual(registering.register(self.office, visit), first)
		self.assertEqual(rows_of_services(), before)

	def test_a_key_opens_nothing_to_another_user(self) -> None:
		"""The key counts together with the user, so a key that was seen elsewhere is a visit of its own."""
		self.act_as(self.clerk)
		visit = self.visit(CERTIFICATE)
		first = registering.register(self.office, visit)
		self.act_as(self.clerk_there)
		second = registering.register(self.office_there, visit)
		self.assertNotEqual(first["receipt"], second["receipt"])
		self.assertEqual(
			frappe.db.get_value("Service Receipt", second["receipt"], "org_unit"), self.there.district
		)

	def test_what_a_visit_may_hold(self) -> None:
		self.act_as(self.clerk)
		for wrong in ({"requests": []}, {"requests": [request(CERTIFICATE)] * 11}, {"key": "short"}):
			self.assertRefused(CounterError, registering.register, self.office, self.visit() | wrong)

	def test_staff_fields_and_system_fields_are_not_taken(self) -> None:
		self.act_as(self.clerk)
		sent = request(CERTIFICATE, fit_for_work="Fit for the Occupation", status="Closed", person="x")
		answer = registering.register(self.office, self.visit() | {"requests": [sent]})
		doc = frappe.get_doc(answer["requests"][0]["doctype"], answer["requests"][0]["name"])
		self.assertFalse(doc.fit_for_work)
		self.assertEqual(doc.status, "Request Received")

	def test_who_may_not(self) -> None:
		for user in (self.clerk_there, self.here.entry, self.here.officer, self.country.head):
			self.act_as(user)
			self.assertRefused(frappe.PermissionError, registering.register, self.office, self.visit())
			self.assertRefused(frappe.PermissionError, offered.services, self.office)
			self.assertRefused(frappe.PermissionError, applicants.find, self.office, "سعاد")

	def test_a_closed_counter_takes_nobody(self) -> None:
		frappe.db.set_value("Service Office", self.office, "disabled", 1)
		self.act_as(self.clerk)
		self.assertRefused(CounterError, registering.register, self.office, self.visit())

	def test_who_took_a_number_first_keeps_it(self) -> None:
		self.act_as(self.clerk)
		ticket = tickets.issue(self.office)
		answer = registering.register(self.office, self.visit(CERTIFICATE, ticket=ticket["name"]))
		self.assertEqual(answer["ticket"]["name"], ticket["name"])
		again = self.visit(CERTIFICATE, ticket=ticket["name"])
		self.assertRefused(CounterError, registering.register, self.office, again)


class TestOffered(CounterTestCase):
	def test_services_of_the_clerks_role(self) -> None:
		self.act_as(self.clerk)
		found = {row["service"]: row for row in offered.services(self.office)}
		self.assertLessEqual(set(SERVICES), set(found))
		self.assertNotIn("SC-07", found)
		self.assertEqual(found[PROSTHESIS]["group"], "REH")

	def test_the_form_asks_for_what_the_applicant_fills_in(self) -> None:
		self.act_as(self.clerk)
		form = offered.form(self.office, CERTIFICATE)
		names = {row["fieldname"] for row in form["fields"]}
		self.assertLessEqual({"certificate_kind", "skills"}, names)
		self.assertFalse({"fit_for_work", "applicant_name"} & names)
		self.assertIn("identity_copy", {row["code"] for row in form["papers"]})
		table = next(row for row in form["fields"] if row["fieldname"] == "skills")
		self.assertTrue(table["fields"])

	def test_a_service_of_another_role_is_refused(self) -> None:
		self.act_as(self.clerk)
		self.assertRefused(frappe.PermissionError, offered.form, self.office, "SC-07")
		self.assertRefused(CounterError, offered.form, self.office, "SC-99")


class TestApplicants(CounterTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.act_as(self.clerk)
		self.number = factories.national_number("1979-01-02", "Female")
		self.who = applicant(applicant_name="نجلاء عبد الرحمن الشاذلي", applicant_national_number=self.number)
		self.registered(CERTIFICATE, applicant=self.who)
		self.answer = self.registered(PROSTHESIS, applicant=self.who)

	def test_found_by_name_number_telephone_and_receipt_and_once(self) -> None:
		texts = ("نجلاء عبدالرحمن", self.number, "+20 100 765 4321", self.answer["receipt"])
		for text in texts:
			found = [
				row
				for row in applicants.find(self.office, text)
				if row["applicant_national_number"] == self.number
			]
			self.assertEqual(len(found), 1, text)
			self.assertEqual(
				(found[0]["applicant_birth_date"], found[0]["applicant_sex"]), ("1979-01-02", "Female")
			)
		self.assertEqual(applicants.find(self.office, self.number)[0]["receipts"], 2)
		self.assertEqual(applicants.find(self.office, "12"), [])

	def test_another_directorate_does_not_find_her(self) -> None:
		self.act_as(self.clerk_there)
		for text in ("نجلاء عبدالرحمن", self.number, self.answer["receipt"]):
			self.assertEqual(applicants.find(self.office_there, text), [])

	def test_duplicates_are_shown_before_registering(self) -> None:
		known = applicants.look(self.office, "نجلاء عبد الرحمن", self.number, "")
		self.assertIn("joins the same person", known["notice"])
		self.assertEqual(len(known["similar"]), 1)
		other = applicants.look(self.office, "منى فؤاد سالم", self.number, "")
		self.assertIn("another name", other["notice"])
		self.act_as(self.clerk_there)
		seen = applicants.look(self.office_there, "منى فؤاد سالم", self.number, "")
		self.assertIn("another name", seen["notice"])
		self.assertEqual(seen["similar"], [])
		self.assertNotIn("نجلاء", str(seen))

	def test_somebody_new(self) -> None:
		number = factories.national_number("1990-01-02", "Male")
		found = applicants.look(self.office, "رجل لم يأت من قبل", number, "0109 000 1122")
		self.assertEqual((found["notice"], found["similar"], found["sex"]), ("", [], "Male"))


class TestPrints(CounterTestCase):
	def test_the_receipt_tells_all_requests_and_the_number(self) -> None:
		self.act_as(self.clerk)
		answer = self.registered()
		html = frappe.get_print("Service Receipt", answer["receipt"], print_format=prints.RECEIPT_FORMAT)
		for row in answer["requests"]:
			self.assertIn(row["name"], html)
		for code in SERVICES:
			self.assertIn(published(code)["title"]["ar"], html)
		self.assertIn(answer["receipt"], html)

	def test_the_ticket_names_nobody(self) -> None:
		self.act_as(self.clerk)
		answer = self.registered(CERTIFICATE)
		ticket = frappe.get_doc("Service Ticket", answer["ticket"]["name"])
		shown = prints.queue_ticket(ticket)
		self.assertNotIn("سعاد", str(shown))
		self.assertIn("qr", shown["sheet"])

	def test_another_directorate_prints_nothing(self) -> None:
		self.act_as(self.clerk)
		answer = self.registered(CERTIFICATE)
		self.act_as(self.clerk_there)
		for doctype, name in (
			("Service Receipt", answer["receipt"]),
			("Service Ticket", answer["ticket"]["name"]),
		):
			self.assertFalse(frappe.has_permission(doctype, "print", doc=name))

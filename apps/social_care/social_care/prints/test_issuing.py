import hashlib
from io import BytesIO

import frappe
from pypdf import PdfReader

from social_care.printing.generator import chromium_pdf
from social_care.printing.testing import texts
from social_care.prints import codes, issuing, verification
from social_care.prints.testing import PrintCase, code_of
from social_care.registry.doctype.print_verification.print_verification import PrintVerificationError
from social_care.tests import factories
from social_care.tests.queries import queries

ROLL = "Institution Roll"


class TestIssuing(PrintCase):
	"""A record is made with a PDF, says nothing of whom it is about, and changes once."""

	def setUp(self) -> None:
		super().setUp()
		self.child = factories.child(self.home)

	def issued(self, **filters) -> tuple[bytes, str]:
		pdf = self.printed(self.chief, ROLL, institution=self.home, **filters)
		return pdf, code_of(pdf)

	def record(self, code: str):
		return frappe.get_doc("Print Verification", {"code_digest": codes.code_digest(code)})

	def test_a_pdf_is_confirmed(self) -> None:
		pdf, code = self.issued()
		answer = verification.verify(code.lower().replace("-", " "), hashlib.sha256(pdf).hexdigest())
		self.assertEqual((answer["state"], answer["file"]), ("valid", "same"))
		facts = dict(answer["facts"])
		self.assertEqual(facts["نوع المطبوعة"], "كشف أبناء المؤسسة")
		self.assertEqual(facts["جهة الإصدار"], "مديرية التضامن الاجتماعي بالقاهرة")
		self.assertEqual(facts["عدد الصفحات"], "1")
		self.assertIn(facts["بصمة المحتوى"], texts(pdf)[0])
		self.assertEqual(verification.verify(code, hashlib.sha256(pdf + b" ").hexdigest())["file"], "other")

	def test_the_record_tells_of_no_child(self) -> None:
		code = self.issued()[1]
		stored = frappe.as_json(self.record(code).as_dict())
		for secret in (self.child.name, self.child.full_name, self.child.national_number, code):
			self.assertNotIn(secret, stored)

	def test_a_look_at_a_print_issues_nothing(self) -> None:
		before = self.records()
		self.act_as(self.chief)
		html = frappe.get_print("Child", self.child.name, "Child File Internal")
		self.assertIn("<!--print-code-", html)
		self.assertFalse("svg" in html and 'class="qrline"' in html)
		self.assertEqual(self.records(), before)

	def test_a_text_of_ones_own_gets_no_code(self) -> None:
		before = self.records()
		self.act_as(self.chief)
		marks = issuing.begin("x", "y")
		self.forget_request()
		pdf = chromium_pdf(html=f"<p>report {marks.place('code')} {marks.place('qr')}</p>")
		self.assertEqual(texts(pdf)[0].strip(), "report")
		self.assertEqual(self.records(), before)

	def forget_request(self) -> None:
		setattr(frappe.local, issuing.CACHE, None)

	def test_documents_are_confirmed_as_well(self) -> None:
		self.act_as(self.chief)
		pdf = frappe.get_print(
			"Child", self.child.name, "Child File Internal", as_pdf=True, pdf_generator="chromium"
		)
		answer = verification.verify(code_of(pdf))
		self.assertEqual((answer["state"], answer["facts"][0][1]), ("valid", "ملف الابن/الابنة - داخلي"))
		self.assertNotIn(self.child.name, frappe.as_json(answer))

	def test_pages_are_counted(self) -> None:
		for _turn in range(45):
			factories.child(self.home)
		pdf, code = self.issued()
		self.assertEqual(self.record(code).pages, len(PdfReader(BytesIO(pdf)).pages))
		self.assertGreater(self.record(code).pages, 1)

	def test_unknown_expired_withdrawn(self) -> None:
		code = self.issued()[1]
		record = self.record(code)
		self.assertEqual(verification.verify(codes.new_code()), verification.verify("nonsense"))
		frappe.db.set_value("Print Verification", record.name, "valid_until", "2026-01-01")
		self.assertEqual(verification.verify(code)["state"], "expired")
		self.act_as(self.head)
		verification.withdraw(record.name, "نسخة خاطئة")
		answer = verification.verify(code)
		self.assertEqual(answer["state"], "withdrawn")
		self.assertNotIn("نسخة خاطئة", frappe.as_json(answer))

	def test_every_answer_costs_the_same_look(self) -> None:
		code, withdrawn = self.issued()[1], self.issued()[1]
		self.act_as(self.head)
		verification.withdraw(self.record(withdrawn).name, "نسخة خاطئة")
		verification.verify(code)  # settings and translations are read once
		counted = {self.queries(given) for given in (code, withdrawn, codes.new_code(), "nonsense", "")}
		self.assertEqual(counted, {1})

	def queries(self, code: str) -> int:
		with queries() as sent:
			verification.verify(code)
		return len(sent)

	def test_only_headquarters_withdraws_and_only_once(self) -> None:
		record = self.record(self.issued()[1])
		self.assertRefused(frappe.PermissionError, verification.withdraw, record.name, "سبب")
		self.act_as(self.head)
		self.assertRefused(PrintVerificationError, verification.withdraw, record.name, "  ")
		verification.withdraw(record.name, "نسخة خاطئة")
		self.assertRefused(PrintVerificationError, verification.withdraw, record.name, "مرة أخرى")

	def test_nobody_changes_or_removes_a_record(self) -> None:
		record = self.record(self.issued()[1])
		self.act_as(self.head)
		for change in ({"pages": 9}, {"state": "Withdrawn"}, {"content_digest": "0" * 64}):
			doc = frappe.get_doc("Print Verification", record.name)
			doc.update(change)
			self.assertRefused(PrintVerificationError, doc.save)
		self.act_as("Administrator")
		self.assertRefused(PrintVerificationError, frappe.delete_doc, "Print Verification", record.name)

	def test_records_are_those_of_ones_places(self) -> None:
		code = self.issued()[1]
		name = self.record(code).name
		self.act_as("Administrator")
		stranger = factories.staff("Directorate Director", self.giza)
		for user, seen in ((self.chief, True), (self.head, True), (stranger, False)):
			self.act_as(user)
			self.assertEqual(verification.find(code) == name, seen, user)

	def test_a_print_for_ever(self) -> None:
		self.settings(print_valid_days=0)
		code = self.issued()[1]
		self.assertIsNone(self.record(code).valid_until)
		self.assertNotIn("صالحة حتى", dict(verification.verify(code)["facts"]))

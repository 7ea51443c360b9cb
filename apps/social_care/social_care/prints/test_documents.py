from unittest import mock

import frappe

from social_care.printing.sheets import page_sizes
from social_care.printing.testing import pictures, texts
from social_care.prints import digits, verification
from social_care.prints.testing import PrintCase, code_of, embedded, whole
from social_care.tests import factories

A4_CARD, CARD = "Child Identity Card", "Child Identity Card ID-1"
PROTECTED = {
	"mother_full_name": "والدة معروفة جدا",
	"finding_place": "ميدان التحرير",
	"chronic_conditions": "ربو مزمن",
	"parentage": "Karim Al-Nasab",
}


class TestDocuments(PrintCase):
	"""Child's file, identity card and the statement of an institution, as their readers print them."""

	def setUp(self) -> None:
		super().setUp()
		self.child = factories.child(self.home, **PROTECTED)
		photo = factories.file(
			factories.image(),
			"face.png",
			attached_to_doctype="Child",
			attached_to_name=self.child.name,
			attached_to_field="photo",
		)
		self.child.reload()
		self.child.photo = photo.file_url
		self.child.save()

	def document(self, user: str, doctype: str, name: str, print_format: str) -> bytes:
		self.act_as(user)
		return frappe.get_print(doctype, name, print_format, as_pdf=True, pdf_generator="chromium")

	def test_files_bear_header_and_code(self) -> None:
		for kind in ("Child File Internal", "Child File External"):
			pdf = self.document(self.chief, "Child", self.child.name, kind)
			self.assertIn("مديرية التضامن الاجتماعي بالقاهرة", texts(pdf)[0])
			self.assertIn("صفحة١من", whole(pdf))
			self.assertTrue(embedded(pdf))
			self.assertEqual(verification.verify(code_of(pdf))["state"], "valid")

	def test_the_card_shows_who_and_no_more(self) -> None:
		for kind in (A4_CARD, CARD):
			pdf = self.document(self.chief, "Child", self.child.name, kind)
			said = whole(pdf)
			self.assertIn("".join(self.child.full_name.split()), said)
			self.assertIn(self.child.name, said)
			for secret in (*PROTECTED.values(), self.child.national_number, "النسب"):
				self.assertNotIn("".join(secret.split()), said)
			self.assertEqual(pictures(pdf), 1)
			self.assertEqual(verification.verify(code_of(pdf))["state"], "valid")
			self.assertEqual(len(texts(pdf)), 1)

	def test_the_card_has_the_size_of_a_card(self) -> None:
		(size,) = page_sizes(self.document(self.chief, "Child", self.child.name, CARD))
		self.assertAlmostEqual(size["width"] / 72 * 25.4, 85.6, delta=0.5)
		self.assertAlmostEqual(size["height"] / 72 * 25.4, 53.98, delta=0.5)

	def test_without_the_level_there_is_no_photograph(self) -> None:
		self.act_as("Administrator")
		inspector = factories.staff("Inspector", self.cairo)
		mock.patch(
			"frappe.www.printview.validate_print_permission"
		).start()  # a role that prints without the level
		self.addCleanup(mock.patch.stopall)
		pdf = self.document(inspector, "Child", self.child.name, CARD)
		self.assertEqual(pictures(pdf), 0)

	def test_the_statement_of_an_institution(self) -> None:
		self.act_as("Administrator")
		home = frappe.get_doc("Institution", self.home)
		home.update(
			{
				"phone": "+20 2 27 95",
				"licence_number": "1432",
				"computers": 3,
				"bank_account": "998877",
				"association": None,
			}
		)
		home.append("staff", {"job_title": "أخصائي اجتماعي", "required_count": 3, "available_count": 2})
		home.save()
		frappe.get_doc(
			{
				"doctype": "Building",
				"building_name": "المبنى الرئيسي",
				"institution": self.home,
				"ownership": "Rented",
			}
		).insert()
		pdf = self.document(self.chief, "Institution", self.home, "Institution Statement")
		said = whole(pdf)
		for fact in ("١٤٣٢", "أخصائياجتماعي", "المبنىالرئيسي", "دارالنور", "الأبناءحسبالسنوالنوع"):
			self.assertIn(fact, said)
		self.assertIn("+٢٠٢٢٧٩٥", said.replace(digits.IN_ORDER, ""))
		self.assertNotIn("998877", said)
		self.assertNotIn("٩٩٨٨٧٧", said)
		self.assertEqual(verification.verify(code_of(pdf))["facts"][0][1], "بيان مؤسسة")

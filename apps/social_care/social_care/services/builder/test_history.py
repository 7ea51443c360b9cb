"""The history of a version: what changed, in words."""

import json

import frappe
from frappe.desk.form.load import get_docinfo

from social_care.services.builder import history
from social_care.services.builder.test_builder import BuilderCase


class TestHistory(BuilderCase):
	def setUp(self) -> None:
		super().setUp()
		self.doc = frappe.get_doc("Service Pack", self.new())

	def change(self, **values) -> None:
		pack = self.doc.pack() | values
		self.doc.definition = json.dumps(pack, ensure_ascii=False)
		self.doc.save(ignore_version=False)  # tests keep none otherwise

	def told(self) -> list[str]:
		"""What the form's history gets."""
		frappe.response.pop("docinfo", None)
		get_docinfo(frappe.get_doc("Service Pack", self.doc.name))
		return [row["content"] for row in frappe.response["docinfo"]["additional_timeline_content"]]

	def test_a_change_is_told_by_the_names_of_the_form(self) -> None:
		paper = {"code": "birth_paper", "title": {"ar": "شهادة الميلاد", "en": "Birth Certificate"}}
		self.change(documents=[*self.doc.pack()["documents"], paper])
		(sentence,) = self.told()
		self.assertIn("شهادة الميلاد", sentence.replace("Birth Certificate", "شهادة الميلاد"))
		self.assertNotIn("{", sentence)
		self.assertNotIn("birth_paper", sentence)

	def test_many_changes_are_counted(self) -> None:
		papers = [{"code": f"paper_{i}", "title": {"ar": f"ورقة {i}"}} for i in range(history.PARTS + 3)]
		self.change(documents=[*self.doc.pack()["documents"], *papers])
		self.assertIn(frappe._("and {0} more").format(3), self.told()[0])

	def test_the_same_content_in_other_words_of_json_is_nothing(self) -> None:
		self.assertEqual(
			history.in_words(json.dumps(self.doc.pack()), json.dumps(self.doc.pack(), indent=4)), ""
		)

	def test_a_definition_that_cannot_be_read_is_told_as_such(self) -> None:
		said = frappe._("the definition, which could not be read")
		self.assertEqual(history.in_words("{", "{}"), said)

	def test_who_reads_no_packs_gets_none(self) -> None:
		self.change(introduction={"ar": "مقدمة", "en": "Introduction"})
		self.assertEqual(len(history.entries("Service Pack", self.doc.name)), 1)
		self.act_as(self.worker_without_packs())
		self.assertEqual(history.entries("Service Pack", self.doc.name), [])

	def worker_without_packs(self) -> str:
		from social_care.tests import factories

		self.act_as("Administrator")
		return factories.user("nobody").name

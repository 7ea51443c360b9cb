"""The builder's calls, as the functional administrator and as everybody else."""

import json

import frappe

from social_care.api import services_builder as api
from social_care.browser_safety.markup import MarkupError
from social_care.services.builder import comparing, drafting, vocabulary
from social_care.services.builder.form import TwoChangesError
from social_care.services.builder.layout import GRIDS, HEAD
from social_care.services.doctype.service_pack.service_pack import PackFrozenError
from social_care.services.packs.expressions import KNOWN
from social_care.services.packs.fact_names import APPLICANT, OF_SUBJECT, REQUEST
from social_care.tests import SocialCareTestCase, factories

ROLE = "Functional Administrator"


def code() -> str:
	"""A code of a service that no other one has."""
	number = 1000
	while frappe.db.exists("Service", f"TS-{number}"):
		number += 1
	return f"TS-{number}"


class BuilderCase(SocialCareTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		frappe.set_user("Administrator")
		cls.administrator = factories.staff(ROLE, org_unit="HQ")
		cls.head = factories.staff("Central Administration Head", org_unit="HQ")

	def setUp(self) -> None:
		super().setUp()
		self.act_as(self.administrator)

	def new(self) -> str:
		return api.new_service(code(), "تصريح زيارة", "Family Visit", "CIC")

	def form(self, name: str) -> frappe._dict:
		"""The document as a browser has it."""
		doc = frappe.get_doc("Service Pack", name)
		doc.run_method("onload")
		return frappe._dict(json.loads(frappe.as_json(doc.as_dict())))

	def save(self, form: dict) -> frappe.model.document.Document:
		"""Saved as a browser does it."""
		return frappe.get_doc(json.loads(json.dumps(form, default=str))).save()


class TestForm(BuilderCase):
	def test_every_column_has_its_field(self) -> None:
		pack = frappe.get_meta("Service Pack")
		self.assertFalse([column.fieldname for column in HEAD if not pack.has_field(column.fieldname)])
		for grid in GRIDS:
			meta = frappe.get_meta(grid.doctype)
			self.assertEqual(pack.get_field(grid.fieldname).options, grid.doctype)
			self.assertFalse(
				[column.fieldname for column in grid.columns if not meta.has_field(column.fieldname)]
			)

	def test_a_form_that_is_saved_unchanged_changes_nothing(self) -> None:
		name = self.new()
		before = frappe.db.get_value("Service Pack", name, ["definition", "definition_digest"])
		self.save(self.form(name))
		self.assertEqual(
			frappe.db.get_value("Service Pack", name, ["definition", "definition_digest"]), before
		)

	def test_the_tables_become_the_definition(self) -> None:
		name = self.new()
		form = self.form(name)
		form.pack_states[0]["days"], form.title_ar, form.clock_days = "٤", "اسم آخر", "9"
		form.pack_documents.append(
			{"doctype": "Pack Document", "title_ar": "شهادة", "title_en": "Birth Certificate", "required": 1}
		)
		pack = self.save(form).pack()
		self.assertEqual(pack["workflow"]["states"][0]["days"], 4)
		self.assertEqual((pack["title"]["ar"], pack["clock"]["days"]), ("اسم آخر", 9))
		self.assertEqual(pack["documents"][-1]["code"], "birth_certificate")
		self.assertEqual(frappe.db.get_value("Service Pack", name, "pack_title"), "اسم آخر")
		self.assertEqual(self.form(name).pack_documents[-1]["title_en"], "Birth Certificate")

	def test_rows_in_which_nothing_was_written_go(self) -> None:
		name = self.new()
		before = frappe.db.get_value("Service Pack", name, "definition_digest")
		form = self.form(name)
		form.pack_documents.append({"doctype": "Pack Document", "required": 1})
		form.pack_options.append({"doctype": "Pack Option", "of_field": "request_details"})
		self.save(form)
		self.assertEqual(frappe.db.get_value("Service Pack", name, "definition_digest"), before)

	def test_rows_are_stored_in_the_definition_alone(self) -> None:
		doc = frappe.get_doc("Service Pack", self.new())
		self.assertFalse([grid.fieldname for grid in GRIDS if doc.get(grid.fieldname)])
		self.assertFalse([grid.doctype for grid in GRIDS if frappe.db.table_exists(grid.doctype)])

	def test_the_text_for_experts_counts_when_it_alone_was_changed(self) -> None:
		name = self.new()
		form = self.form(name)
		pack = json.loads(form.definition)
		pack["clock"]["days"] = 40
		form.definition = json.dumps(pack)
		self.save(form)
		self.assertEqual(self.form(name).clock_days, "40")

	def test_text_and_tables_are_not_both_changed(self) -> None:
		form = self.form(self.new())
		form.definition = form.definition.replace('"days": 15', '"days": 16')
		form.pack_states[0]["days"] = "7"
		self.assertRefused(TwoChangesError, self.save, form)

	def test_a_change_through_the_api_needs_no_tables(self) -> None:
		doc = frappe.get_doc("Service Pack", self.new())
		pack = doc.pack()
		pack["clock"]["days"] = 33
		doc.definition = json.dumps(pack)
		doc.save()
		self.assertEqual((doc.pack()["clock"]["days"], doc.clock_days), (33, "33"))
		doc.save()
		self.assertEqual(doc.pack(), pack)

	def test_a_published_version_does_not_change(self) -> None:
		name = self.new()
		frappe.db.set_value("Service Pack", name, "status", "Published")
		form = self.form(name)
		form.pack_states[0]["days"] = "9"
		self.assertRefused(PackFrozenError, self.save, form)

	def test_a_draft_with_faults_is_kept_and_told(self) -> None:
		name = self.new()
		form = self.form(name)
		form.pack_actions[4]["to_state"] = "nowhere"
		form.pack_states = form.pack_states[:5]
		self.save(form)
		faults = api.check(name)
		self.assertIn(("pack_actions", 5), {(fault["table"], fault["row"]) for fault in faults})
		self.assertTrue(all(fault["sentence"] and fault["where"] for fault in faults))


class TestCalls(BuilderCase):
	def test_a_text_with_code_of_a_page_is_refused(self) -> None:
		"""In the form when it is saved; in a file, which may have any fault, before it is published."""
		name, marked = self.new(), "اسم <img src=x onerror=alert(1)>"
		form = self.form(name)
		form.pack_fields[0]["label_ar"] = marked
		self.assertRefused(MarkupError, self.save, form)
		pack = frappe.get_doc("Service Pack", name).pack()
		pack["sections"][0]["fields"][0]["label"]["ar"] = marked
		pack["rules"][0]["passes_when"] = "applicant.age <18 or applicant.age> 60"
		api.import_pack(json.dumps(pack), name)
		(fault,) = api.check(name)
		self.assertEqual((fault["table"], fault["row"], fault["column"]), ("pack_fields", 1, "label_ar"))

	def test_a_new_service_can_be_published_as_it_is(self) -> None:
		name = self.new()
		self.assertEqual(api.check(name), [])
		self.assertEqual(
			frappe.db.get_value("Service Pack", name, ["status", "origin", "edited_by"]),
			("Draft", "Desk", self.administrator),
		)
		samples = api.run_samples(name)["samples"]
		self.assertEqual([sample["passes"] for sample in samples], [True, True])
		plan = api.plan(name)
		record_type = frappe.db.get_value("Service Pack", name, "document_type")
		self.assertFalse([step for step in plan["steps"] if step["sign"] == "-"])
		self.assertGreater(len([step for step in plan["steps"] if step["sign"] == "+"]), 10)
		self.assertFalse(frappe.db.exists("DocType", record_type))

	def test_a_sample_that_fails_says_what_was_expected(self) -> None:
		name = self.new()
		form = self.form(name)
		form.pack_samples[0]["ends_in"] = "refused"
		self.save(form)
		frappe.local.lang = "ar"
		sample = api.run_samples(name)["samples"][0]
		wrong = [line for line in sample["lines"] if not line["right"]]
		self.assertFalse(sample["passes"])
		self.assertEqual([(line["expected"], line["got"]) for line in wrong], [("مرفوض", "تمت الموافقة")])
		(fault,) = api.check(name)
		self.assertEqual((fault["table"], fault["row"]), ("pack_samples", 1))
		self.assertIn("«مرفوض»", fault["sentence"])

	def test_the_preview_has_both_forms(self) -> None:
		name = self.new()
		seen = api.show(name)
		staff = {field["fieldname"] for field in seen["desk"]}
		citizen = {field["fieldname"] for field in seen["citizen"]}
		self.assertEqual(staff - citizen, {"study_part", "study_result"})
		self.assertIn("applicant_name", citizen)
		self.assertFalse(frappe.db.exists("DocType", "Family Visit Request"))

	def test_conditions_are_in_the_preview(self) -> None:
		name = self.new()
		form = self.form(name)
		form.pack_fields.append(
			{"section": "request", "field_name": "urgent", "field_kind": "Yes or No", "label_ar": "عاجل"}
		)
		form.pack_fields.append(
			{
				"section": "request",
				"field_name": "why",
				"field_kind": "Line of Text",
				"label_ar": "السبب",
				"show_when": "urgent == 1",
			}
		)
		self.save(form)
		fields = {field["fieldname"]: field for field in api.show(name)["citizen"]}
		self.assertTrue(fields["why"]["depends_on"].startswith("eval:"))
		self.assertIn("doc.urgent", fields["why"]["depends_on"])

	def test_versions_copies_and_files(self) -> None:
		name = self.new()
		second = api.new_version(name)
		self.assertEqual(frappe.db.get_value("Service Pack", second, ["version", "status"]), (2, "Draft"))
		other = code()
		frappe.get_doc(
			{
				"doctype": "Service",
				"service_code": other,
				"service_name": "خدمة أخرى",
				"service_name_en": "Another Service",
				"service_group": "CIC",
			}
		).insert()
		copied = frappe.get_doc("Service Pack", api.copy(name, other)).pack()
		self.assertEqual((copied["code"], copied["document_type"]), (other, "Another Service Request"))
		api.export(name)
		self.assertEqual(frappe.response["filename"], f"{name}.json")
		file = frappe.response["filecontent"].decode()
		frappe.db.set_value("Service Pack", name, "status", "Published")
		made = api.import_pack(file, name)
		self.assertEqual(
			frappe.db.get_value("Service Pack", made["name"], ["version", "origin", "status"]),
			(3, "Import", "Draft"),
		)
		self.assertEqual(
			frappe.get_doc("Service Pack", made["name"]).pack(), frappe.get_doc("Service Pack", name).pack()
		)
		self.assertEqual(made["faults"], [])

	def test_a_file_that_is_no_pack_is_answered_with_a_sentence(self) -> None:
		name = self.new()
		for text, said in (
			("{", "line"),
			("[1]", "one JSON object"),
			('{"code": "ZZ-99"}', "ZZ-99"),
			("[" * 100_000, "nested"),
			(" " * 1_000_001, "larger"),
		):
			frappe.local.lang = "en"
			error = self.assertRefused(drafting.ImportedPackError, api.import_pack, text, name)
			self.assertIn(said, str(error))
		faulty = api.import_pack(
			json.dumps({"code": frappe.db.get_value("Service Pack", name, "service")}), name
		)
		self.assertEqual(faulty["name"], name)
		self.assertTrue(faulty["faults"])

	def test_a_definition_of_another_service_is_not_published(self) -> None:
		name = self.new()
		doc = frappe.get_doc("Service Pack", name)
		doc.definition = json.dumps(doc.pack() | {"code": "SC-07"})
		doc.save()
		self.assertIn("SC-07", api.check(name)[-1]["sentence"])
		self.assertEqual(api.publish(name)["status"], "Draft")

	def test_two_versions_in_words(self) -> None:
		name = self.new()
		form = self.form(api.new_version(name))
		form.pack_documents.append({"title_ar": "شهادة الميلاد", "code": "birth", "required": 1})
		form.pack_notifications.pop()
		form.pack_states[0]["days"] = "6"
		form.clock_days = "20"
		self.save(form)
		frappe.local.lang = "ar"
		lines = api.compare(form.name, name)
		self.assertEqual([line["kind"] for line in lines], ["~", "+", "~", "-"])
		self.assertIn("«15» ", lines[0]["text"])
		self.assertEqual(lines[1]["text"], "شهادة الميلاد")
		self.assertIn("«2» ", lines[2]["text"])
		self.assertEqual(
			comparing.differences(
				frappe.get_doc("Service Pack", name).pack(), frappe.get_doc("Service Pack", name).pack()
			),
			[],
		)

	def test_the_catalogue_counts(self) -> None:
		before = api.catalogue()
		self.new()
		self.assertEqual(api.catalogue(), before | {"services": before["services"] + 1})

	def test_names_of_record_types_are_free_and_valid(self) -> None:
		self.assertEqual(drafting.record_type("permit for family visit"), "Permit For Family Visit Request")
		self.assertEqual(drafting.record_type("طلب"), "Service Request")
		self.assertRegex(drafting.record_type("A " * 60), r"^[A-Z][A-Za-z0-9]*( [A-Z0-9][A-Za-z0-9]*){1,6}$")
		self.assertLessEqual(len(drafting.record_type("Wonderful " * 20)), 50)

	def test_every_fact_and_function_is_explained(self) -> None:
		facts = APPLICANT | REQUEST | frozenset().union(*OF_SUBJECT.values())
		self.assertEqual(facts - set(vocabulary.all_facts()), set())
		self.assertEqual(set(KNOWN) - set(vocabulary.functions()), set())
		words = api.words(self.new())
		self.assertIn("documents.identity_card", {row["text"] for row in words["facts"]})
		self.assertIn("request_details", {row["text"] for row in words["fields"]})

	def test_what_is_offered(self) -> None:
		offered = api.offered()
		self.assertIn("Directorate Director", {row["value"] for row in offered["roles"]})
		self.assertTrue(all(row["label"] for rows in offered.values() for row in rows))

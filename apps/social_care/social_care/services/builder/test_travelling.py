"""Packs that travel: exported here, taken on a site that never had them, and the same there to the last sign."""

import json
from pathlib import Path

import frappe

from social_care.api import services_builder as api
from social_care.services.builder import comparing, drafting
from social_care.services.builder.test_builder import BuilderCase, code
from social_care.services.packs.definition import digest

FILES = sorted((Path(__file__).parents[2] / "service_packs").glob("*.json"))


def exported(name: str) -> str:
	"""The file as the browser gets it."""
	api.export(name)
	return frappe.response["filecontent"].decode()


class TestTravelling(BuilderCase):
	def elsewhere(self, service: str) -> None:
		"""Make this a site that never had the service: neither versions nor the row of the catalogue."""
		frappe.set_user("Administrator")
		frappe.db.delete("Service Pack", {"service": service})
		frappe.db.delete("Service", {"name": service})
		frappe.clear_document_cache("Service", service)
		self.act_as(self.administrator)

	def row(self, service: str, name: str = "خدمة وصلت") -> None:
		values = {"service_code": service, "service_name": name, "service_name_en": "A Service That Came"}
		frappe.get_doc({"doctype": "Service", "service_group": "CIC", **values}).insert()

	def changed(self) -> str:
		"""A service that was worked on in its tables."""
		form = self.form(self.new())
		form.pack_documents.append({"title_ar": "شهادة «الميلاد»", "code": "birth", "required": 1})
		form.pack_fields.append(
			{
				"section": form.pack_sections[0]["code"],
				"field_name": "children_number",
				"field_kind": "Whole Number",
				"label_ar": "عدد الأبناء",
			}
		)
		self.save(form)
		return form.name

	def test_a_pack_is_the_same_on_a_site_that_never_had_it(self) -> None:
		name = self.changed()
		service = frappe.db.get_value("Service Pack", name, "service")
		before, faults = frappe.get_doc("Service Pack", name).pack(), api.check(name)
		text = exported(name)
		self.elsewhere(service)
		refused = self.assertRefused(drafting.ImportedPackError, api.import_pack, text)
		self.assertIn(service, str(refused))
		self.assertFalse(frappe.db.exists("Service Pack", {"service": service}), "nothing was half taken")
		self.row(service)
		came = api.import_pack(text)
		doc = frappe.get_doc("Service Pack", came["name"])
		self.assertEqual((doc.service, doc.version, doc.status, doc.origin), (service, 1, "Draft", "Import"))
		self.assertEqual(doc.pack(), before)
		self.assertEqual(exported(came["name"]), text)
		self.assertEqual(came["faults"], [])
		self.assertEqual(api.check(came["name"]), faults, "its samples fail there as they fail here")

	def test_every_pack_of_the_app_travels_unchanged(self) -> None:
		"""Export, import as a new draft, open and save it in the form, export: one text."""
		self.assertEqual(len(FILES), 44)
		for file in FILES:
			pack = json.loads(file.read_text(encoding="utf-8"))
			with self.subTest(pack["code"]):
				first = api.import_pack(file.read_text(encoding="utf-8"))
				self.assertEqual(first["faults"], [])
				text = exported(first["name"])
				second = api.import_pack(text, first["name"])
				self.save(self.form(second["name"]))
				self.assertEqual(exported(second["name"]), text)
				self.assertEqual(digest(json.loads(text)), digest(pack))

	def test_a_copy_is_its_own_service(self) -> None:
		"""What is changed in the copy stays there; the comparison of both names it."""
		name, other = self.changed(), code()
		self.row(other, "خدمة منسوخة")
		copied = api.copy(name, other)
		form = self.form(copied)
		self.assertEqual(form.document_type, "A Service That Came Request")
		form.clock_days = "33"
		form.pack_documents.pop()
		self.save(form)
		original = frappe.get_doc("Service Pack", name).pack()
		self.assertIn("birth", [row["code"] for row in original["documents"]])
		frappe.local.lang = "ar"
		lines = [line["text"] for line in api.compare(name, copied)]
		self.assertTrue([line for line in lines if "«33»" in line or "«٣٣»" in line], lines)
		self.assertIn("شهادة «الميلاد»", lines)
		self.assertEqual(comparing.differences(original, original), [])

"""Who may use the builder."""

import json

import frappe

from social_care.api import services_builder as api
from social_care.services.builder import publication
from social_care.services.builder.test_builder import ROLE, BuilderCase
from social_care.tests import factories


class TestRights(BuilderCase):
	def test_nobody_else_gets_an_answer(self) -> None:
		name = self.new()
		service = frappe.db.get_value("Service Pack", name, "service")
		text = json.dumps(frappe.get_doc("Service Pack", name).pack())
		calls = {
			"offered": (),
			"check": (name,),
			"run_samples": (name,),
			"plan": (name,),
			"show": (name,),
			"words": (name,),
			"compare": (name, name),
			"publish": (name,),
			"publishing_state": (name,),
			"new_service": ("TS-9999", "خدمة", "Service", "CIC"),
			"begin": (service,),
			"new_version": (name,),
			"copy": (name, service),
			"import_pack": (text,),
			"export": (name,),
		}
		whitelisted = {key for key, value in vars(api).items() if value in frappe.whitelisted}
		self.assertEqual(whitelisted - {"catalogue"}, set(calls))
		for user in (self.head, "Guest"):
			self.act_as(user)
			for call, arguments in calls.items():
				with self.subTest(user=user, call=call):
					self.assertRefused(frappe.PermissionError, getattr(api, call), *arguments)

	def test_writing_calls_are_posts(self) -> None:
		writing = {"publish", "new_service", "begin", "new_version", "copy", "import_pack"}
		for call in writing:
			self.assertEqual(frappe.allowed_http_methods_for_whitelisted_func[getattr(api, call)], ["POST"])

	def test_four_eyes(self) -> None:
		name = self.new()
		self.act_as("Administrator")
		self.settings(services_four_eyes=1)
		self.act_as(self.administrator)
		self.assertRefused(publication.PublishingError, api.publish, name)
		self.act_as(factories_second(self))
		self.assertEqual(api.publish(name)["status"], "Publishing")

	def test_what_publishing_writes_is_written_by_nobody_else(self) -> None:
		"""The records that a version has made are removed with it, and the version in force is not asked again."""
		name = self.new()
		self.act_as(factories_second(self))
		sent = {
			"status": "Published",
			"artefacts": '[["User", "Guest"]]',
			"published_by": self.administrator,
			"edited_by": self.head,
			"version": 99,
		}
		stored = frappe.db.get_value("Service Pack", name, list(sent), as_dict=True)
		doc = frappe.get_doc("Service Pack", name)
		doc.update(sent)
		doc.save()
		self.assertEqual(frappe.db.get_value("Service Pack", name, list(sent), as_dict=True), stored)
		again = frappe.new_doc("Service Pack")
		again.update(sent | {"service": doc.service, "definition": doc.definition})
		again.insert()
		self.assertEqual(
			(again.status, again.artefacts, again.published_by, again.edited_by, again.version),
			("Draft", None, None, frappe.session.user, doc.version + 1),
		)

	def test_the_version_in_force_is_not_written_into_the_catalogue(self) -> None:
		pack = frappe.get_doc("Service Pack", self.new())
		self.act_as(self.administrator)
		service = frappe.get_doc("Service", pack.service)
		before = service.request_type, service.published_version
		service.update({"request_type": "User", "published_version": pack.version, "status": "Pilot"})
		service.save()
		service.reload()
		self.assertEqual(
			(service.request_type, service.published_version, service.status), (*before, "Pilot")
		)


def factories_second(case: BuilderCase) -> str:
	"""Another functional administrator."""
	case.act_as("Administrator")
	return factories.staff(ROLE, org_unit="HQ")

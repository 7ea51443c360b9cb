"""What guests are told of the citizens' calls: who is told, which forms, and that a form fits what its page sends."""

import json
from datetime import date

import frappe
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from social_care.api import citizens as calls
from social_care.services import versions
from social_care.services.citizens import answers, forms, offers
from social_care.services.openapi import citizen_forms, citizens, document
from social_care.services.packs.samples import sample_values
from social_care.services.tests.cases import VISIT, ServiceTestCase

OPEN = {"offices", "institutions", "apply", "follow", "look", "step", "rate", "upload"} | {
	*("counters", "days", "book")
}
FORM = "FamilyVisitPermitRequest.Form"


class TestCitizensPart(ServiceTestCase):
	def told(self, user: str = "Guest", language: str = "ar") -> dict:
		with document.speaking(language):
			return citizens.citizens_part(user)

	def test_every_open_call_is_described_to_guests_and_to_nobody_else(self) -> None:
		paths = {path.removeprefix(citizens.ADDRESS) for path in self.told()["paths"]}
		self.assertEqual(paths, OPEN)
		opened = {name for name in OPEN if getattr(calls, name) in frappe.guest_methods}
		self.assertEqual(opened, OPEN)
		for user in (self.worker, self.here.entry, "Administrator"):
			self.assertEqual(self.told(user), {})

	def test_a_closed_service_is_not_told(self) -> None:
		self.assertIn(FORM, self.told()["schemas"])
		frappe.db.set_value("Service", VISIT, "status", "Suspended")
		frappe.clear_document_cache("Service", VISIT)
		self.addCleanup(frappe.clear_document_cache, "Service", VISIT)
		told = self.told()
		self.assertNotIn(FORM, told["schemas"])
		self.assertNotIn("sc-07", json.dumps(told))

	def test_without_any_service_receipts_are_still_followed(self) -> None:
		frappe.db.set_value("Web Form", {"route": ["like", f"{offers.ROUTE}%"]}, "published", 0)
		paths = {path.removeprefix(citizens.ADDRESS) for path in self.told()["paths"]}
		self.assertEqual(paths, OPEN - {"offices", "institutions", "apply"})

	def test_forms_ask_for_what_their_pages_ask_for(self) -> None:
		offer = offers.offer(VISIT)
		schema = self.told()["schemas"][FORM]
		names = {field["name"] for field in forms.fields(offer)}
		self.assertEqual(set(schema["properties"]), names | {"governorate", "place"})
		self.assertNotIn("child_view", schema["properties"])
		self.assertIn("subject_said", schema["required"])
		self.assertNotIn("visit_to", schema["required"])
		titles = schema["properties"]["permit_kind"]["x-enum-titles"]
		self.assertEqual(titles[0], "زيارة داخل المؤسسة")
		english = self.told(language="en")["schemas"][FORM]["properties"]["permit_kind"]
		self.assertEqual(english["x-enum-titles"][0], "Visit at the Institution")

	def test_what_a_page_sends_fits_and_what_it_never_sends_does_not(self) -> None:
		right = self.sample()
		self.assertFalse(self.faults(right))
		for values in (
			{"permit_kind": "Whenever"},
			{"visit_from": "tomorrow"},
			{"visit_from": 20300101},
			{"governorate": "Nowhere"},
			{"place": ""},
			{"applicant_name": None},
			{"host_household": [{"member_age": 3}]},
			{"host_household": [{"member_name": "سعاد", "member_age": answers.LARGEST_WHOLE}]},
			{"stay_address": "x" * (answers.TEXT + 1)},
		):
			with self.subTest(values=values):
				self.assertTrue(self.faults(right | values))

	def sample(self) -> dict:
		pack = versions.published(VISIT)
		asked = {field["name"] for field in forms.fields(offers.offer(VISIT))}
		values = sample_values(pack, pack["samples"][0], date.today())
		sent = {name: value for name, value in values.items() if name in asked}
		applicant = {"applicant_name": "سعاد محمود علي", "applicant_phone": "01001234567"}
		place = {"governorate": "01", "place": "unit:ANY", "subject_said": "كريم أحمد"}
		return json.loads(json.dumps(sent | applicant | place, default=str))

	def faults(self, values: dict) -> list:
		"""What the described form says against the values."""
		whole = {"$schema": document.DIALECT, "components": {"schemas": self.told()["schemas"]}}
		registry = Registry().with_resource("urn:whole", Resource(whole, DRAFT202012))
		against = {"$ref": f"urn:whole#/components/schemas/{FORM}"}
		checker = Draft202012Validator.FORMAT_CHECKER
		return list(
			Draft202012Validator(against, registry=registry, format_checker=checker).iter_errors(values)
		)

	def test_a_number_that_no_column_holds_is_said_beside_its_field(self) -> None:
		for kind, text in (("integer", str(answers.LARGEST_WHOLE)), ("money", str(answers.LARGEST))):
			with self.subTest(kind=kind), self.assertRaises(answers.Unreadable):
				answers.number(text, kind)
		self.assertEqual(answers.number("٢١٤٧٤٨٣٦٤٧", "integer"), answers.LARGEST_WHOLE - 1)

	def test_queries_do_not_grow_with_fields(self) -> None:
		"""A form costs the look for its page's service, whatever it holds; reference tables are read once."""
		self.told()
		offered = len(offers.open_offers())
		tables = {target for offer in offers.open_offers() for target in citizen_forms.targets(offer)}
		with self.assertQueryCount(2 + offered + len(tables)):
			self.told()

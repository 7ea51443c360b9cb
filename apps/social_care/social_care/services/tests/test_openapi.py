"""The description of the interface: for each reader what his roles open, and held to. Over HTTP: tests/test_openapi_calls.py."""

import json
import re
from unittest.mock import patch

import frappe

from social_care.services.openapi import citizens, contract, document, public
from social_care.services.openapi.reader import newest_offer, offers
from social_care.services.tests.cases import VISIT, VISITS, ServiceTestCase

VISIT_COMPONENT = "FamilyVisitPermitRequest"
GUESTS = r"Refusal$|Citizen[A-Z][a-z]+$|Choice\.[A-Za-z]+$|[A-Za-z]+\.Form$"
ADDRESS = "/api/resource/Family%20Visit%20Permit%20Request"


class TestDocument(ServiceTestCase):
	def told(self, user: str, language: str = "ar") -> dict:
		self.addCleanup(frappe.set_user, "Administrator")
		frappe.set_user(user)
		with document.speaking(language):
			return json.loads(document.as_text(document.document(user)))

	def head(self) -> str:
		from social_care.tests import places

		return places.country().head

	def visits(self, told: dict) -> dict:
		"""What a document holds of the visit permit: its tag, paths and schemas; other services may be published, too."""
		schemas = {
			name: part
			for name, part in told["components"]["schemas"].items()
			if name.startswith(VISIT_COMPONENT)
		}
		return {
			"tag": next((tag for tag in told["tags"] if tag["name"] == VISIT), None),
			"paths": {path: part for path, part in told["paths"].items() if path.startswith(ADDRESS)},
			"schemas": schemas,
		}

	def test_guests_and_strange_roles_do_not_see_it(self) -> None:
		told = self.told("Guest")
		self.assertEqual([tag["name"] for tag in told["tags"]], [public.TAG, citizens.TAG])
		self.assertFalse([path for path in told["paths"] if "resource" in path or "workflow" in path])
		strange = [name for name in told["components"]["schemas"] if not re.match(GUESTS, name)]
		self.assertFalse(strange)
		for secret in ("child_view", "social_worker_opinion", "decided_by", "Under Study"):
			self.assertNotIn(secret, json.dumps(told))
		self.assertEqual(self.visits(self.told(self.here.entry)), {"tag": None, "paths": {}, "schemas": {}})

	def test_each_right_opens_its_operations(self) -> None:
		one = f"{ADDRESS}/{{name}}"
		worker, chief, head = (
			self.visits(self.told(user)) for user in (self.worker, self.here.chief, self.head())
		)
		self.assertEqual(set(worker["paths"][ADDRESS]), {"get", "post"})
		self.assertEqual(set(chief["paths"][ADDRESS]), {"get"})
		self.assertIn("put", chief["paths"][one])
		self.assertNotIn("put", head["paths"][one])
		self.assertEqual(list(head["schemas"]), [VISIT_COMPONENT])

	def test_fields_above_the_readers_level_are_not_named(self) -> None:
		for user, has in ((self.worker, True), (self.head(), False)):
			visits = self.visits(self.told(user))
			self.assertEqual("child_view" in json.dumps(visits), has, user)
			self.assertIn("stay_address", json.dumps(visits))

	def test_steps_are_those_of_the_readers_roles(self) -> None:
		def steps(user: str) -> list[str]:
			return self.told(user)["components"]["schemas"]["FamilyVisitPermitRequest.Step"]["properties"][
				"action"
			]["enum"]

		self.assertIn("Begin the Study", steps(self.worker))
		self.assertNotIn("Grant the Permit", steps(self.worker))
		self.assertIn("Grant the Permit", steps(self.here.chief))

	def test_components_say_what_a_field_holds(self) -> None:
		schemas = self.told(self.worker)["components"]["schemas"]
		new, read = schemas["FamilyVisitPermitRequest.New"], schemas["FamilyVisitPermitRequest"]
		self.assertEqual(set(new["required"]), {"permit_kind", "visit_from", "relation_to_child"})
		self.assertEqual(new["properties"]["visit_from"]["format"], "date")
		self.assertEqual(
			new["properties"]["permit_kind"]["enum"][:2], ["Visit at the Institution", "Day Out"]
		)
		relation = new["properties"]["relation_to_child"]
		self.assertEqual(
			dict(zip(relation["enum"], relation["x-enum-titles"], strict=True))["Grandparent"], "جد أو جدة"
		)
		self.assertEqual(new["properties"]["applicant_phone"]["maxLength"], 30)
		self.assertEqual(new["properties"]["host_household"]["items"]["required"], ["member_name"])
		self.assertTrue(read["properties"]["due_on"]["readOnly"])
		self.assertNotIn("due_on", new["properties"])
		self.assertIn("Permit Granted", read["properties"]["status"]["enum"])
		for name in ("editors", "asked_users"):
			self.assertNotIn(name, read["properties"])

	def test_words_are_arabic_and_english_where_asked_for(self) -> None:
		arabic, english = self.told(self.worker), self.told(self.worker, "en")
		self.assertEqual(
			self.visits(arabic)["tag"]["x-displayName"], "طلب تصريح زيارة أسرية أو استضافة مؤقتة"
		)
		self.assertEqual(
			self.visits(english)["tag"]["x-displayName"], "Family Visit or Temporary Hosting Permit Request"
		)
		for told in (
			arabic["info"]["title"],
			*(row["description"] for row in arabic["components"]["responses"].values()),
		):
			self.assertRegex(told, r"[\u0621-\u064a]")
		with self.assertRaises(frappe.ValidationError):
			document.speaking("fr")

	def test_apps_describe_more_by_a_hook(self) -> None:
		path = {"get": {"responses": {"200": {"description": "Done"}}}}
		part = {
			"paths": {"/api/method/an_app.api.more": path},
			"tags": [{"name": "more"}],
			"schemas": {"More": {}},
		}
		frappe.flags.described_by_test = part
		with patch.object(public, "hooked", return_value=[described_by_test]):
			told = self.told("Guest")
		self.assertIn("/api/method/an_app.api.more", told["paths"])
		self.assertIn("More", told["components"]["schemas"])
		self.assertIn({"name": "more"}, told["tags"])

	def test_queries_do_not_grow_with_fields(self) -> None:
		"""A service costs the same few questions, whatever its form holds."""
		frappe.set_user(self.worker)
		self.addCleanup(frappe.set_user, "Administrator")
		offers(self.worker)
		with self.assertQueryCount(4 + 3 * len(offers(self.worker))):
			document.document(self.worker)


def described_by_test(_user: str) -> dict:
	return frappe.flags.described_by_test


class TestContract(ServiceTestCase):
	"""What is refused before the framework meets it; the rest is tried over HTTP (tests/test_openapi_calls.py)."""

	def check(self, values: object, new: bool = True) -> None:
		offer = newest_offer(VISITS, self.worker)
		contract.check_values(values, contract.validator(offer.write, new), offer.write)

	def refusal(self, values: object, new: bool = True) -> str:
		with self.assertRaises(contract.ContractError) as refused:
			self.check(values, new)
		return str(refused.exception)

	def whole(self, **values) -> dict:
		first = {"permit_kind": "Day Out", "visit_from": "2030-01-01", "relation_to_child": "Grandparent"}
		return first | values

	def test_what_fits_passes(self) -> None:
		self.check(
			self.whole(
				applicant_name="سعاد",
				visit_to=None,
				host_household=[{"member_name": "سعاد", "member_age": 3}],
			)
		)
		self.check({"conditions": "لا شيء"}, new=False)
		self.check({"conditions": "x", "owner": "kept by the framework", "unknown": 1}, new=False)

	def test_what_does_not_fit_is_named(self) -> None:
		frappe.local.lang = "ar"
		self.addCleanup(setattr, frappe.local, "lang", "en")
		for values, word in (
			({"permit_kind": "Day Out", "visit_from": "2030-01-01"}, "صلته بالابن أو الابنة"),
			(self.whole(permit_kind="Whenever"), "نوع التصريح"),
			(self.whole(visit_from="tomorrow"), "من يوم"),
			(self.whole(visit_from=20300101), "من يوم"),
			(self.whole(applicant_phone="1" * 31), "الهاتف"),
			(self.whole(host_household=[{"member_age": 3}]), "المقيمون في مسكن الاستضافة / 1 / الاسم"),
			(self.whole(host_household="nobody"), "المقيمون في مسكن الاستضافة"),
			(self.whole(host_household=[{"member_name": "x", "member_age": 2**31}]), "السن"),
		):
			with self.subTest(values=values):
				self.assertIn(word, self.refusal(values))

	def test_no_object_and_no_text_are_refused(self) -> None:
		for values in ([], "x", 5, None, {}, self.whole(applicant_name="\ud800")):
			with self.subTest(values=values):
				self.assertTrue(self.refusal(values))

	def test_lists_are_asked_as_described(self) -> None:
		offer = newest_offer(VISITS, self.worker)
		for arguments in (
			{
				"fields": '["name", "status"]',
				"filters": '[["status", "=", "Received"]]',
				"order_by": "modified desc",
			},
			{
				"fields": '["*"]',
				"filters": '{"status": ["in", ["Received"]], "due_on": ["between", ["2030-01-01", "2030-02-01"]]}',
			},
			{"filters": '[["submitted_on", ">", "2028-02-29 23:59:59.000001"]]'},
			{"limit_start": "0", "limit_page_length": "20"},
		):
			contract.check_list(offer, arguments)
		for arguments in (
			{"fields": "name"},
			{"fields": '["asked_users"]'},
			{"filters": '[["due_on", "between", 5]]'},
			{"filters": '[["submitted_on", ">", "5868-62-67 00:30:08.359764"]]'},
			{"filters": '[["submitted_on", ">", "2026-02-31 00:30:08"]]'},
			{"filters": '{"modified": "0000-01-01 00:00:00"}'},
			{"filters": '[["status", "=", "Received"'},
			{"filters": '{"status": {"a": 1}}'},
			{"order_by": "modified desc, (select 1)"},
			{"limit_start": "-1"},
			{"limit_page_length": "0"},
			{"limit_page_length": "٢٠"},
			{"limit": "100000"},
		):
			with self.subTest(arguments=arguments), self.assertRaises(contract.ContractError):
				contract.check_list(offer, arguments)

	def test_a_step_names_a_record_and_a_step(self) -> None:
		contract.check_step({"doctype": VISITS, "name": "X"}, "Grant the Permit")
		contract.check_step(json.dumps({"doctype": VISITS, "name": "X"}), "Grant the Permit")
		for doc, action in (
			(None, "x"),
			("{", "x"),
			([], "x"),
			({"doctype": VISITS}, "x"),
			({"doctype": VISITS, "name": 1}, "x"),
		):
			with self.subTest(doc=doc), self.assertRaises(contract.ContractError):
				contract.check_step(doc, action)
		with self.assertRaises(contract.ContractError):
			contract.check_step({"doctype": VISITS, "name": "X"}, {"a": 1})

	def test_other_record_types_are_not_held(self) -> None:
		for doctype in ("Child", "Service", "Service Request Document", "No Such Type"):
			self.assertIsNone(newest_offer(doctype, self.worker))
		self.assertEqual(newest_offer(VISITS, self.worker).code, VISIT)

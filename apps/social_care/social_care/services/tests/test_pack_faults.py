"""Every fault of a pack is found where it is, and said in the reader's language."""

import copy
import re
from collections.abc import Callable

import frappe
from frappe.utils import getdate, nowdate
from jsonschema import Draft202012Validator

from social_care.services import versions
from social_care.services.builder import review
from social_care.services.compiler import publishing
from social_care.services.compiler.artefacts import Artefact
from social_care.services.compiler.conversions import ConversionError, check_conversions
from social_care.services.compiler.stored import Stored
from social_care.services.packs import expressions, form
from social_care.services.packs.definition import PackError, complete, faults_of
from social_care.services.packs.files import packs_of_app
from social_care.services.packs.messages import Fault, sentences
from social_care.services.packs.samples import sample_faults
from social_care.tests import SocialCareTestCase

SERVICE = "SC-07"
LATIN = re.compile(r"[A-Za-z]{2,}")
Break = Callable[[dict], object]


def field(pack: dict, name: str) -> dict:
	return next(row for section in pack["sections"] for row in section["fields"] if row["name"] == name)


def action(pack: dict, code: str) -> dict:
	return next(row for row in pack["workflow"]["actions"] if row["code"] == code)


def add_state(pack: dict, code: str) -> None:
	pack["workflow"]["states"].append(
		{"code": code, "title": {"ar": "حالة", "en": "A State"}, "kind": "open"}
	)


def add_action(pack: dict, code: str, start: str, end: str) -> None:
	pack["workflow"]["actions"].append(
		{"code": code, "title": {"ar": "خطوة", "en": "A Step"}, "from": [start], "to": end}
		| {"roles": ["Institution Director"]}
	)


def dead_end(pack: dict) -> None:
	add_state(pack, "loop")
	add_action(pack, "into_loop", "received", "loop")


def no_intake(pack: dict) -> None:
	for row in pack["access"]:
		row["rights"] = [right for right in row["rights"] if right != "create"]


def two_arabic(pack: dict) -> None:
	field(pack, "visit_from")["label"] = {"ar": "يبدأ في", "en": "Kind of Permit"}


def condition(text: str) -> Break:
	return lambda pack: pack["rules"][0].update(passes_when=text)


def first_sample(**parts: list) -> Break:
	return lambda pack: pack["samples"][0].update(parts)


def expected(**parts: list) -> Break:
	return lambda pack: pack["samples"][0]["expect"].update(parts)


def second_unit(field_name: str, state: str, own: str = "") -> Break:
	"""A second unit that comes in at a state, with a state of its own."""

	def break_it(pack: dict) -> None:
		unit = {"name": "other_unit", "type": "link", "target": "Org Unit", "label": {"ar": "الوحدة الأخرى"}}
		pack["sections"][0]["fields"].append(unit)
		pack["second_unit"] = {"field": field_name, "from_state": state}
		for row in pack["workflow"]["states"]:
			row["at_second_unit"] = row["code"] == own

	return break_it


SAMPLE, RULE = "samples[0]", "rules[0].passes_when"
# what is broken, the path at which it has to be found, its code
BROKEN: list[tuple[Break, str, str]] = [
	(lambda pack: pack.pop("title"), ".", "required"),
	(lambda pack: pack.update(colour="blue"), ".", "unexpected"),
	(lambda pack: pack.update(title="زيارة"), "title", "type"),
	(lambda pack: field(pack, "visit_from").update(type="week"), "sections[0].fields[1].type", "choice"),
	(lambda pack: pack.update(code="visit"), "code", "pattern"),
	(lambda pack: pack.update(sections=[]), "sections", "empty"),
	(lambda pack: pack["clock"].update(days=0), "clock.days", "bounds"),
	(lambda pack: pack["channels"].append("counter"), "channels", "twice"),
	(lambda pack: pack["documents"].append(pack["documents"][0]), "documents", "twice_code"),
	(lambda pack: field(pack, "visit_from").update(name="status"), "sections[0].fields[1].name", "reserved"),
	(lambda pack: action(pack, "grant").update(to="nowhere"), "workflow.actions[4]", "unknown_state"),
	(lambda pack: pack["outputs"][0].update(shows=["shoe_size"]), "outputs[0]", "unknown_field"),
	(first_sample(documents=["passport"]), SAMPLE, "unknown_document"),
	(expected(path=["jump"]), SAMPLE, "unknown_action"),
	(expected(rules={"rich": "pass"}), SAMPLE, "unknown_rule"),
	(first_sample(waived=["rich"]), SAMPLE, "unknown_rule"),
	(expected(wrong_fields=["host_household.shoe_size"]), SAMPLE, "unknown_field"),
	(expected(outputs=["medal"]), SAMPLE, "unknown_output"),
	(lambda pack: field(pack, "permit_kind").pop("options"), "sections[0].fields[0]", "no_options"),
	(lambda pack: field(pack, "stay_address").update(type="link"), "sections[0].fields[3]", "no_target"),
	(lambda pack: field(pack, "host_household").pop("columns"), "sections[1].fields[1]", "no_columns"),
	(lambda pack: field(pack, "visit_from").pop("message"), "sections[0].fields[1]", "no_message"),
	(lambda pack: add_state(pack, "island"), "workflow.states", "not_reached"),
	(dead_end, "workflow.states", "no_end"),
	(lambda pack: add_action(pack, "revive", "withdrawn", "study"), "workflow.actions", "leaves_end"),
	(lambda pack: add_action(pack, "again", "received", "study"), "workflow.actions[8]", "same_step"),
	(lambda pack: action(pack, "begin_study").update(roles=[]), "workflow.actions[0]", "nobody"),
	(
		lambda pack: action(pack, "begin_study").update(roles=["Central Administration Head"]),
		"workflow.actions[0].roles",
		"no_right",
	),
	(lambda p: p["appeal"].update(decided_by=["Directorate Director"]), "appeal.decided_by", "same_eyes"),
	(no_intake, "access", "no_intake"),
	(lambda pack: field(pack, "conditions").update(level=3), "outputs[0]", "secret_output"),
	(lambda pack: pack["outputs"][0].update(body={"ar": "يصرح {nobody}"}), "outputs[0].body", "no_text"),
	(two_arabic, "sections[0].fields[1].label", "same_english"),
	(second_unit("visit_from", "decision"), "second_unit.field", "no_unit_field"),
	(second_unit("other_unit", "received"), "second_unit.from_state", "second_unit_first"),
	(second_unit("other_unit", "decision", own="study"), "workflow.states", "second_unit_early"),
	(
		lambda pack: pack["workflow"]["states"][1].update(at_second_unit=True),
		"workflow.states",
		"no_second_unit",
	),
	(condition("applicant.age >="), RULE, "syntax"),
	(condition("1 in [" + "1," * 130 + "1]"), RULE, "too_long"),
	(condition("applicant.age.__class__"), RULE, "not_allowed"),
	(condition("open('/etc/passwd')"), RULE, "unknown_function"),
	(condition("applicant.shoe_size > 40"), RULE, "unknown_fact"),
	(
		lambda pack: field(pack, "visit_to").update(show_when="days_between(visit_from, visit_to) > 1"),
		"sections[0].fields[2].show_when",
		"not_in_browser",
	),
]
ELSEWHERE = {
	"spreads",
	"other",
	"unknown_role",
	"values",
	"markup",
	"other_service",
	"type_change",
	"type_name",
	"type_taken",
	"other_spelling",
	"sample",
}


class TestFaults(SocialCareTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.pack = copy.deepcopy(packs_of_app("social_care")[SERVICE])
		self.language = frappe.local.lang
		self.addCleanup(setattr, frappe.local, "lang", self.language)

	def assertSaid(self, fault: Fault) -> None:
		"""In English as a sentence, in Arabic without English words but those of the detail."""
		frappe.local.lang = "en"
		english = fault.sentence()
		frappe.local.lang = "ar"
		arabic = fault.sentence()
		self.assertIn(fault.detail, english)
		self.assertRegex(arabic, r"[\u0621-\u064A]")
		self.assertNotEqual(arabic, english)
		self.assertNotRegex(arabic.replace(fault.detail, ""), LATIN)

	def test_each_broken_pack_is_told_where_and_why(self) -> None:
		for number, (break_it, path, code) in enumerate(BROKEN):
			pack = copy.deepcopy(self.pack)
			break_it(pack)
			found = {(fault.path, fault.code): fault for fault in faults_of(pack)}
			with self.subTest(number, code=code):
				self.assertIn((path, code), found)
				self.assertSaid(found[path, code])

	def test_every_code_is_provoked(self) -> None:
		self.assertEqual({code for _break, _path, code in BROKEN} | ELSEWHERE, set(sentences()))

	def test_what_the_schema_says_otherwise_is_told_too(self) -> None:
		error = next(Draft202012Validator({"not": {}}).iter_errors({}))
		(fault,) = form._faults(error)
		self.assertEqual(fault.code, "other")
		self.assertSaid(fault)

	def test_values_that_do_not_fit_a_condition(self) -> None:
		with self.assertRaises(expressions.ExpressionError) as caught:
			expressions.evaluate("days_between(a, b) > 1", {"a": "soon", "b": "later"}, getdate(nowdate()))
		self.assertSaid(Fault(RULE, caught.exception.code, caught.exception.detail))
		self.assertEqual(caught.exception.code, "values")

	def test_a_sample_that_gives_something_else(self) -> None:
		self.pack["samples"][0]["expect"]["ends_in"] = "refused"
		(fault,) = sample_faults(complete(self.pack), getdate(nowdate()))
		self.assertEqual((fault.path, fault.code), (SAMPLE, "sample"))
		frappe.local.lang = "ar"
		self.assertTrue(fault.sentence().startswith("لا"), fault.sentence())

	def test_what_the_builder_refuses_beside_that(self) -> None:
		found = review.all_faults("SC-08", 1, self.pack)
		self.assertEqual([fault.code for fault in found], ["other_service"])
		self.assertSaid(found[0])
		self.pack["title"]["ar"] = "<b>زيارة</b>"
		(marked,) = review.all_faults(SERVICE, 1, self.pack)
		self.assertEqual((marked.path, marked.code), ("title.ar", "markup"))
		self.assertSaid(marked)

	def refused(self) -> dict[str, Fault]:
		with self.assertRaises(PackError) as caught:
			publishing.checked(SERVICE, 99, self.pack)
		return {fault.code: fault for fault in caught.exception.faults}

	def test_a_role_that_is_not_there(self) -> None:
		for role in ("Wizard", "Guest", "All"):
			self.pack["access"].append({"role": role, "rights": ["read"]})
			fault = self.refused()["unknown_role"]
			self.assertEqual(fault.detail, role)
			self.assertSaid(fault)
			self.pack["access"].pop()

	def test_a_record_type_of_somebody_else(self) -> None:
		self.pack["document_type"] = "Staff Assignment"
		frappe.db.set_value("Service", SERVICE, "published_version", 0)
		frappe.clear_document_cache("Service", SERVICE)
		self.addCleanup(frappe.clear_document_cache, "Service", SERVICE)
		self.assertSaid(self.refused()["type_taken"])

	def test_a_published_record_type_keeps_its_name(self) -> None:
		doc = frappe.get_doc(
			{"doctype": "Service Pack", "service": SERVICE, "definition": frappe.as_json(self.pack)}
		).insert()
		values = {"request_type": self.pack["document_type"], "published_version": doc.version}
		frappe.db.set_value("Service", SERVICE, values)
		versions.forget(SERVICE)
		self.addCleanup(versions.forget, SERVICE)
		self.pack["document_type"] = "Garden Visit Request"
		self.assertSaid(self.refused()["type_name"])

	def test_a_state_in_other_capitals(self) -> None:
		title = self.pack["workflow"]["states"][0]["title"]
		if not frappe.db.exists("Workflow State", title["en"]):
			frappe.get_doc({"doctype": "Workflow State", "workflow_state_name": title["en"]}).insert()
		title["en"] = title["en"].upper()
		self.assertSaid(self.refused()["other_spelling"])

	def test_a_type_that_would_lose_values(self) -> None:
		key = ("DocType", "User")
		new = Artefact(*key, {}, {"fields": [{"fieldname": "first_name", "fieldtype": "Int"}]})
		old = Stored({}, {"fields": [{"fieldname": "first_name", "fieldtype": "Data"}]})
		with self.assertRaises(ConversionError) as caught:
			check_conversions([new], {key: old})
		(fault,) = caught.exception.faults
		self.assertEqual((fault.path, fault.code), ("first_name", "type_change"))
		self.assertSaid(fault)

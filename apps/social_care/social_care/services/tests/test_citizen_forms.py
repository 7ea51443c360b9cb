"""What a citizen's page shows and reads: conditions as lists, values as kinds, places, receipts."""

import json
import shutil
import subprocess
from datetime import date

import frappe
from frappe.tests.utils import FrappeTestCase

from social_care.prints import codes, verification
from social_care.services.citizens import answers, certificates, forms, offers, places, visits
from social_care.services.packs import expressions
from social_care.services.packs.trees import tree
from social_care.services.tests.cases import VISIT, ServiceTestCase

CONDITIONS = (
	"kind == 'Day Out'",
	"kind != 'Day Out'",
	"kind in ('Day Out', 'Overnight')",
	"kind not in ['Overnight']",
	"not (kind == 'Overnight')",
	"income > 10 and income <= 20",
	"income > 10 or kind == 'Day Out'",
	"given(income)",
	"not given(income)",
	"0 < income < 15",
	"income * 2 + 1 > 20",
	"-income < 0",
	"years_between(start, end) >= 1",
	"months_between(start, end) == 13",
	"days_between(start, end) > 390",
	"age(start) >= 21",
	"days_between(start, today()) > 1",
	"contains(kind, 'Out')",
	"length(rows) >= 1",
	"yes == 1 and kind == 'Day Out'",
)
FACTS = (
	{},
	{"kind": "Day Out", "income": 12, "yes": 1},
	{"kind": "Overnight", "income": 20},
	{"income": 0, "kind": "Day Out"},
	{"start": "2000-02-29", "end": "2001-03-31"},
	{"start": "2000-02-29", "end": "2001-03-28", "rows": [{"a": 1}]},
)
SCRIPT = """
const { readFileSync } = require("node:fs");
const [file, input] = [process.argv[1], JSON.parse(readFileSync(0, "utf8"))];
const conditions = new Function(`${readFileSync(file, "utf8")}; return conditions;`)();
console.log(JSON.stringify(input.map(([tree, facts]) => conditions.holds(tree, (name) => facts[name]))));
"""


class TestTrees(FrappeTestCase):
	def test_the_browser_answers_as_the_server(self) -> None:
		cases = [(text, facts) for text in CONDITIONS for facts in FACTS]
		sent = json.dumps([[tree(text), facts] for text, facts in cases])
		file = frappe.get_app_path("social_care", "public", "js", "citizen_conditions.js")
		ran = subprocess.run(
			[shutil.which("node"), "-e", SCRIPT, file],
			input=sent,
			capture_output=True,
			text=True,
			check=True,
			timeout=60,
		)
		found = json.loads(ran.stdout)
		wanted = [expressions.holds(text, facts, date.today()) for text, facts in cases]
		differing = [
			(case, here, there)
			for case, here, there in zip(cases, wanted, found, strict=True)
			if here != there
		]
		self.assertFalse(differing)
		self.assertIn(True, wanted)

	def test_what_asks_for_more_than_the_form_is_left_to_the_server(self) -> None:
		for text in (
			"applicant.age > 20",
			"total(column(rows, 'a')) > 1",
			"child.in_care",
			"a ** 2 > 1",
			"(((",
		):
			self.assertIsNone(tree(text), text)
		self.assertIsNone(tree(None))
		self.assertEqual(tree("request.submitted_on < day"), ["<", ["today"], ["field", "day"]])


class TestAnswers(FrappeTestCase):
	def test_digits_and_separators_of_every_kind(self) -> None:
		for text, kind, wanted in (
			("١٢", "integer", 12),
			("۱۲", "integer", 12),
			("١٬٢٥٠٫٥", "money", 1250.5),
			("1,250.5", "number", 1250.5),
			("-3", "integer", -3),
		):
			self.assertEqual(answers.number(text, kind), wanted)
		self.assertEqual(answers.day("٢٠٢٦-٠١-٠٩"), "2026-01-09")

	def test_what_is_none_of_its_kind_is_said(self) -> None:
		for kind, sent in (
			("integer", "1.5"),
			("integer", "9" * 40),
			("number", "nan"),
			("number", "inf"),
			("date", "31/12/2026"),
			("date", "2026-02-30"),
			("time", "25:00"),
			("datetime", "x"),
			("text", "x" * 141),
			("long_text", "<b>"),
		):
			with self.subTest(kind=kind, sent=sent[:10]), self.assertRaises(answers.Unreadable):
				answers.value({"type": kind}, sent)

	def test_rows_are_read_column_by_column(self) -> None:
		field = {
			"type": "table",
			"columns": [{"name": "a", "type": "integer"}, {"name": "b", "type": "text"}],
		}
		self.assertEqual(
			answers.rows(field, [{"a": "٣", "b": "x", "owner": "y"}, {}, "z", None]), [{"a": 3, "b": "x"}]
		)
		for sent in ([{}] * 51, [{"a": "x"}]):
			with self.assertRaises(answers.Unreadable):
				answers.rows(field, sent)
		for sent in (None, "x", {"a": 1}, 5):
			self.assertEqual(answers.rows(field, sent), [])


class TestNumbers(FrappeTestCase):
	def test_receipts_as_they_are_typed(self) -> None:
		for typed in ("26-4F7K2M9Q1", " 26 4f7k2m9q1 ", "٢٦-4F7K2M9QI", "264F7K2M9Q1"):
			self.assertEqual(visits.clean_receipt(typed), "26-4F7K2M9Q1")
		for typed in ("%", "२६-4F7K2M9Q1"):  # digits that the database takes for 26 would be counted apart
			self.assertFalse(visits.RECEIPT.fullmatch(visits.clean_receipt(typed)))

	def test_numbers_of_certificates_as_they_are_typed(self) -> None:
		for typed in ("SC-07-26-4F7K2M9Q", "sc07264f7k2m9q", "SC ٠٧ ٢٦ 4F7K2M9Q"):
			self.assertEqual(certificates.number_in(typed), "SC-07-26-4F7K2M9Q")
		for number in ("SC-100-26-4F7K2M9Q", "KAFL-0101-26-12345678"):  # codes of other services and apps
			self.assertEqual(certificates.number_in(number.lower().replace("-", " ")), number)
		for typed in ("", None, "7K3M-0000-1111-ZZZZ", "SC-07-26-4F7K2M9", "%", "x" * 5000):
			self.assertIsNone(certificates.number_in(typed))

	def test_a_prints_code_that_reads_as_a_number_is_confirmed(self) -> None:
		code = "ABCD-1234-26AB-CDEF"
		self.assertEqual(certificates.number_in(code), "ABCD-12-34-26ABCDEF")
		self.assertEqual(verification.verify(code)["state"], "unknown")
		row = frappe.new_doc("Print Verification")
		values = {"state": "Valid", "print_kind": "Report", "issued_on": frappe.utils.now_datetime()}
		values |= {"content_digest": codes.content_digest(code, ""), "issuing_unit": "HQ", "pages": 1}
		row.update(values | {"name": "code-like-a-number", "code_digest": codes.code_digest(code)})
		row.db_insert()
		self.assertEqual(verification.verify(code)["state"], "valid")

	def test_the_secret_word_is_the_pages_own(self) -> None:
		first, again, other = (visits.secret_word(key) for key in ("a" * 20, "a" * 20, "b" * 20))
		self.assertEqual(first, again)
		self.assertNotEqual(first, other)
		self.assertEqual(visits.clean_word(f" {first.lower()} "), first)


class TestForms(ServiceTestCase):
	def setUp(self) -> None:
		super().setUp()
		frappe.local.lang = "ar"
		self.addCleanup(setattr, frappe.local, "lang", "en")
		self.offer = offers.offer("sc-07")

	def test_the_form_has_the_applicants_fields_and_no_others(self) -> None:
		names = [field["name"] for part in forms.sections(self.offer) for field in part["fields"]]
		self.assertIn("subject_said", names)
		self.assertIn("host_household", names)
		self.assertFalse(
			{"child", "child_view", "social_worker_opinion", "conditions", "status"} & set(names)
		)

	def test_a_row_that_an_administrator_adds_opens_no_field_of_staff(self) -> None:
		form = frappe.get_doc("Web Form", self.offer.web_form.name)
		form.append("web_form_fields", {"fieldname": "child_view", "fieldtype": "Small Text", "label": "x"})
		form.append(
			"web_form_fields", {"fieldname": "child", "fieldtype": "Link", "options": "Child", "label": "x"}
		)
		changed = offers.Offer(self.offer.service, self.offer.pack, form)
		self.assertFalse({"child_view", "child"} & {field["name"] for field in forms.fields(changed)})

	def test_a_field_that_an_administrator_drops_is_not_asked(self) -> None:
		form = frappe.get_doc("Web Form", self.offer.web_form.name)
		form.web_form_fields = [row for row in form.web_form_fields if row.fieldname != "applicant_email"]
		changed = offers.Offer(self.offer.service, self.offer.pack, form)
		self.assertNotIn("applicant_email", {field["name"] for field in forms.fields(changed)})

	def test_places_are_those_of_the_governorate(self) -> None:
		here = json.dumps(places.choices(self.offer.pack, "01"))
		self.assertIn(self.here.institution, here)
		self.assertIn(self.here.district, here)
		self.assertNotIn(self.there.institution, here)
		for wrong in ("unit:HQ", f"institution:{self.there.institution}", "unit:", "x", "", "child:x"):
			self.assertRefused(places.PlaceError, places.place_of, self.offer.pack, "01", wrong)

	def test_the_list_names_what_is_offered(self) -> None:
		rows = {row["route"] for row in offers.offered()}
		self.assertIn("/services/sc-07", rows)
		frappe.db.set_value("Service", VISIT, "status", "Dropped")
		frappe.clear_document_cache("Service", VISIT)
		self.addCleanup(frappe.clear_document_cache, "Service", VISIT)
		self.assertNotIn("/services/sc-07", {row["route"] for row in offers.offered()})

"""Identity asked of a registry by file: what goes out, what comes back, and that nothing is assumed."""

import io
import json
import zipfile
from unittest.mock import patch

import frappe
from frappe.utils import add_months, nowdate

from social_care.registry.roll.package import UnfitWorkbookError
from social_care.registry.verification import (
	BATCH,
	CONFIRMED,
	DIED,
	DIFFERS,
	NOT_ASKED,
	NOT_FOUND,
	QUESTION,
	WAITING,
	VerificationError,
	batches,
	exporting,
	loading,
	selecting,
	sources,
)
from social_care.registry.verification.standing import UNKNOWN
from social_care.tests import factories
from social_care.tests.beneficiary_lists import INDIC
from social_care.tests.identity_cases import (
	CODE,
	DEATH,
	FOUND,
	KEY,
	MATCHES,
	MISSING,
	NUMBER,
	RESULT,
	SAID,
	IdentityCase,
)
from social_care.tests.identity_cases import DIED as WORD_DIED
from social_care.tests.queries import queries


class TestQuestions(IdentityCase):
	def test_children_below_the_unit_are_asked_about_once(self) -> None:
		without = factories.child(self.home, national_number="", national_number_status="In Process")
		other = factories.child(self.there.institution)
		name = self.batch()
		found = frappe.get_doc(BATCH, name)
		self.assertEqual((found.status, found.persons, found.waiting, found.confirmed), ("Ready", 3, 3, 0))
		self.assertEqual({self.state(child) for child in self.children}, {WAITING})
		self.assertEqual([self.state(child) for child in (without, other)], [NOT_ASKED] * 2)
		self.assertEqual(frappe.get_doc(BATCH, self.batch()).persons, 0)  # they wait already

	def test_whom_the_filters_take(self) -> None:
		first, second, third = self.children
		old = {"identity_state": CONFIRMED, "identity_state_on": add_months(nowdate(), -40)}
		frappe.db.set_value("Person", first.person, old)
		frappe.db.set_value("Person", second.person, old | {"identity_state_on": nowdate()})
		frappe.db.set_value("Person", third.person, "identity_state", NOT_FOUND)
		asked = {"unverified": 0}
		for values, child in (({"expired": 1}, first), ({"not_found": 1}, third)):
			name = self.batch(**asked, **values)
			persons = frappe.get_all(QUESTION, {"batch": name}, pluck="person")
			self.assertEqual(persons, [child.person])
		self.assertEqual(self.state(first), CONFIRMED)  # until there is another answer
		for child in (first, second):
			frappe.db.set_value("Person", child.person, "modified", "2020-01-01", update_modified=False)
		name = self.batch(**asked, changed_since="2026-01-01")
		self.assertNotIn(second.person, frappe.get_all(QUESTION, {"batch": name}, pluck="person"))
		self.assertRefused(VerificationError, self.batch, **asked)

	def test_who_waits_too_long_is_asked_anew_and_the_old_key_is_void(self) -> None:
		name = self.batch()
		rows = self.sent(name)
		frappe.db.set_value(QUESTION, {"batch": name}, "asked_on", "2026-01-01")
		again = frappe.get_doc(BATCH, self.batch())
		self.assertEqual(again.persons, 3)
		told = self.answer(name, [row | {RESULT: MATCHES} for row in rows])
		self.assertEqual((told.rows_taken, told.rows_rejected), (0, 3))
		self.assertEqual({self.state(child) for child in self.children}, {WAITING})

	def test_only_what_the_source_lets_out_leaves(self) -> None:
		source = frappe.get_doc("Identity Source", "CIVIL-REGISTRY")
		for row in source.fields:
			row.sent = row.field == "First Name"
		source.save()
		row = self.row_of(self.sent(self.batch()), self.children[0])
		self.assertEqual(row["الاسم الأول"], self.children[0].first_name)
		self.assertFalse({"اسم الأب", "اسم الجد", "تاريخ الميلاد", "النوع"} & row.keys())
		told = " ".join(value for value in row.values() if value)
		for secret in (
			self.children[0].name,
			self.children[0].person,
			self.home,
			self.children[0].grandfather_name,
		):
			self.assertNotIn(secret, told)

	def test_formulas_are_text_in_both_kinds_of_file(self) -> None:
		frappe.db.set_value("Person", self.children[0].person, "father_name", '=HYPERLINK("http://x")')
		name = self.batch()
		for kind in ("CSV", "XLSX"):
			row = self.row_of(self.sent(name, kind), self.children[0])
			self.assertEqual(row["اسم الأب"], '\'=HYPERLINK("http://x")')
		with zipfile.ZipFile(io.BytesIO(exporting.file(name, "XLSX"))) as book:
			sheet = book.read("xl/worksheets/sheet1.xml").decode()
		self.assertNotIn("<f>", sheet)
		self.assertIn('rightToLeft="1"', sheet)

	def test_a_download_is_written_down_and_makes_no_file(self) -> None:
		files = frappe.db.count("File")
		name = self.batch()
		self.sent(name)
		noted = [row for row in frappe.local.social_care_readings if row[0] == "Person"]
		self.assertEqual(
			{person for row in noted for person in row[1]}, {child.person for child in self.children}
		)
		self.assertTrue(frappe.db.exists("Access Log", {"reference_document": name, "file_type": "CSV"}))
		self.assertEqual(frappe.db.count("File"), files)
		self.assertEqual(frappe.db.get_value(BATCH, name, ["status", "sent_rows"]), ("Waiting", 3))

	def test_who_was_changed_since_is_not_sent(self) -> None:
		name = self.batch()
		child = frappe.get_doc("Child", self.children[0].name)
		child.first_name = "محمد"
		self.act_as("Administrator")
		child.save()
		self.assertEqual(self.state(child), NOT_ASKED)
		self.act_as(self.here.officer)
		self.assertEqual(len(self.sent(name)), 2)
		self.assertEqual(self.question(name, child), "Changed Meanwhile")

	def test_making_goes_on_where_it_was_cut_off(self) -> None:
		with patch.object(selecting, "AT_ONCE", 1):
			self.act_as(self.here.officer)
			values = {"doctype": BATCH, "source": "CIVIL-REGISTRY", "org_unit": self.unit}
			name = frappe.get_doc(values).insert().name
			real = selecting._ask_about
			with patch.object(selecting, "_ask_about", side_effect=[real, RuntimeError]) as step:
				step.side_effect = lambda batch, names: real(batch, names) if step.call_count < 2 else 1 / 0
				self.assertRaises(ZeroDivisionError, batches.run, name)
			self.assertEqual(frappe.db.get_value(BATCH, name, ["status", "persons"]), ("Being Made", 1))
			batches.run(name)
		self.assertEqual(frappe.db.get_value(BATCH, name, ["status", "persons"]), ("Ready", 3))
		self.assertEqual(frappe.db.count(QUESTION, {"batch": name}), 3)


class TestAnswers(IdentityCase):
	def setUp(self) -> None:
		super().setUp()
		self.name = self.batch()
		self.rows = self.sent(self.name)
		self.first, self.second, self.third = self.children

	def row(self, child, result: str = "", **values) -> dict:
		return self.row_of(self.rows, child) | {RESULT: result} | values

	def test_each_outcome_becomes_the_state_with_day_and_source(self) -> None:
		answers = [
			self.row(self.first, MATCHES),
			self.row(self.second, FOUND, **self.told(self.second)),
			self.row(self.third, MISSING),
		]
		told = self.answer(self.name, answers)
		self.assertEqual((told.status, told.rows_taken, told.rows_rejected), ("Finished", 3, 0))
		self.assertEqual([self.state(child) for child in self.children], [CONFIRMED, CONFIRMED, NOT_FOUND])
		values = ["identity_state_on", "identity_source"]
		day, source = frappe.db.get_value("Person", self.first.person, values)
		self.assertEqual((str(day), source), (nowdate(), "CIVIL-REGISTRY"))
		batch = frappe.get_doc(BATCH, self.name)
		self.assertEqual((batch.status, batch.confirmed, batch.missing, batch.waiting), ("Finished", 2, 1, 0))

	def test_no_answer_is_no_confirmation(self) -> None:
		told = self.answer(self.name, [self.row(self.first, ""), self.row(self.second, MATCHES)])
		self.assertEqual((told.rows_open, told.rows_taken), (1, 1))
		self.assertEqual([self.state(child) for child in self.children], [WAITING, CONFIRMED, WAITING])
		self.assertEqual(frappe.db.get_value(BATCH, self.name, ["status", "waiting"]), ("Waiting", 2))

	def test_values_without_an_outcome_and_half_answers_are_none(self) -> None:
		half = self.told(self.second) | {SAID["family_name"]: ""}
		answers = [
			self.row(self.first, "", **self.told(self.first)),
			self.row(self.second, FOUND, **half),
			self.row(self.third, "نعم"),
		]
		told = self.answer(self.name, answers)
		self.assertEqual({self.state(child) for child in self.children}, {WAITING})
		self.assertEqual([code for _row, code in json.loads(told.rejected)], ["result", "incomplete"])

	def test_what_was_said_decides_and_not_the_word(self) -> None:
		answers = [
			self.row(self.first, MATCHES, **self.told(self.first, first_name="يوسف")),
			self.row(self.second, MISSING, **self.told(self.second)),
			self.row(self.third, FOUND, **self.told(self.third) | {DEATH: "2020-01-01"}),
		]
		told = self.answer(self.name, answers)
		self.assertEqual([self.state(child) for child in self.children], [DIFFERS, WAITING, WAITING])
		self.assertEqual([code for _row, code in json.loads(told.rejected)], ["contradicts"] * 2)
		(difference,) = self.differences(self.first)
		self.assertEqual((difference.field, difference.registry_value), ("First Name", "يوسف"))

	def test_spellings_of_one_name_are_one_and_digits_may_be_arabic(self) -> None:
		born = self.first.birth_date
		said = self.told(self.first, first_name="احمد", birth_date="/".join(reversed(str(born).split("-"))))
		said[SAID["birth_date"]] = said[SAID["birth_date"]].translate(INDIC)
		said[SAID["sex"]] = " ذكر "
		row = self.row(self.first, " موجــود ".replace("ـ", ""), **said)
		row[NUMBER] = row[NUMBER].translate(INDIC)
		told = self.answer(self.name, [row])
		self.assertEqual((told.rows_taken, self.state(self.first)), (1, CONFIRMED), told.rejected)

	def test_the_arabic_code_page_and_a_workbook(self) -> None:
		self.answer(self.name, [self.row(self.first, MATCHES)], encoding="cp1256")
		self.assertEqual(self.state(self.first), CONFIRMED)
		from openpyxl import Workbook

		book, row = Workbook(), self.row(self.second, MATCHES)
		book.active.append(list(row))
		book.active.append(list(row.values()))
		stream = io.BytesIO()
		book.save(stream)
		self.load(self.name, "a.xlsx", stream.getvalue())
		self.assertEqual(self.state(self.second), CONFIRMED)

	def test_rows_that_are_not_ours_or_mixed_up_do_no_harm(self) -> None:
		other = self.row_of(self.rows, self.second)
		answers = [
			self.row(self.first, MATCHES, **{KEY: "0123456789abcdef"}),
			self.row(self.first, MATCHES, **{CODE: other[CODE]}),
			self.row(self.first, MATCHES, **{KEY: other[KEY], CODE: other[CODE]}),
			self.row(self.second, MATCHES, **{NUMBER: "=1+1"}),
			self.row(self.second, MATCHES, **{CODE: ""}),
		]
		told = self.answer(self.name, answers)
		codes = [code for _row, code in json.loads(told.rejected)]
		self.assertEqual(sorted(codes), sorted(["formula", "code", "foreign", "code", "other_number"]))
		self.assertEqual({self.state(child) for child in self.children}, {WAITING})

	def test_an_answer_to_another_batch_is_foreign(self) -> None:
		self.act_as("Administrator")
		child = factories.child(factories.institution(self.here.district).name)
		unit, self.unit = self.unit, self.here.district
		other = self.batch()
		row = self.row_of(self.sent(other), child) | {RESULT: MATCHES}
		self.unit = unit
		told = self.answer(self.name, [row])
		self.assertEqual((told.rows_rejected, self.state(child)), (1, WAITING))

	def test_a_file_that_comes_twice_or_contradicts_itself(self) -> None:
		self.answer(self.name, [self.row(self.first, MATCHES), self.row(self.first, MISSING)])
		self.assertEqual(self.state(self.first), CONFIRMED)
		told = self.answer(self.name, [self.row(self.first, MISSING), self.row(self.first, MATCHES)])
		self.assertEqual((told.rows_known, told.rows_taken, self.state(self.first)), (2, 0, CONFIRMED))

	def test_half_a_file_then_the_rest(self) -> None:
		self.answer(self.name, [self.row(self.first, MATCHES)])
		self.assertEqual(frappe.db.get_value(BATCH, self.name, "status"), "Waiting")
		self.answer(self.name, [self.row(child, MATCHES) for child in self.children])
		self.assertEqual({self.state(child) for child in self.children}, {CONFIRMED})

	def test_a_damaged_file_and_a_bomb_are_refused_before_anything_is_kept(self) -> None:
		bomb = io.BytesIO()
		with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
			archive.writestr("xl/workbook.xml", "<workbook/>")
			archive.writestr("xl/worksheets/sheet1.xml", b" " * 300_000_000)
		cases = (
			("a.xlsx", bomb.getvalue()),
			("a.xlsx", b"PK\x03\x04 broken"),
			("a.csv", b""),
			("a.exe", b"MZ"),
		)
		for name, data in (*cases, ("a.csv", "عمود,آخر\n1,2\n".encode())):
			self.assertRefused(UnfitWorkbookError, loading.receive, self.name, name, io.BytesIO(data))
		self.assertEqual(frappe.db.count("Identity Answer File", {"batch": self.name}), 0)

	def test_who_changed_after_the_question_is_not_confirmed(self) -> None:
		self.act_as("Administrator")
		child = frappe.get_doc("Child", self.first.name)
		child.father_name = "إبراهيم"
		child.save()
		self.act_as(self.here.officer)
		self.answer(self.name, [self.row(self.first, MATCHES)])
		self.assertEqual(
			(self.state(child), self.question(self.name, child)), (NOT_ASKED, "Changed Meanwhile")
		)

	def test_a_confirmed_value_that_is_changed_is_not_confirmed_any_more(self) -> None:
		self.answer(self.name, [self.row(self.first, MATCHES)])
		self.act_as("Administrator")
		child = frappe.get_doc("Child", self.first.name)
		child.hobbies = "الرسم"
		child.save()
		self.assertEqual(self.state(child), CONFIRMED)
		child.grandfather_name = "علي"
		child.save()
		found = frappe.db.get_value("Person", child.person, list(UNKNOWN), as_dict=True)
		self.assertEqual(found, UNKNOWN)

	def test_nobody_writes_the_state_by_hand(self) -> None:
		person = frappe.get_doc("Person", self.first.person)
		person.update({"identity_state": CONFIRMED, "identity_source": "CIVIL-REGISTRY"})
		self.act_as("Administrator")
		person.save()
		self.assertEqual(self.state(self.first), WAITING)

	def test_a_withdrawn_batch_takes_no_answers(self) -> None:
		self.answer(self.name, [self.row(self.first, MATCHES)])
		batches.withdraw(self.name)
		self.assertEqual([self.state(child) for child in self.children], [CONFIRMED, NOT_ASKED, NOT_ASKED])
		self.assertRefused(VerificationError, self.answer, self.name, [self.row(self.second, MATCHES)])

	def test_loading_goes_on_where_it_was_cut_off(self) -> None:
		data = self.csv([self.row(child, MATCHES) for child in self.children])
		with patch.object(loading, "AT_ONCE", 1):
			doc = loading.receive(self.name, "a.csv", io.BytesIO(data))
			real = loading._keep
			calls = []

			def cut(*args) -> None:
				real(*args)
				calls.append(1)
				if len(calls) == 2:
					raise RuntimeError

			with patch.object(loading, "_keep", cut):
				self.assertRaises(RuntimeError, loading.run, doc.name)
			loading.run(doc.name)
		doc.reload()
		self.assertEqual((doc.status, doc.rows_read, doc.rows_taken), ("Finished", 3, 3))
		self.assertEqual({self.state(child) for child in self.children}, {CONFIRMED})

	def csv(self, rows: list[dict]) -> bytes:
		lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
		return "\n".join(lines).encode()

	def test_the_number_of_queries_does_not_grow(self) -> None:
		rows = [self.row(child, MATCHES, **self.told(child, family_name="أخرى")) for child in self.children]
		with queries() as one:
			self.answer(self.name, rows[:1])
		with queries() as two:
			self.answer(self.name, rows[1:])
		self.assertLessEqual(len(two), len(one))  # some answers are kept from the first time

	def test_an_unknown_way_of_asking_and_a_source_out_of_force(self) -> None:
		frappe.db.set_value("Identity Source", "CIVIL-REGISTRY", "valid_to", "2026-01-02")
		self.assertRefused(VerificationError, exporting.file, self.name, "CSV")
		self.assertRefused(VerificationError, self.batch)
		self.act_as("Administrator")
		source = frappe.get_doc("Identity Source", "CIVIL-REGISTRY")
		source.connector = "Telepathy"
		self.assertRefused(VerificationError, source.save)
		self.assertEqual({"File", "Web Service"} - sources.connectors().keys(), set())

	def test_a_death_is_a_state_and_a_difference(self) -> None:
		day = add_months(nowdate(), -1)
		self.answer(self.name, [self.row(self.first, WORD_DIED, **{DEATH: day})])
		self.assertEqual(self.state(self.first), DIED)
		(difference,) = self.differences(self.first)
		self.assertEqual((difference.field, difference.registry_value), ("Date of Death", day))

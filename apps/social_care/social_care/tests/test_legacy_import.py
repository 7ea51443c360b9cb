"""An old registry brought in: columns and words understood, every row judged, drafts made once, known files never overwritten."""

import io
import json

import frappe
from openpyxl import load_workbook

from social_care.registry import file_review
from social_care.registry.legacy import (
	IMPORT,
	ROW,
	SOURCE,
	LegacyImportError,
	deciding,
	receiving,
	rejects,
	screen,
)
from social_care.registry.roll.package import UnfitWorkbookError
from social_care.tests import factories
from social_care.tests.legacy_cases import HEAD, LIVING, LegacyCase, arabic


class TestMapping(LegacyCase):
	def test_headings_are_proposed_and_the_unknown_one_is_left_to_people(self) -> None:
		self.receive([self.row("1")])
		fields = {row.heading: row.field for row in frappe.get_doc(SOURCE, self.source).columns}
		self.assertEqual(fields["كود الحالة"], "Number in the Old Registry")
		self.assertEqual(fields["الرقم القومى"], "National Number")
		self.assertEqual(fields["ت. الميلاد"], "Birth Date")
		self.assertEqual(fields["اسم الدار"], "Institution")
		self.assertFalse(fields["لون الملف"])

	def test_what_a_human_said_holds_for_the_next_file(self) -> None:
		self.receive([self.row("1")])
		doc = frappe.get_doc(SOURCE, self.source)
		next(row for row in doc.columns if row.heading == "لون الملف").field = "Room or Group"
		doc.save()
		name = self.check([self.row("2", colour="عنبر ٣")])
		cells = json.loads(self.rows(name)["2"].cells)
		self.assertEqual(cells["room_group"]["new"], "عنبر ٣")
		self.assertEqual(len(frappe.get_doc(SOURCE, self.source).columns), len(HEAD))

	def test_without_number_and_institution_no_dry_run_begins(self) -> None:
		name = self.receive([["سامي حسن علي", "ذكر"]], ["الاسم", "النوع"])
		error = self.assertRefused(LegacyImportError, receiving.begin_check, name)
		self.assertIn("مؤسسة", str(error))

	def test_a_row_of_data_is_no_heading(self) -> None:
		"""Or the name of a child would stand in a table that all staff read."""
		self.assertRefused(UnfitWorkbookError, self.receive, [self.row("2")], self.row("1"))

	def test_words_mean_what_exists(self) -> None:
		doc = frappe.get_doc(SOURCE, self.source)
		doc.append("words", {"field": "Sex", "written": "x", "value": "y"})
		self.assertRefused(LegacyImportError, doc.save)

	def test_a_file_is_brought_in_once(self) -> None:
		rows = [self.row("1")]
		self.receive(rows)
		self.assertRefused(UnfitWorkbookError, self.receive, rows)


class TestDryRun(LegacyCase):
	def test_each_row_gets_its_outcome_and_no_file_is_touched(self) -> None:
		self.act_as("Administrator")
		known = factories.child(self.here.institution, nickname="", mother_full_name="")
		alike = factories.child(
			self.here.institution, national_number="", national_number_status="In Process"
		)
		before = frappe.db.count("Child")
		self.act_as(self.country.head)
		born = frappe.format(alike.birth_date, "Date").replace("-", "/")
		name = self.check(
			[
				self.row("1"),
				self.row("2", name=known.full_name, number=arabic(known.national_number), born="", sex=""),
				self.row("3", name=alike.full_name, born=born),
				self.row("4", number="123"),
				self.row("5", home="دار لا يعرفها أحد"),
				self.row("1", name="آخر بنفس الرقم"),
				self.row(""),
				self.row("6", born="32/13/2015"),
			]
		)
		kinds = self.kinds(name)
		self.assertEqual(
			[kinds[key] for key in ("2", "3", "4", "5", "6")],
			["Same Child", "Possible Match", "Rejected", "Rejected", "Rejected"],
		)
		doc = frappe.get_doc(IMPORT, name)
		counts = [doc.rows_read, doc.rows_new, doc.rows_same, doc.rows_possible, doc.rows_rejected]
		self.assertEqual((doc.status, counts), ("Checked", [8, 1, 1, 1, 5]))
		self.assertEqual(frappe.db.count("Child"), before)
		self.assertIn(alike.name, json.loads(self.rows(name)["3"].candidates))
		for row in self.rows(name).values():
			for sentence in json.loads(row.faults or "{}").values():
				self.assertRegex(sentence, "[ء-ي]")

	def test_a_known_child_is_filled_and_never_overwritten(self) -> None:
		self.act_as("Administrator")
		known = factories.child(self.here.institution, mother_full_name="", nickname="")
		known.db_set("mother_full_name", "")
		self.act_as(self.country.head)
		row = self.row(
			"9", name=known.full_name, number=known.national_number, born="", sex="", mother="منى علي سيد"
		)
		name = self.check([row])
		cells = json.loads(self.rows(name)["9"].cells)
		self.assertEqual(cells["mother_full_name"]["take"], 1)
		self.assertTrue(cells["admission_date"]["locked"])
		self.apply(name)
		stored = frappe.db.get_value("Child", known.name, ["mother_full_name", "legacy_id", "admission_date"])
		self.assertEqual(stored[:2], ("منى علي سيد", "9"))
		self.assertEqual(str(stored[2]), str(known.admission_date))

	def test_protected_data_of_an_approved_file_is_told_and_left(self) -> None:
		self.act_as("Administrator")
		known = factories.child(self.here.institution)
		known.db_set({"file_state": "Approved", "religion": "Muslim"})
		self.settings(protected_fields=[{"field": "mother_full_name"}])
		self.act_as(self.country.head)
		row = self.row("9", name=known.full_name, number=known.national_number, born="", sex="")
		name = self.check([row])
		stored = self.rows(name)["9"]
		self.assertTrue(json.loads(stored.cells)["mother_full_name"]["locked"])
		deciding.take_cells(name, stored.name, ["mother_full_name"])
		self.apply(name)
		self.assertFalse(frappe.db.get_value("Child", known.name, "mother_full_name"))
		self.assertEqual(frappe.db.get_value("Child", known.name, "file_state"), "Approved")


class TestApplying(LegacyCase):
	def test_new_rows_become_drafts_that_others_approve(self) -> None:
		name = self.check([self.row(arabic("17"), born=arabic("4/5/2016")), self.row("18")])
		self.apply(name)
		made = frappe.get_doc("Child", {"legacy_source": self.source, "legacy_id": "17"})
		self.assertEqual((made.file_state, made.institution), ("Draft", self.here.institution))
		self.assertEqual(made.owner, self.country.head)
		self.assertEqual((str(made.birth_date), made.sex), ("2016-05-04", "Male"))
		self.assertEqual(frappe.db.count("Placement", {"child": made.name, "is_current": 1}), 1)
		made.db_set({"file_state": "Reviewed by Directorate", "reviewed_by": self.here.officer})
		made.reload()
		made.file_state = "Approved"
		self.assertRefused(file_review.FourEyesError, made.save)

	def test_applying_twice_doubles_nothing(self) -> None:
		rows = [self.row(str(number)) for number in range(5)]
		name = self.check(rows)
		self.apply(name)
		made = frappe.db.count("Child", {"legacy_source": self.source})
		self.apply(name)
		again = self.check([*rows, self.row("99")])
		self.apply(again)
		self.assertEqual((made, frappe.db.count("Child", {"legacy_source": self.source})), (5, 6))
		self.assertEqual([row.superseded for row in self.rows(again).values()], [1, 1, 1, 1, 1, 0])

	def test_two_rows_of_one_child_make_one_file(self) -> None:
		number = factories.national_number("2016-05-04")
		twice = {"born": "", "name": f"سامي حسن {factories.letters()} علي", "number": number}
		name = self.check([self.row("1", **twice), self.row("2", **twice)])
		self.apply(name)
		rows = self.rows(name)
		self.assertEqual(
			(rows["1"].outcome, rows["2"].outcome, rows["2"].kind), ("Applied", "", "Possible Match")
		)
		deciding.choose(name, rows["2"].name, rows["1"].child)
		self.apply(name)
		self.assertEqual(frappe.db.count("Child", {"national_number": number}), 1)
		self.assertEqual(self.rows(name)["2"].child, rows["1"].child)

	def test_another_child_gets_a_file_with_the_reason(self) -> None:
		self.act_as("Administrator")
		alike = factories.child(
			self.here.institution, national_number="", national_number_status="In Process"
		)
		self.act_as(self.country.head)
		born = str(alike.birth_date)
		name = self.check([self.row("3", name=alike.full_name, born=born)])
		row = self.rows(name)["3"]
		self.assertEqual(row.kind, "Possible Match", (row.faults, row.cells))
		self.assertRefused(LegacyImportError, deciding.decide, name, row.name, "Take")
		self.assertRefused(LegacyImportError, deciding.as_another, name, row.name, " ")
		self.assertRefused(frappe.PermissionError, deciding.choose, name, row.name, "CH-0000000")
		deciding.as_another(name, row.name, "ابن عمه")
		self.apply(name)
		made = frappe.get_doc("Child", {"legacy_source": self.source, "legacy_id": "3"})
		self.assertNotEqual(made.name, alike.name)
		self.assertEqual((made.duplicate_reason, made.duplicate_reason_by), ("ابن عمه", self.country.head))

	def test_a_row_left_out_stays_out(self) -> None:
		name = self.check([self.row("1")])
		deciding.decide(name, self.rows(name)["1"].name, "Leave Out")
		self.apply(name)
		self.assertFalse(frappe.db.exists("Child", {"legacy_source": self.source}))

	def test_rejected_rows_come_back_corrected(self) -> None:
		name = self.check([self.row("1", home="دار لا يعرفها أحد")])
		sheet = load_workbook(io.BytesIO(rejects.workbook(name))).active
		self.assertTrue(sheet.sheet_view.rightToLeft)
		head, row = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=1, max_row=2)]
		self.assertIn("دار لا يعرفها أحد", " ".join(str(value) for value in row))
		row[head.index("اسم الدار")] = LIVING
		again = self.check([[value or "" for value in row]], head)
		self.assertEqual(self.kinds(again), {"1": "New"})
		self.assertEqual(frappe.db.get_value(IMPORT, again, "rows_corrected"), 1)
		self.assertEqual(frappe.db.get_value(ROW, {"legacy_import": name}, "superseded"), 1)


class TestRights(LegacyCase):
	def test_only_headquarters_brings_in(self) -> None:
		name = self.check([self.row("1")])
		row = self.rows(name)["1"].name
		for user in (self.here.officer, self.here.chief, self.here.director):
			self.act_as(user)
			self.assertRefused(frappe.PermissionError, self.receive, [self.row("7")])
			for call in (receiving.begin_check, deciding.apply, screen.page, rejects.workbook, screen.state):
				self.assertRefused(frappe.PermissionError, call, name)
			self.assertRefused(frappe.PermissionError, deciding.decide, name, row, "Take")
			self.assertFalse(frappe.has_permission(IMPORT, "read", doc=name))

	def test_a_functional_administrator_prepares_and_sees_nobody(self) -> None:
		self.act_as("Administrator")
		user = factories.staff("Functional Administrator", org_unit="HQ")
		self.act_as(user)
		name = self.check([self.row("1"), self.row("2", home="؟")])
		self.assertEqual(frappe.get_doc(IMPORT, name).status, "Checked")
		told = screen.state(name)
		self.assertFalse(told["decides"])
		self.assertEqual([row["rows"] for row in told["reasons"]], [1])
		for call in (screen.page, deciding.apply, rejects.workbook):
			self.assertRefused(frappe.PermissionError, call, name)

	def test_no_role_reads_rows_and_nobody_writes_imports(self) -> None:
		name = self.check([self.row("1")])
		self.assertRefused(frappe.PermissionError, frappe.get_list, ROW)
		doc = frappe.get_doc(IMPORT, name)
		doc.status = "Applying"
		self.assertRefused(frappe.PermissionError, doc.save)
		row = frappe.get_doc(ROW, {"legacy_import": name})
		self.assertRefused(frappe.PermissionError, row.save)

	def test_the_number_is_no_clients(self) -> None:
		self.act_as(self.here.entry)
		child = factories.child(self.here.institution, legacy_id="77", legacy_key="x/77")
		self.assertEqual((child.legacy_id, child.legacy_key), (None, None))

	def test_whose_right_ended_applies_nothing_more(self) -> None:
		name = self.check([self.row("1")])
		deciding.apply(name)
		frappe.db.set_value(IMPORT, name, "applied_by", self.here.officer)
		self.work(name)
		self.assertEqual(frappe.db.get_value(IMPORT, name, "status"), "Checked")
		self.assertFalse(frappe.db.exists("Child", {"legacy_source": self.source}))

	def test_rows_are_shown_to_who_decides(self) -> None:
		name = self.check([self.row("1"), self.row("2", number="12")])
		rows = screen.page(name)["rows"]
		self.assertEqual([row["kind"] for row in rows], ["New", "Rejected"])
		self.assertIn(json.loads(self.rows(name)["1"].written)["full_name"], rows[0]["who"])
		self.assertTrue(rows[1]["faults"][0]["sentence"])

"""What is wrong with a cell or a row is said beside it, in Arabic, and is not applied."""

import frappe

from social_care.registry.roll import columns, decisions, result, screen
from social_care.registry.roll.cells import harmless, restored
from social_care.registry.roll.testing import Book, RollTestCase, by_hand
from social_care.tests import factories

NAMES = ["الاسم الأول", "اسم الأب", "اسم الجد", "اسم العائلة"]
NEEDED = [*NAMES, "النوع", "تاريخ الميلاد", "تاريخ الدخول"]


class TestCells(RollTestCase):
	def problem(self, heading: str, value, key: str) -> str:
		"""What is said beside one changed cell; nothing of the row is proposed to be applied."""
		book = self.book()
		book.cell(book.row_of(self.file.name), heading).value = value
		row = self.only_row(self.check(book.data()))
		cell = self.cells(row)[key]
		self.assertFalse(cell["take"] or row["accepted"], cell)
		self.assertRegex(cell["problem"], "[ء-ي]{3}")
		return cell["problem"]

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.file = factories.child(cls.home.name)
		frappe.db.commit()

	def test_cells_that_cannot_be_taken(self) -> None:
		wrong = {
			("تاريخ الميلاد", "31/02/2015", "birth_date"): "التقويم",
			("تاريخ الميلاد", "قريبًا", "birth_date"): "تاريخ",
			("تاريخ الدخول", "2999-01-01", "admission_date"): "المستقبل",
			("النوع", "ولدان", "sex"): "قائمة",
			("محافظة الميلاد", "أطلانطس", "birth_governorate"): "قائمة",
			("الرقم القومي", "123", "national_number"): "14",
			("هذا العام الدراسي: الصف", "ثلاثة", "school.grade"): "رقم",
			("المصروف الشهري (جنيه)", -5, "monthly_allowance"): "سالب",
			("المصروف الشهري (جنيه)", "1,5", "monthly_allowance"): "رقم",
			("الاسم الأول", None, "first_name"): "مطلوب",
			("الهوايات والمواهب", '=HYPERLINK("http://x")', "hobbies"): "معادلة",
			("اسم الشهرة", "<script>", "nickname"): "علامة",
			("اسم الشهرة", "س" * 141, "nickname"): "أطول",
			("التطعيمات مكتملة", "ربما", "vaccinations_complete"): "نعم",
		}
		for (heading, value, key), word in wrong.items():
			with self.subTest(heading=heading, value=value):
				self.assertIn(word, self.problem(heading, value, key))

	def test_a_number_that_contradicts_the_file(self) -> None:
		number = factories.national_number("2011-01-01")
		self.assertIn("تاريخ الميلاد", self.problem("الرقم القومي", number, "national_number"))

	def test_an_old_value_outside_its_list_is_no_error(self) -> None:
		child = self.child()
		child.db_set("blood_group", "Z")
		frappe.db.commit()
		self.assertEqual(self.rows(self.check(self.book().data())), [])

	def test_text_that_programs_would_compute_is_marked(self) -> None:
		for text in ("=1+1", "+1", "-1", "@SUM(A1)", "'=1", "''=1"):
			self.assertEqual(restored(harmless(text)), text)
			self.assertTrue(harmless(text).startswith("'"))
		self.assertEqual(harmless("عادي"), "عادي")
		child = self.child(nickname="=1+1", hobbies="+201")
		book = self.book()
		cell = book.cell(book.row_of(child.name), "اسم الشهرة")
		self.assertEqual((cell.value, cell.data_type), ("'=1+1", "s"))
		self.assertEqual(book.cell(book.row_of(child.name), "الرقم القومي").data_type, "s")

	def test_the_workbook_of_remarks_is_corrected_and_uploaded_again(self) -> None:
		child = self.child()
		book = self.book()
		book.put(book.row_of(child.name), النوع="ولدان", اسم_الشهرة="حمادة")
		upload = self.check(book.data())
		remarks = Book(result.workbook(upload))
		row = remarks.row_of(child.name)
		self.assertIn("قائمة", remarks.cell(row, "النوع").comment.text)
		self.confirm(upload)
		self.assertEqual(self.stored(child.name, "nickname"), "حمادة")
		again = self.check(remarks.put(row, النوع="ذكر").data())
		self.assertEqual(self.rows(again), [])


class TestRows(RollTestCase):
	def new(self, **changed) -> dict:
		values = dict(zip(NAMES, ["ليلى", "سامي", factories.letters(), "حسن"], strict=True))
		values |= {"النوع": "أنثى", "تاريخ الميلاد": "4/5/2016", "تاريخ الدخول": "1/2/2020"}
		return values | changed

	def upload(self, *rows: dict) -> str:
		headings = list(dict.fromkeys(key for row in rows for key in row))
		return self.check(by_hand(headings, *([row.get(key) for key in headings] for row in rows)))

	def test_a_new_file_lacks_something(self) -> None:
		row = self.only_row(self.upload(self.new(**{"تاريخ الدخول": None})))
		self.assertFalse(row["accepted"])
		self.assertIn("مطلوب", self.cells(row)["admission_date"]["problem"])
		decisions.decide(self.upload_of(row), row["name"], accepted=True)
		self.assertFalse(frappe.db.get_value("Roll Upload Row", row["name"], "accepted"))

	def upload_of(self, row: dict) -> str:
		return frappe.db.get_value("Roll Upload Row", row["name"], "roll_upload")

	def test_one_child_in_two_rows(self) -> None:
		new = self.new()
		kinds = [(row["kind"], row["accepted"]) for row in self.rows(self.upload(new, new))]
		self.assertEqual(kinds, [("Not Possible", 0)] * 2)

	def test_a_row_that_fits_two_files_waits(self) -> None:
		letters = factories.letters()
		twins = [
			self.child(grandfather_name=letters, national_number="", national_number_status="In Process")
			for _ in range(2)
		]
		parts = [
			twins[0].get(field) for field in ("first_name", "father_name", "grandfather_name", "family_name")
		]
		row = dict(zip(NAMES, parts, strict=True))
		row |= {"تاريخ الميلاد": str(twins[0].birth_date), "اسم الشهرة": "حمادة"}
		upload = self.upload(row)
		waiting = self.only_row(upload)
		self.assertEqual((waiting["kind"], waiting["accepted"]), ("Waiting for Review", 0))
		self.assertEqual({file["name"] for file in waiting["candidates"]}, {twin.name for twin in twins})
		decisions.choose(upload, waiting["name"], twins[1].name)
		self.confirm(upload)
		self.assertFalse(self.stored(twins[0].name, "nickname"))
		self.assertEqual(self.stored(twins[1].name, "nickname"), "حمادة")

	def test_somebody_outside_the_institution_is_not_given_away(self) -> None:
		self.act_as("Administrator")
		foreign = factories.child(self.there.institution, sex="Female", birth_date="2016-05-04")
		frappe.db.commit()
		upload = self.upload(self.new(**{"الرقم القومي": foreign.national_number}))
		row = self.only_row(upload)
		self.assertEqual((row["kind"], row["candidates"], row["child"]), ("Waiting for Review", [], ""))
		self.assertNotIn(foreign.name, frappe.as_json(row))
		self.assertRefused(frappe.PermissionError, decisions.choose, upload, row["name"], foreign.name)
		decisions.choose(upload, row["name"])
		self.assertEqual(self.confirm(upload)["rows_applied"], 1)
		person = self.stored(self.only_row(upload)["child"], "person")
		pair = {"person": person, "reason": "Same National Number", "status": "Open"}
		self.assertTrue(frappe.db.exists("Duplicate Candidate", pair))

	def test_code_and_number_of_two_people(self) -> None:
		one, other = self.child(), self.child()
		data = by_hand(["كود الملف", "الرقم القومي"], [one.name, other.national_number])
		row = self.only_row(self.check(data))
		self.assertEqual(row["kind"], "Waiting for Review")
		self.assertEqual({file["name"] for file in row["candidates"]}, {one.name, other.name})

	def test_two_uploads_of_one_new_child_make_one_file(self) -> None:
		new = self.new()
		first, second = self.upload(new), self.upload(new)
		self.assertEqual(self.confirm(first)["rows_applied"], 1)
		self.assertEqual(self.confirm(second)["rows_refused"], 1)
		filters = {"grandfather_name": new["اسم الجد"]}
		self.assertEqual(frappe.db.count("Child", filters), 1)

	def test_a_field_of_an_administrator_stands_in_the_workbook(self) -> None:
		"""Custom Field alone: heading, list, difference and file, with no code for it."""
		self.act_as("Administrator")
		field = {"doctype": "Custom Field", "dt": "Child", "fieldname": "swimming", "label": "السباحة"}
		field |= {"fieldtype": "Select", "options": "\nيجيد\nلا يجيد", "insert_after": "hobbies"}
		custom = frappe.get_doc(field).insert()
		self.addCleanup(self.remove_field, custom.name)
		child = self.child()
		book = self.book()
		self.assertIn("السباحة", book.headings)
		self.confirm(self.check(book.put(book.row_of(child.name), السباحة="يجيد").data()))
		self.assertEqual(self.stored(child.name, "swimming"), "يجيد")

	def remove_field(self, name: str) -> None:
		self.act_as("Administrator")
		frappe.delete_doc("Custom Field", name)
		frappe.db.commit()


class TestColumns(RollTestCase):
	def test_every_heading_means_one_thing(self) -> None:
		self.act_as(self.home.first)
		headings = [columns.fold(column.heading) for column in columns.columns()]
		self.assertEqual(len(headings), len(set(headings)))
		self.assertFalse(
			{"photo", "family", "case_manager", "institution"} & {c.key for c in columns.columns()}
		)

	def test_the_sheet(self) -> None:
		self.child()
		book = self.book()
		self.assertTrue(book.sheet.sheet_view.rightToLeft and book.sheet.protection.sheet)
		self.assertEqual(book.sheet.freeze_panes, "C2")
		self.assertTrue(book.cell(2, "كود الملف").protection.locked)
		self.assertFalse(book.cell(2, "اسم الشهرة").protection.locked)
		self.assertEqual(book.cell(2, "تاريخ الميلاد").number_format, "dd/mm/yyyy")
		lists = [rule for rule in book.sheet.data_validations.dataValidation if rule.type == "list"]
		self.assertGreater(len(lists), 15)
		self.assertEqual(
			[sheet.sheet_state for sheet in book.book.worksheets], ["visible"] * 2 + ["hidden", "veryHidden"]
		)

	def test_the_screen_shows_words(self) -> None:
		child = self.child()
		book = self.book()
		upload = self.check(book.put(book.row_of(child.name), الديانة="مسيحي").data())
		cell = self.cells(self.only_row(upload))["religion"]
		self.assertEqual((cell["old"], cell["new"]), ("مسلم", "مسيحي"))
		self.assertEqual(screen.state(upload)["rows_changed"], 1)

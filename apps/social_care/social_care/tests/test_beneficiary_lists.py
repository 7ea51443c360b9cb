"""Lists of beneficiaries: dirty files in, every planted defect found and no other, rejected rows out and in again."""

import io
import json
import tempfile
from collections import Counter
from pathlib import Path
from unittest.mock import patch

import frappe
from openpyxl import Workbook, load_workbook

from social_care.cash_support import faults, files, lists, loading, receiving, rejects
from social_care.registry.roll.package import UnfitWorkbookError
from social_care.tests import beneficiary_lists as planted
from social_care.tests import factories
from social_care.tests.beneficiary_cases import BeneficiaryCase, number
from social_care.tests.queries import queries

ROWS = 3000
HEAD = "رقم الملف;الرقم القومي;الاسم;المحافظة;الدخل الشهري"


class TestPlanted(BeneficiaryCase):
	"""A list of three thousand rows with defects of every kind."""

	def setUp(self) -> None:
		super().setUp()
		self.act_as(self.manager)
		self.fill_registers()

	def fill_registers(self) -> None:
		self.act_as("Administrator")
		there = frappe.get_all("Org Unit", {"level": "Directorate"}, pluck="governorate")
		for code in set(planted.CODES) - set(there):
			factories.org_unit(governorate=code)
		self.act_as(self.manager)
		self.load("الرقم القومي,تاريخ الوفاة\n" + lines(planted.deaths(ROWS)), lists.DEATHS, "")
		members = [(digits, name, "القاهرة") for digits, name, _born in planted.members(ROWS)]
		self.load("الرقم القومي,الاسم,المحافظة\n" + lines(members), lists.MEMBERS, "TK")
		for digits, name, born, sex in planted.persons(ROWS):
			parts = dict(
				zip(
					("first_name", "father_name", "grandfather_name", "family_name"),
					name.split(),
					strict=True,
				)
			)
			status = "Recorded" if digits else "In Process"
			doc = {"doctype": "Person", "sex": sex, "birth_date": born, "national_number": digits, **parts}
			frappe.get_doc(doc | {"national_number_status": status}).insert(ignore_permissions=True)

	def loaded(self, **how) -> frappe.model.document.Document:
		with tempfile.TemporaryDirectory() as folder:
			path = Path(folder) / "list.csv"
			planted.write(path, ROWS, **how)
			return self.load(path.read_bytes())

	def test_every_defect_is_found_and_none_besides(self) -> None:
		batch = self.loaded()
		expected = planted.expected(ROWS)
		told = Counter(code for row in self.rejected(batch) for code in json.loads(row.faults).values())
		self.assertEqual(told, expected["rejected"])
		found = Counter(row.finding for row in self.reviews("finding") if row.finding)
		self.assertEqual(found, expected["found"])
		again, rejected = expected["again"]["again"], expected["rejected"].total()
		self.assertGreater(again, 0)
		self.assertEqual(
			(batch.rows_read, batch.rows_known, batch.rows_rejected, batch.rows_taken),
			(ROWS, again, rejected, ROWS - again - rejected),
		)
		self.assertEqual((batch.status, batch.progress), ("Finished", 100))
		self.assertFalse(files.path(batch).exists())

	def test_persons_of_the_registry_are_found(self) -> None:
		self.loaded()
		matches = Counter(row.identity_match for row in self.reviews("identity_match"))
		by_number = sum(planted.kind(i) in ("matched", "Name Differs from the Registry") for i in range(ROWS))
		possible = sum(planted.kind(i) == "Possible Match" for i in range(ROWS))
		self.assertEqual((matches["By National Number"], matches["Possible"]), (by_number, possible))
		for row in self.reviews("person", identity_match=["in", ["By National Number", "Possible"]]):
			self.assertTrue(row.person)

	def test_a_file_of_the_old_code_page_gives_the_same(self) -> None:
		first = self.loaded()
		self.assertEqual(frappe.parse_json(first.layout)["encoding"], "utf-8-sig")
		text = planted.HEADINGS
		rows = [";".join(planted.row(index)) for index in range(400, 460)]
		data = "\n".join([";".join(text), *rows]).encode("cp1256")
		again = self.load(data)
		self.assertEqual(frappe.parse_json(again.layout)["encoding"], "cp1256")
		self.assertEqual((again.rows_known, again.rows_taken, again.rows_rejected), (60, 0, 0))

	def test_queries_do_not_follow_the_rows(self) -> None:
		few = self.count(500, 5000)
		many = self.count(1000, 10_000)
		self.assertLessEqual(many, few + 2)

	def count(self, rows: int, first: int) -> int:
		head = ";".join(planted.HEADINGS)
		clean = [
			";".join(planted.row(first + place)) for place in range(rows) if not planted.kind(first + place)
		]
		doc = self.received("\n".join([head, *clean]))
		with queries() as asked:
			loading.run(doc.name)
		return len([query for query in asked if "insert into" not in str(query).lower()])

	def received(self, text: str):
		data = io.BytesIO(text.encode())
		return receiving.receive(lists.BENEFICIARIES, self.campaign, "a.csv", data)


class TestAgain(BeneficiaryCase):
	"""Nothing is loaded twice, and what was rejected comes back corrected."""

	def setUp(self) -> None:
		super().setUp()
		self.act_as(self.manager)

	def test_the_same_file_is_known_and_says_so(self) -> None:
		text = self.table(f"{number(7)},منى سعيد حسن,القاهرة,100")
		first = self.load(text)
		error = self.assertRefused(receiving.KnownFileError, self.load, text)
		self.assertIn(first.name, str(error))
		self.assertEqual(len(self.reviews()), 1)

	def test_the_same_row_in_another_file_is_not_loaded_again(self) -> None:
		self.load(self.table(f"{number(7)},منى سعيد حسن,القاهرة,100"))
		batch = self.load(
			self.table(f"{number(7)},منى  سعيد حسن ,القاهره,١٠٠", f"{number(8)},علي سعيد حسن,01,1٬000")
		)
		self.assertEqual((batch.rows_known, batch.rows_taken), (1, 1))
		self.assertEqual([row.monthly_income for row in self.reviews("monthly_income")], [100, 1000])

	def test_rejected_rows_come_back_corrected(self) -> None:
		batch = self.load(self.table(f"{number(7)[:-1]},منى سعيد حسن,القاهرة,100", "123,=1+1,القاهرة,x"))
		sheet = self.sheet(batch)
		heads = [cell.value for cell in sheet[1]]
		self.assertTrue(sheet.sheet_view.rightToLeft)
		self.assertIn("الرقم القومي: ", sheet.cell(2, heads.index("سبب رفض الصف") + 1).value)
		self.assertEqual(sheet.cell(3, heads.index("الاسم الكامل") + 1).data_type, "s")
		self.assertEqual(sheet.cell(3, heads.index("الاسم الكامل") + 1).value, "'=1+1")
		sheet.cell(2, heads.index("الرقم القومي") + 1).value = number(7)
		stream = io.BytesIO()
		sheet.parent.save(stream)
		again = self.load(stream.getvalue(), name="b.xlsx")
		self.assertEqual((again.rows_taken, again.rows_rejected, again.rows_corrected), (1, 1, 1))
		self.assertEqual([row.state for row in self.rejected(batch)], ["Corrected", "Open"])
		self.assertEqual(self.sheet(batch).max_row, 2)

	def sheet(self, batch):
		frappe.local.lang = "ar"
		try:
			return load_workbook(io.BytesIO(rejects.workbook(batch.name))).worksheets[0]
		finally:
			frappe.local.lang = "en"

	def test_a_workbook_is_read_as_a_text_table_is(self) -> None:
		book = Workbook()
		sheet = book.active
		sheet.append(["كشف"])
		sheet.append(["الرقم القومي", "الاسم", "المحافظة", "ت الميلاد", "الدخل"])
		born = planted.born_on(9)
		sheet.append([int(number(9)), "منى سعيد حسن", 1, born, 250.5])
		sheet.append([None, "علي حسن محمود", "الجيزة", born, "٣٠٠"])
		stream = io.BytesIO()
		book.save(stream)
		batch = self.load(stream.getvalue(), name="b.xlsx")
		self.assertEqual((batch.rows_taken, batch.rows_rejected), (2, 0))
		first, second = self.reviews("national_number", "birth_date", "governorate", "monthly_income")
		self.assertEqual(tuple(first.values()), (number(9), born, "01", 250.5))
		self.assertEqual(tuple(second.values()), (None, born, "21", 300))

	def test_a_file_that_is_damaged_further_down_ends_with_a_sentence(self) -> None:
		clean = [f"{number(place)},منى سعيد حسن,القاهرة,100" for place in range(20)]
		text = self.table(*clean, f"1,{'x' * 20_000},01,1", *clean)
		with patch.object(loading, "AT_ONCE", 10), patch.object(frappe.db, "rollback"):
			batch, again = self.load(text), self.load(text)
		self.assertEqual((batch.status, batch.rows_taken), ("Not Readable", 20))
		self.assertIn("21", batch.failure)
		self.assertFalse(files.path(batch).exists())
		self.assertEqual((again.status, again.rows_taken, again.rows_known), ("Not Readable", 0, 20))

	def test_unfit_files_are_refused_before_anything_is_kept(self) -> None:
		before = frappe.db.count("Beneficiary Import Batch")
		for name, data in (
			("a.csv", b""),
			("a.csv", "عمود,آخر\n1,2".encode()),
			("a.csv", "الرقم القومي,الدخل\n1,2".encode()),
			("a.exe", b"MZ"),
			("a.xlsx", b"\xd0\xcf\x11\xe0 old"),
			("a.xlsx", b"PK not a workbook"),
			("a.xlsx", bomb()),
		):
			self.assertRefused(UnfitWorkbookError, self.load, data, name=name)
		self.assertEqual(frappe.db.count("Beneficiary Import Batch"), before)
		folder = Path(frappe.get_site_path("private", files.FOLDER))
		self.assertEqual([path.name for path in folder.glob("*.xlsx")], [])


GOVERNORATES = ("القاهرة", "الإسكندرية", "أسوان")


class TestWho(BeneficiaryCase):
	"""Who loads and reads lists, and where."""

	def setUp(self) -> None:
		super().setUp()
		self.act_as(self.manager)
		self.load(
			self.table(
				f"{number(0)},منى سعيد حسن,القاهرة,100",
				f"{number(1)},علي سعيد حسن,الإسكندرية,100",
				f"{number(2)},هدى سعيد حسن,أسوان,100",
			)
		)

	def test_a_directorate_reads_its_own_rows_alone(self) -> None:
		units = {row.governorate: row.org_unit for row in self.reviews("governorate", "org_unit")}
		for place, governorate in ((self.here, "01"), (self.there, "02")):
			self.act_as(place.officer)
			rows = frappe.get_list(
				"Beneficiary Review", {"campaign": self.campaign}, ["governorate", "org_unit"]
			)
			own = [row.governorate for row in rows]
			expected = [governorate] if units[governorate] == place.directorate else []
			self.assertEqual(own, expected)

	def test_an_officer_loads_rows_of_his_own_place_alone(self) -> None:
		self.act_as(self.here.officer)
		rows = [f"{number(place)},منى سعيد حسن,{name},100" for place, name in enumerate(GOVERNORATES, 5)]
		batch = self.load(self.table(*rows, rows[1]))
		self.assertEqual((batch.rows_taken, batch.rows_known, batch.rows_rejected), (1, 0, 3))
		own = self.reviews("org_unit", batch=batch.name)
		self.assertEqual([row.org_unit for row in own], [self.here.directorate])
		self.assertEqual(
			{row.faults for row in self.rejected(batch)}, {json.dumps({"governorate": "outside"})}
		)
		frappe.local.lang = "ar"
		self.addCleanup(setattr, frappe.local, "lang", "en")
		self.assertIn("خارج نطاق الجهة", faults.sentence("outside"))

	def test_levels_hold_numbers_and_income(self) -> None:
		meta = frappe.get_meta("Beneficiary Review")
		for field in ("national_number", "person", "death_date", "other_programme"):
			self.assertEqual(meta.get_field(field).permlevel, 1, field)
		for field in ("monthly_income", "amount"):
			self.assertEqual(meta.get_field(field).permlevel, 2)
		unit = self.reviews("org_unit", governorate="01")[0].org_unit
		self.act_as("Administrator")
		reader = factories.staff("Grievance Officer", org_unit=unit)
		self.act_as(reader)
		doc = frappe.get_doc("Beneficiary Review", self.reviews("name", governorate="01")[0].name)
		doc.apply_fieldlevel_read_permissions()
		self.assertTrue(doc.get("national_number"))
		self.assertIsNone(doc.get("monthly_income"))

	def test_others_load_nothing(self) -> None:
		for user in (self.here.chief, self.here.entry, self.here.director):
			self.act_as(user)
			self.assertRefused(frappe.PermissionError, self.load, self.table("1,أ ب,01,1"))
		self.act_as(self.here.officer)
		self.assertRefused(
			frappe.PermissionError, self.load, "الرقم القومي,تاريخ الوفاة\n1,2", lists.DEATHS, ""
		)
		batch = self.load(self.table(f"{number(5)},منى سعيد حسن,القاهرة,100"))
		self.assertEqual((batch.org_unit, batch.rows_taken), (self.here.directorate, 1))
		self.act_as(self.there.officer)
		self.assertFalse(frappe.has_permission("Beneficiary Import Batch", "read", doc=batch.name))
		self.assertRefused(frappe.PermissionError, rejects.workbook, batch.name)

	def test_nobody_writes_rows_by_hand(self) -> None:
		row = self.reviews("name")[0].name
		self.act_as(self.manager)
		doc = frappe.get_doc("Beneficiary Review", row)
		doc.status = "Moved Over"
		self.assertRefused(frappe.PermissionError, doc.save)
		self.assertRefused(frappe.PermissionError, doc.delete)
		self.act_as("Administrator")
		doc = frappe.get_doc("Beneficiary Review", row)
		doc.status = "Moved Over"
		self.assertRefused(frappe.PermissionError, doc.save)


def lines(rows) -> str:
	return "\n".join(",".join(str(cell) for cell in row) for row in rows)


def bomb() -> bytes:
	"""A workbook whose sheet would unpack to half a gigabyte of nothing."""
	import zipfile

	stream = io.BytesIO()
	with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
		archive.writestr("[Content_Types].xml", "<Types/>")
		archive.writestr("xl/workbook.xml", "<workbook/>")
		with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
			for _block in range(64):
				part.write(b" " * 1024 * 1024 * 4)
	return stream.getvalue()

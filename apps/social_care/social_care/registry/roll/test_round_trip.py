"""Download, edit, upload, look, confirm: what is changed and what is not."""

import frappe
from frappe import _

from social_care.registry.roll import applying, checking, decisions, downloading, receiving, screen
from social_care.registry.roll.columns import columns, school_year
from social_care.registry.roll.package import UnfitWorkbookError
from social_care.registry.roll.testing import RollTestCase, by_hand
from social_care.tests import factories

NAMES = ["الاسم الأول", "اسم الأب", "اسم الجد", "اسم العائلة"]


class TestRoundTrip(RollTestCase):
	def test_one_changed_cell_is_shown_and_applied(self) -> None:
		child = self.child()
		self.child()
		before = frappe.db.count("Access Log", {"method": "roll"})
		book = self.book()
		self.assertEqual(frappe.db.count("Access Log", {"method": "roll"}), before + 1)
		upload = self.check(book.put(book.row_of(child.name), الهوايات_والمواهب="كرة القدم").data())
		cell = self.cells(self.only_row(upload))["hobbies"]
		self.assertEqual((cell["old"], cell["new"], cell["take"]), ("", "كرة القدم", True))
		self.assertFalse(self.stored(child.name, "hobbies"))
		state = self.confirm(upload)
		self.assertEqual((state["status"], state["rows_applied"], state["rows_refused"]), ("Applied", 1, 0))
		self.assertEqual(self.stored(child.name, "hobbies"), "كرة القدم")
		self.assertEqual(self.stored(child.name, "modified_by"), self.home.first)

	def test_an_unchanged_workbook_changes_nothing(self) -> None:
		child = self.child(hobbies="=1+1", room_group="-", nickname="@حمادة", monthly_allowance=12.5)
		before = self.stored(child.name, "modified")
		upload = self.check(self.book().data())
		self.assertEqual(self.rows(upload), [])
		self.assertEqual(self.stored(child.name, "modified"), before)

	def test_identity_reaches_the_person_and_the_history(self) -> None:
		child = self.child()
		book = self.book()
		upload = self.check(book.put(book.row_of(child.name), الاسم_الأول="محمود").data())
		frappe.flags.in_test = False  # the framework writes no history in tests
		try:
			self.confirm(upload)
		finally:
			frappe.flags.in_test = True
		person = frappe.db.get_value("Person", self.stored(child.name, "person"), ["first_name", "full_name"])
		self.assertEqual(person[0], "محمود")
		self.assertEqual(self.stored(child.name, "full_name"), person[1])
		history = frappe.get_all("Version", filters={"docname": child.name}, fields=["data", "owner"])
		self.assertEqual([row.owner for row in history], [self.home.first])
		self.assertIn(["first_name", "أحمد", "محمود"], frappe.parse_json(history[0].data)["changed"])

	def test_the_same_workbook_twice_changes_once(self) -> None:
		child = self.child()
		book = self.book()
		book.put(book.row_of(child.name), اسم_الشهرة="حمادة")
		number = factories.national_number("2016-05-04", "Female")
		new = dict(zip(NAMES, ["مريم", "حسن", factories.letters(), "علي"], strict=True))
		new |= {
			"النوع": "أنثى",
			"تاريخ الميلاد": "٤/٥/٢٠١٦",
			"الرقم القومي": number,
			"تاريخ الدخول": "01/02/2020",
		}
		book.put(book.first_blank, **{heading.replace(" ", "_"): value for heading, value in new.items()})
		first = self.confirm(self.check(book.data()))
		self.assertEqual(first["rows_applied"], 2)
		made = frappe.get_all("Child", filters={"national_number": number}, pluck="name")
		self.assertEqual(len(made), 1)
		placements = frappe.db.count("Placement", {"child": made[0], "is_current": 1})
		self.assertEqual((placements, self.stored(made[0], "file_state")), (1, "Draft"))
		self.assertEqual(self.rows(self.check(book.data())), [])

	def test_a_workbook_by_hand(self) -> None:
		child = self.child()
		headings = [
			"المدرسة التي يحبها",
			"الـرَّقم القومى",
			"هذا العام الدراسي: المرحله",
			"فصيلة الدم",
			"الديانه",
		]
		row = [
			"كذا",
			child.national_number.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
			"إبتدائى",
			"A-",
			None,
		]
		upload = self.check(by_hand(headings, row))
		self.assertIn("المدرسة التي يحبها", screen.state(upload)["notices"])
		cells = self.cells(self.only_row(upload))
		self.assertEqual(set(cells), {"school.stage", "blood_group"})
		self.confirm(upload)
		self.assertEqual(self.stored(child.name, "blood_group"), "A-")
		self.assertEqual(self.stored(child.name, "religion"), "Muslim")
		year = {"parent": child.name, "school_year": school_year()}
		self.assertEqual(frappe.db.get_value("Education Record", year, "stage"), "Primary")

	def test_a_text_table(self) -> None:
		child = self.child()
		table = f"كود الملف;تاريخ الميلاد;الهوايات والمواهب\r\n{child.name};;رسم\r\n"
		upload = self.check(table.encode("cp1256"), file_name="roll.csv")
		self.confirm(upload)
		self.assertEqual(self.stored(child.name, "hobbies"), "رسم")

	def test_an_emptied_cell_empties_the_field(self) -> None:
		child = self.child(nickname="حمادة")
		book = self.book()
		self.confirm(self.check(book.put(book.row_of(child.name), اسم_الشهرة=None).data()))
		self.assertFalse(self.stored(child.name, "nickname"))

	def test_no_headings(self) -> None:
		upload = self.check(by_hand(["أ", "ب"], [1, 2]))
		state = screen.state(upload)
		self.assertEqual(state["status"], "Failed")
		self.assertIn("عناوين", state["failure"])


class TestMeanwhile(RollTestCase):
	"""What others do between download, look and confirmation."""

	def edit(self, child: str, **values) -> None:
		self.act_as(self.home.second)
		doc = frappe.get_doc("Child", child)
		doc.update(values)
		doc.save()
		frappe.db.commit()

	def test_a_conflict_waits_for_a_choice(self) -> None:
		child = self.child(nickname="قديم")
		book = self.book()
		self.edit(child.name, nickname="الثاني", hobbies="رسم")
		upload = self.check(book.put(book.row_of(child.name), اسم_الشهرة="الأول").data())
		row = self.only_row(upload)
		self.assertEqual(set(self.cells(row)), {"nickname"})  # what only the other one changed is not touched
		self.assertTrue(self.cells(row)["nickname"]["conflict"])
		self.assertFalse(row["accepted"])
		decisions.decide(upload, row["name"], cells={"nickname": True})
		self.assertEqual(self.confirm(upload)["rows_applied"], 1)
		self.assertEqual(self.stored(child.name, "nickname"), "الأول")
		self.assertEqual(self.stored(child.name, "hobbies"), "رسم")

	def test_a_change_after_the_look_is_not_overwritten(self) -> None:
		child = self.child(nickname="قديم")
		book = self.book()
		upload = self.check(
			book.put(book.row_of(child.name), اسم_الشهرة="الأول", الهوايات_والمواهب="رسم").data()
		)
		self.edit(child.name, nickname="الثاني")
		self.act_as(self.home.first)
		self.confirm(upload)
		self.assertEqual(self.stored(child.name, "nickname"), "الثاني")
		self.assertEqual(self.stored(child.name, "hobbies"), "رسم")
		self.assertIn("اسم الشهرة", self.only_row(upload)["note"])

	def test_a_child_who_moved_away_is_left_alone(self) -> None:
		child = self.child()
		book = self.book()
		upload = self.check(book.put(book.row_of(child.name), اسم_الشهرة="الأول").data())
		self.act_as("Administrator")
		factories.transfer(child.name, self.there.institution)
		frappe.db.commit()
		self.act_as(self.home.first)
		self.assertEqual(self.confirm(upload)["rows_refused"], 1)
		self.assertFalse(self.stored(child.name, "nickname"))
		row = self.only_row(upload)
		self.assertEqual((row["child"], row["cells"]), ("", []))

	def test_a_file_that_the_user_may_not_edit_now(self) -> None:
		child = self.child()
		child.db_set("file_state", "Reviewed by Directorate")
		frappe.db.commit()
		book = self.book()
		self.assertTrue(book.cell(book.row_of(child.name), "اسم الشهرة").protection.locked)
		row = self.only_row(self.check(book.put(book.row_of(child.name), اسم_الشهرة="الأول").data()))
		self.assertEqual(row["kind"], "Not Possible")
		self.assertEqual(
			row["note"],
			_("The file is {0}; it cannot be edited now by you.").format(_("Reviewed by Directorate")),
		)

	def test_a_protected_change_of_an_approved_file_goes_to_the_directorate(self) -> None:
		child = self.child()
		child.db_set("file_state", "Approved")
		frappe.db.commit()
		book = self.book()
		self.confirm(self.check(book.put(book.row_of(child.name), اسم_الجد="صالح").data()))
		self.assertEqual(self.stored(child.name, "file_state"), "Submitted by Institution")

	def test_a_second_confirmation_and_a_second_job_apply_once(self) -> None:
		child = self.child()
		book = self.book()
		upload = self.check(book.put(book.row_of(child.name), اسم_الشهرة="الأول").data())
		self.confirm(upload)
		modified = self.stored(child.name, "modified")
		self.assertEqual(decisions.confirm(upload), "Applied")
		applying.apply(upload)
		checking.check(upload)
		self.assertEqual(self.stored(child.name, "modified"), modified)

	def test_a_job_that_was_killed_goes_on(self) -> None:
		children = [self.child() for _ in range(3)]
		book = self.book()
		for child in children:
			book.put(book.row_of(child.name), اسم_الشهرة="نجم")
		upload = self.check(book.data())
		decisions.confirmed(decisions.own_upload(upload))
		frappe.db.set_value("Roll Upload", upload, "status", "Applying")
		frappe.db.commit()
		part = applying.Chunk(frappe.get_doc("Roll Upload", upload))
		part.apply()
		frappe.db.rollback()  # killed before its commit
		self.assertFalse(self.stored(children[0].name, "nickname"))
		applying.apply(upload)
		self.assertEqual({self.stored(child.name, "nickname") for child in children}, {"نجم"})
		self.assertEqual(screen.state(upload)["rows_applied"], 3)


class TestWho(RollTestCase):
	def test_nobody_from_elsewhere_downloads_or_uploads(self) -> None:
		self.child()
		data = self.book().data()
		for user in (self.there.entry, self.there.officer):
			self.act_as(user)
			self.assertRefused(
				frappe.PermissionError, receiving.store_roll, self.home.name, "roll.xlsx", data
			)

	def test_only_the_uploader_decides(self) -> None:
		child = self.child()
		book = self.book()
		upload = self.check(book.put(book.row_of(child.name), اسم_الشهرة="الأول").data())
		self.act_as(self.home.second)
		self.assertEqual(len(self.rows(upload)), 1)
		self.assertRefused(frappe.PermissionError, decisions.confirm, upload)
		self.act_as(self.there.entry)
		self.assertRefused(frappe.PermissionError, screen.page, upload, 0, "")

	def test_columns_follow_the_levels(self) -> None:
		child = self.child(mother_full_name="سعاد علي")
		self.act_as("Administrator")
		psychologist = factories.staff("Institution Psychologist", institution=self.home.name)
		manager = factories.staff("Social Administration Manager", org_unit=self.here.district)
		frappe.db.commit()
		keys = {user: {column.key for column in columns(user)} for user in (psychologist, manager)}
		self.assertLessEqual({"national_number", "blood_group"}, keys[psychologist])
		self.assertFalse({"mother_full_name", "parentage"} & keys[psychologist])
		self.assertFalse({"blood_group", "mother_full_name"} & keys[manager])
		for user in keys:  # they read files one by one
			self.act_as(user)
			self.assertRefused(frappe.PermissionError, downloading.workbook, self.home.name)
		self.act_as(psychologist)
		data = by_hand(["كود الملف", "اسم الشهرة"], [child.name, "الأول"])
		self.assertRefused(frappe.PermissionError, receiving.store_roll, self.home.name, "roll.xlsx", data)

	def test_a_code_of_another_institution_says_nothing(self) -> None:
		self.act_as("Administrator")
		foreign = factories.child(self.there.institution)
		frappe.db.commit()
		rows = [[foreign.name, "س"], ["CH-9999999", "س"]]
		upload = self.check(by_hand(["كود الملف", "اسم الشهرة"], *rows))
		first, second = self.rows(upload)
		self.assertEqual((first["kind"], first["note"]), (second["kind"], second["note"]))
		self.assertEqual((first["child"], first["kind"]), ("", "Not Possible"))

	def test_refused_before_anything_is_kept(self) -> None:
		before = frappe.db.count("Roll Upload")
		self.act_as(self.home.first)
		self.assertRefused(
			UnfitWorkbookError, receiving.store_roll, self.home.name, "roll.xlsx", b"PK\x03\x04"
		)
		self.assertRefused(UnfitWorkbookError, receiving.store_roll, self.home.name, "roll.exe", b"MZ")
		self.assertEqual(frappe.db.count("Roll Upload"), before)

"""Confirmation of children's data: who may what, signed by other hands, told when late, counted and printed."""

import frappe
from frappe.utils import add_days, nowdate

from social_care.governance.confirmation import (
	CONFIRMATION,
	CYCLE,
	ROW,
	clocks,
	counting,
	decided,
	deciding,
	rights,
	screen,
)
from social_care.governance.kept import KeptRecordError
from social_care.reading import notes
from social_care.tests.confirmation_cases import ConfirmationCase


class TestRights(ConfirmationCase):
	def test_another_place_sees_and_does_nothing(self) -> None:
		name = self.open()
		for user in (self.there.entry, self.there.director, self.there.chief, self.there.officer):
			self.act_as(user)
			for call in (screen.head, screen.page, self.sign):
				self.assertRefused(frappe.PermissionError, call, name)
			self.assertRefused(frappe.PermissionError, deciding.decide, name, [])
			self.assertEqual(frappe.get_list(ROW, {"confirmation": name}), [])
			self.assertEqual(frappe.get_list(CONFIRMATION, {"name": name}), [])

	def test_the_directorate_looks_and_decides_nothing(self) -> None:
		name = self.open()
		self.act_as(self.here.officer)
		told = screen.head(name)
		self.assertEqual((told["may_confirm"], told["may_sign"]), (False, False))
		self.assertEqual(len(self.seen(name)), 3)
		self.assertRefused(frappe.PermissionError, self.decide, name)
		self.assertRefused(frappe.PermissionError, self.sign, name)

	def test_who_enters_does_not_sign(self) -> None:
		name = self.open()
		self.act_as(self.entry)
		self.decide(name)
		self.assertFalse(screen.head(name)["may_sign"])
		self.assertRefused(frappe.PermissionError, self.sign, name)

	def test_nobody_writes_the_records_through_the_framework(self) -> None:
		name = self.open()
		row = frappe.db.get_value(ROW, {"confirmation": name})
		for doctype, record in ((CONFIRMATION, name), (ROW, row), (CYCLE, frappe.db.get_value(CYCLE, {}))):
			doc = frappe.get_doc(doctype, record)
			self.assertRefused(KeptRecordError, doc.save)
			self.assertRefused(KeptRecordError, frappe.copy_doc(doc).insert)
			self.assertRefused(KeptRecordError, frappe.delete_doc, doctype, record, force=True)
		self.act_as(self.director)
		self.assertRefused(frappe.PermissionError, frappe.get_doc(CONFIRMATION, name).save)

	def test_digests_are_read_by_nobody(self) -> None:
		name = self.open()
		self.act_as(self.entry)
		self.decide(name)
		self.act_as(self.director)
		rows = frappe.get_list(ROW, filters={"confirmation": name}, fields=["*"])
		self.assertEqual([row.get("fingerprint") for row in rows], [None] * 3)


class TestSigning(ConfirmationCase):
	def test_the_director_ends_it(self) -> None:
		name = self.open()
		self.act_as(self.entry)
		self.decide(name, children=self.children[:2])
		self.decide(name, "To Correct", self.children[2:])
		self.act_as(self.director)
		told = self.sign(name)
		self.assertEqual(told["status"], "Signed")
		stored = frappe.db.get_value(
			CONFIRMATION, name, ["signed_by", "children", "confirmed", "to_correct", "signed_on"]
		)
		self.assertEqual(stored[:4], (self.director, 3, 2, 1))
		self.assertEqual(self.sign(name)["status"], "Signed")
		self.assertEqual(frappe.db.get_value(CONFIRMATION, name, "signed_on"), stored[4])
		self.act_as(self.entry)
		self.assertRefused(rights.ConfirmationError, self.decide, name)

	def test_not_while_a_child_waits(self) -> None:
		name = self.open()
		self.act_as(self.entry)
		self.decide(name, children=self.children[:2])
		self.act_as(self.director)
		self.assertRefused(rights.ConfirmationError, self.sign, name)

	def test_not_where_a_file_changed_since(self) -> None:
		name = self.open()
		self.act_as(self.entry)
		self.decide(name)
		doc = frappe.get_doc("Child", self.children[0])
		doc.room_group = "الورد"
		doc.save()
		self.act_as(self.director)
		error = self.assertRefused(rights.ConfirmationError, self.sign, name)
		self.assertIn(self.children[0], str(error))

	def test_other_hands_than_those_that_confirmed(self) -> None:
		name = self.open()
		self.act_as(self.director)
		self.decide(name)
		self.assertRefused(rights.ConfirmationError, self.sign, name)
		self.act_as("Administrator")
		self.settings(confirmation_four_eyes=0)
		self.act_as(self.director)
		self.assertEqual(self.sign(name)["status"], "Signed")

	def test_what_the_signer_did_not_see_is_not_signed(self) -> None:
		name = self.open()
		self.act_as(self.entry)
		self.decide(name)
		self.act_as(self.director)
		seen = screen.head(name)["seen"]
		self.act_as(self.entry)
		told = self.decide(name, "To Correct", self.children[:1])
		self.act_as(self.director)
		for stale in (seen, "", None, "x"):
			self.assertRefused(rights.ConfirmationError, deciding.sign, name, stale)
		self.assertEqual(told["seen"], screen.head(name)["seen"])
		self.assertEqual(deciding.sign(name, told["seen"])["status"], "Signed")

	def test_the_digest_holds_what_was_signed(self) -> None:
		name = self.open()
		self.act_as(self.entry)
		self.decide(name)
		self.act_as(self.director)
		self.sign(name)
		kept = frappe.db.get_value(CONFIRMATION, name, "digest")
		confirmation = frappe.db.get_value(CONFIRMATION, name, rights.FIELDS, as_dict=True)
		self.assertEqual(decided.digest(decided.rows(confirmation)), kept)
		frappe.db.set_value(ROW, {"confirmation": name, "child": self.children[0]}, "decided_by", self.worker)
		self.assertNotEqual(decided.digest(decided.rows(confirmation)), kept)


class TestClocks(ConfirmationCase):
	def setUp(self) -> None:
		super().setUp()
		self.settings(
			confirmation_notice_days=7,
			confirmation_institution_days=1,
			confirmation_directorate_days=7,
			confirmation_headquarters_days=14,
		)
		self.name = self.open()

	def tell(self, days_late: int) -> None:
		frappe.db.sql(f"update `tab{CONFIRMATION}` set `due_on` = %s", (add_days(nowdate(), -days_late),))
		frappe.db.sql(
			f"update `tab{CONFIRMATION}` set `status` = 'Not Confirmed' where `name` != %s", (self.name,)
		)
		clocks.tell()

	def told(self, user: str) -> int:
		return frappe.db.count("Notification Log", {"for_user": user, "creation": [">=", self.begun]})

	def test_each_is_told_once_and_in_its_turn(self) -> None:
		self.begun = frappe.utils.now()
		expected = {
			-8: (0, 0, 0),
			-7: (1, 0, 0),
			0: (1, 0, 0),
			1: (2, 0, 0),
			6: (2, 0, 0),
			7: (2, 1, 0),
			14: (2, 1, 1),
		}
		for days, numbers in expected.items():
			self.tell(days)
			found = tuple(self.told(user) for user in (self.director, self.here.officer, self.country.head))
			self.assertEqual(found, numbers, days)
		self.tell(40)
		self.assertEqual(self.told(self.director), 2)
		self.assertEqual(self.told(self.there.officer), 0)

	def test_who_signed_is_left_in_peace(self) -> None:
		self.begun = frappe.utils.now()
		self.act_as(self.entry)
		self.decide(self.name)
		self.act_as(self.director)
		self.sign(self.name)
		self.act_as("Administrator")
		self.tell(40)
		self.assertEqual(self.told(self.director), 0)


class TestFigures(ConfirmationCase):
	def test_freshness_of_the_readers_places(self) -> None:
		name = self.open()
		self.act_as(self.entry)
		self.decide(name, children=self.children[:2])
		self.act_as(self.director)
		self.assertEqual(counting.freshness(), 66.7)
		self.act_as(self.there.chief)
		self.assertEqual(counting.freshness() or 0, 0)

	def test_the_report_and_its_print(self) -> None:
		from social_care.governance.report.confirmation_of_data import confirmation_of_data as report
		from social_care.prints.report import make

		name = self.open()
		self.act_as(self.entry)
		self.decide(name, children=self.children[:2])
		title = frappe.db.get_value("Institution", self.home, "institution_name")
		self.act_as(self.here.chief)
		_columns, rows = report.execute({})
		own = next(row for row in rows if row["title"] == title)
		self.assertEqual((own["children"], own["confirmed"], own["waiting"], own["share"]), (3, 2, 1, 66.7))
		_columns, rows = report.execute({"by": "Directorate"})
		self.assertEqual(rows[-1]["children"], sum(row["children"] for row in rows[:-1]))
		self.assertTrue(make("Confirmation of Data", {"by": "Directorate"}).startswith(b"%PDF"))
		self.act_as(self.there.chief)
		_columns, rows = report.execute({})
		self.assertNotIn(title, [row["title"] for row in rows])

	def test_the_print_of_a_confirmation(self) -> None:
		from social_care.governance.confirmation.prints import confirmation_print

		name = self.open()
		self.act_as(self.entry)
		self.decide(name)
		self.act_as(self.director)
		self.sign(name)
		notes.take()
		told = confirmation_print(frappe.get_doc(CONFIRMATION, name))
		((doctype, read, channel, about),) = notes.take()
		self.assertEqual((doctype, set(read), channel), ("Child", set(self.children), "Print"))
		self.assertEqual(about, "Confirmation of Data")
		self.assertEqual(len(told["rows"]), 3)
		self.assertIn(self.children[0], [row[0] for row in told["rows"]])
		self.assertIn(frappe.utils.get_fullname(self.director), told["signature"])

"""The path of a child's file, and that nobody stands on both sides of it."""

import frappe
import frappe.client
from frappe.model.workflow import WorkflowPermissionError, apply_workflow

from social_care.registry.file_review import (
	APPROVED,
	DRAFT,
	RETURNED,
	REVIEWED,
	SUBMITTED,
	FileReviewError,
	FourEyesError,
)
from social_care.setup.tables import table
from social_care.tests import CountryTestCase, factories
from social_care.tests.places import CHIEF, DIRECTOR, ENTRY, OFFICER

STATES = (DRAFT, SUBMITTED, REVIEWED, APPROVED, RETURNED)
NOT_OPEN = (WorkflowPermissionError, frappe.PermissionError)


class FileTestCase(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.act_as(self.here.entry)
		self.child = factories.child(self.here.institution)

	def act(self, user: str, action: str):
		self.act_as(user)
		return apply_workflow(frappe.get_doc("Child", self.child.name).as_dict(), action)

	def save_as(self, user: str, **values):
		self.act_as(user)
		doc = frappe.get_doc("Child", self.child.name)
		doc.update(values)
		doc.save()
		return doc

	def state(self) -> str:
		return frappe.db.get_value("Child", self.child.name, "file_state")

	def put(self, state: str, **values) -> None:
		frappe.db.set_value("Child", self.child.name, {"file_state": state, **values})

	def approve(self) -> None:
		self.act(self.here.entry, "Submit to Directorate")
		self.act(self.here.officer, "Mark as Reviewed")
		self.act(self.here.chief, "Approve File")


class TestPath(FileTestCase):
	def test_from_draft_to_approved_with_every_step_signed(self) -> None:
		self.approve()
		doc = frappe.get_doc("Child", self.child.name)
		self.assertEqual(doc.file_state, APPROVED)
		self.assertEqual(
			(doc.submitted_by, doc.reviewed_by, doc.approved_by),
			(self.here.entry, self.here.officer, self.here.chief),
		)
		self.assertTrue(doc.submitted_on <= doc.reviewed_on <= doc.approved_on)

	def test_each_role_takes_exactly_its_own_steps(self) -> None:
		users = {
			self.here.director: DIRECTOR,
			self.here.officer: OFFICER,
			self.here.chief: CHIEF,
			self.here.entry: ENTRY,
		}
		users[self.country.head] = "Central Administration Head"
		rows = table("child_file_transitions")
		for user, role in users.items():
			allowed = {(row["state"], row["next_state"]) for row in rows if row["allowed"] == role}
			for old in STATES:
				self.put(old, owner="Administrator", content_editors="", submitted_by=None, reviewed_by=None)
				for new in (state for state in STATES if state != old):
					with self.subTest(role, old=old, new=new):
						self.try_step(user, new, (old, new) in allowed)

	def try_step(self, user: str, state: str, open_to_user: bool) -> None:
		values = {"file_state": state, "return_reason": "صورة الشهادة غير واضحة"}
		if not open_to_user:
			self.assertRefused(NOT_OPEN, self.save_as, user, **values)
			return
		frappe.db.savepoint("one_step")
		self.save_as(user, **values)
		frappe.db.rollback(save_point="one_step")

	def test_a_new_file_begins_as_a_draft(self) -> None:
		for state in (SUBMITTED, REVIEWED, APPROVED, RETURNED):
			self.assertRefused(
				(*NOT_OPEN, FileReviewError, FourEyesError),
				factories.child,
				self.here.institution,
				file_state=state,
			)

	def test_an_incomplete_file_is_not_submitted(self) -> None:
		self.save_as(self.here.entry, parentage="")
		error = self.assertRefused(FileReviewError, self.act, self.here.entry, "Submit to Directorate")
		self.assertIn(frappe._("Parentage"), str(error))

	def test_returning_needs_a_reason(self) -> None:
		self.act(self.here.entry, "Submit to Directorate")
		self.assertRefused(FileReviewError, self.act, self.here.officer, "Return to Institution")
		self.save_as(self.here.officer, return_reason="صورة الشهادة غير واضحة")
		self.act(self.here.officer, "Return to Institution")
		self.assertEqual(self.state(), RETURNED)

	def test_submitting_again_begins_the_review_anew(self) -> None:
		self.put(RETURNED, return_reason="ناقص", reviewed_by=self.here.officer)
		doc = self.act(self.here.entry, "Submit to Directorate")
		self.assertEqual((doc.file_state, doc.return_reason, doc.reviewed_by), (SUBMITTED, "", None))


class TestWhoEdits(FileTestCase):
	def test_the_institution_cannot_edit_what_it_has_submitted(self) -> None:
		for state in (SUBMITTED, REVIEWED):
			self.put(state)
			for user in (self.here.entry, self.here.director):
				self.assertRefused(FileReviewError, self.save_as, user, room_group="٩")

	def test_the_directorate_cannot_edit_a_draft(self) -> None:
		for state in (DRAFT, RETURNED):
			self.put(state)
			self.assertRefused(FileReviewError, self.save_as, self.here.officer, room_group="٩")

	def test_nobody_of_another_directorate_edits_or_steps(self) -> None:
		self.put(SUBMITTED)
		for user in (self.there.officer, self.there.chief, self.there.entry):
			self.assertRefused(frappe.PermissionError, self.save_as, user, room_group="٩")
			self.assertRefused(frappe.PermissionError, self.act, user, "Mark as Reviewed")

	def test_a_role_at_another_place_does_not_count(self) -> None:
		self.put(REVIEWED)  # director of this institution, chief of the other directorate
		self.assertRefused(frappe.PermissionError, self.act, self.country.both, "Approve File")
		self.assertRefused(NOT_OPEN, self.save_as, self.country.both, file_state=APPROVED)
		self.assertRefused(FileReviewError, self.save_as, self.country.both, room_group="٩")


class TestFourEyes(FileTestCase):
	def both_sides(self, role: str) -> None:
		"""Give the entry user a role of the directorate too, at the right place."""
		self.act_as("Administrator")
		factories.assign(self.here.entry, role, org_unit=self.here.directorate)

	def test_who_entered_neither_reviews_nor_approves(self) -> None:
		self.both_sides(CHIEF)
		self.act(self.here.entry, "Submit to Directorate")
		self.assertRefused(FourEyesError, self.act, self.here.entry, "Mark as Reviewed")
		self.act(self.here.officer, "Mark as Reviewed")
		self.assertRefused(FourEyesError, self.act, self.here.entry, "Approve File")

	def test_nor_by_a_direct_save(self) -> None:
		self.both_sides(CHIEF)
		self.put(REVIEWED, reviewed_by=self.here.officer)
		self.assertRefused(FourEyesError, self.save_as, self.here.entry, file_state=APPROVED)

	def test_nor_by_the_clients_set_value_and_save(self) -> None:
		self.both_sides(CHIEF)
		self.put(REVIEWED, reviewed_by=self.here.officer)
		self.act_as(self.here.entry)
		self.assertRefused(
			FourEyesError, frappe.client.set_value, "Child", self.child.name, "file_state", APPROVED
		)
		doc = frappe.get_doc("Child", self.child.name).as_dict() | {"file_state": APPROVED}
		self.assertRefused(FourEyesError, frappe.client.save, doc)

	def test_nor_by_bulk_edit(self) -> None:
		from frappe.desk.doctype.bulk_update.bulk_update import submit_cancel_or_update_docs

		self.both_sides(CHIEF)
		self.put(REVIEWED, reviewed_by=self.here.officer)
		self.act_as(self.here.entry)
		frappe.db.savepoint("bulk")
		self.keep_transaction()
		failed = submit_cancel_or_update_docs("Child", [self.child.name], "update", {"file_state": APPROVED})
		self.assertEqual(failed, [self.child.name])
		self.assertEqual(self.state(), REVIEWED)

	def keep_transaction(self) -> None:
		"""Bulk actions commit and roll back for each row; here only the row's changes are taken back."""
		from unittest.mock import patch

		for name, replacement in (
			("commit", lambda: None),
			("rollback", lambda **_: frappe.db.sql("rollback to savepoint bulk")),
		):
			patcher = patch.object(frappe.db, name, replacement)
			patcher.start()
			self.addCleanup(patcher.stop)

	def test_an_editor_of_the_content_does_not_review_it(self) -> None:
		self.put(SUBMITTED, submitted_by=self.here.entry)
		self.save_as(self.here.officer, room_group="٤")
		self.assertRefused(FourEyesError, self.act, self.here.officer, "Mark as Reviewed")
		self.act(self.here.chief, "Mark as Reviewed")

	def test_an_editor_of_a_table_row_counts_too(self) -> None:
		self.put(SUBMITTED)
		self.save_as(
			self.here.officer,
			education_records=[{"school_year": "2025/2026", "enrolment_status": "Enrolled"}],
		)
		self.assertRefused(FourEyesError, self.act, self.here.officer, "Mark as Reviewed")

	def test_reviewer_and_approver_differ_by_setting(self) -> None:
		self.put(REVIEWED, reviewed_by=self.here.chief)
		self.assertRefused(FourEyesError, self.act, self.here.chief, "Approve File")
		self.act_as("Administrator")
		self.settings(distinct_reviewer_and_approver=0)
		self.act(self.here.chief, "Approve File")

	def test_editors_cannot_be_erased_by_the_client(self) -> None:
		self.put(SUBMITTED)
		self.save_as(self.here.officer, room_group="٤")
		self.save_as(self.here.officer, content_editors="", submitted_by="Administrator")
		self.assertRefused(FourEyesError, self.act, self.here.officer, "Mark as Reviewed")


class TestAfterApproval(FileTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.approve()

	def test_a_protected_change_goes_to_review_again(self) -> None:
		doc = self.save_as(self.here.entry, parentage="Under Investigation")
		self.assertEqual((doc.file_state, doc.approved_by, doc.reviewed_by), (SUBMITTED, None, None))

	def test_a_protected_table_too(self) -> None:
		self.save_as(self.here.entry, identity_papers=[{"paper_kind": "Passport", "paper_number": "A1"}])
		self.assertEqual(self.state(), SUBMITTED)

	def test_an_unprotected_change_does_not(self) -> None:
		self.save_as(self.here.entry, room_group="٥", hobbies="الرسم")
		self.assertEqual(self.state(), APPROVED)

	def test_who_changed_protected_data_does_not_review_it(self) -> None:
		born = frappe.db.get_value("Child", self.child.name, "birth_date")
		self.save_as(self.here.officer, national_number=factories.national_number(born))
		self.assertEqual(self.state(), SUBMITTED)
		self.assertRefused(FourEyesError, self.act, self.here.officer, "Mark as Reviewed")

	def test_the_protected_fields_are_a_setting(self) -> None:
		self.act_as("Administrator")
		self.settings(protected_fields=[{"field": "hobbies"}])
		self.save_as(self.here.entry, parentage="Under Investigation")
		self.assertEqual(self.state(), APPROVED)
		self.save_as(self.here.entry, hobbies="السباحة")
		self.assertEqual(self.state(), SUBMITTED)

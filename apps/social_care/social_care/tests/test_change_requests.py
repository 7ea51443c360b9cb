"""Fields that are changed by a request only: refused at every save, asked for, decided by others, applied, undone."""

from unittest.mock import patch

import frappe
from frappe.utils import add_days, nowdate

from social_care.governance.change_requests import (
	APPLIED,
	AT_DIRECTORATE,
	AT_HEADQUARTERS,
	CONFLICT,
	REFUSED,
	REQUEST,
	WITHDRAWN,
	ChangeRequestError,
	ProtectedFieldError,
	asking,
	deciding,
	rules,
	waiting,
)
from social_care.governance.report.change_requests_by_directorate import (
	change_requests_by_directorate as report,
)
from social_care.registry import child_file
from social_care.registry.national_number import NationalNumberError
from social_care.registry.roll import stored
from social_care.registry.together.batch import Batch
from social_care.registry.verification import CONFIRMED
from social_care.tests import CountryTestCase, factories

WHY, PAPER = "خطأ في القيد", "شهادة ميلاد رقم 17"


class ChangeCase(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.child = factories.child(self.here.institution)
		self.protect(field="first_name", applies=rules.ALWAYS)

	def protect(self, *rows: dict, **row) -> None:
		defaults = {"directorate": 1, "headquarters": 0, "days": 7, "applies": rules.ALWAYS}
		self.settings(change_rules=[defaults | each for each in (rows or (row,))])

	def file(self, **values):
		return frappe.get_doc("Child", self.child.name).update(values)

	def ask(self, value: str = "يوسف", field: str = "first_name", user: str = ""):
		self.act_as(user or self.here.entry)
		return asking.ask(self.child.name, field, value, WHY, PAPER)

	def decide(self, name: str, user: str, approved: bool = True, note: str = "") -> str:
		self.act_as(user)
		return deciding.decide(name, approved, note).state

	def value(self, field: str = "first_name"):
		return frappe.db.get_value("Child", self.child.name, field)


class TestGuard(ChangeCase):
	def test_nothing_is_protected_until_somebody_says_so(self) -> None:
		self.settings(change_rules=[])
		self.act_as(self.here.entry)
		self.file(first_name="يوسف").save()
		self.assertEqual(self.value(), "يوسف")
		self.assertEqual(rules.protected(self.file()), {})

	def test_a_direct_change_is_refused_with_a_sentence_that_says_how(self) -> None:
		for user in (self.here.entry, self.here.director):
			self.act_as(user)
			error = self.assertRefused(ProtectedFieldError, self.file(first_name="يوسف").save)
			self.assertIn(frappe._("First Name"), str(error))
			self.file(hobbies="الرسم").save()

	def test_by_list_and_client(self) -> None:
		from frappe.client import set_value

		self.act_as(self.here.entry)
		self.assertRefused(ProtectedFieldError, set_value, "Child", self.child.name, "first_name", "يوسف")

	def test_by_the_roll(self) -> None:
		self.act_as(self.here.entry)
		batch = Batch()
		child = batch.read("Child", [self.child.name])[self.child.name]
		batch.read("Person", [self.child.person])
		child.first_name = "يوسف"
		self.assertRefused(ProtectedFieldError, child.save)
		self.assertEqual(stored.read([self.child.name])[self.child.name].first_name, "أحمد")

	def test_nor_around_the_file_by_its_person(self) -> None:
		person = frappe.get_doc("Person", self.child.person)
		person.first_name = "يوسف"
		person.flags.ignore_permissions = True
		self.act_as(self.here.chief)
		self.assertRefused(ProtectedFieldError, person.save)

	def test_a_new_file_is_entered_as_ever(self) -> None:
		self.act_as(self.here.entry)
		self.assertTrue(factories.child(self.here.institution, first_name="كريم").name)

	def test_only_once_approved(self) -> None:
		self.protect(field="first_name", applies=rules.ONCE_APPROVED)
		self.act_as(self.here.entry)
		self.file(first_name="يوسف").save()
		frappe.db.set_value("Child", self.child.name, {"file_state": "Approved", "approved_on": nowdate()})
		self.assertRefused(ProtectedFieldError, self.file(first_name="كريم").save)

	def test_only_once_the_identity_is_confirmed(self) -> None:
		self.protect(field="first_name", applies=rules.ONCE_CONFIRMED)
		self.assertEqual(rules.protected(self.file()), {})
		frappe.db.set_value("Person", self.child.person, "identity_state", CONFIRMED)
		self.act_as(self.here.entry)
		self.assertRefused(ProtectedFieldError, self.file(first_name="كريم").save)

	def test_a_level_and_a_field_that_goes_before_it(self) -> None:
		self.protect({"level": "3", "days": 3}, {"field": "parentage", "days": 9})
		found = rules.protected(self.file())
		self.assertEqual((found["parentage"].days, found["legal_status"].days), (9, 3))
		self.assertNotIn("first_name", found)
		self.assertNotIn("quality_asked", found)

	def test_rules_that_say_nothing_are_refused(self) -> None:
		wrong = (
			{"field": "first_name", "level": "1"},
			{},
			{"field": "photo"},
			{"field": "file_state"},
			{"field": "x"},
		)
		for row in (*wrong, {"field": "sex", "directorate": 0}):
			self.assertRefused(frappe.ValidationError, self.protect, **row)

	def test_the_form_knows_what_is_protected(self) -> None:
		self.act_as(self.here.entry)
		self.assertEqual(child_file.sidebar(self.file())["protected"], ["first_name"])


class TestRequests(ChangeCase):
	def test_asked_by_one_decided_by_another_and_written_by_the_file(self) -> None:
		request = self.ask()
		self.assertEqual(
			(request.state, request.old_value, request.new_value), (AT_DIRECTORATE, "أحمد", "يوسف")
		)
		self.assertEqual(str(request.due_on), add_days(nowdate(), 7))
		self.assertEqual(self.value(), "أحمد")
		self.enterContext(
			patch.object(frappe.local, "flags", frappe._dict(frappe.local.flags, in_test=False))
		)
		self.assertEqual(self.decide(request.name, self.here.chief), APPLIED)
		self.assertEqual(self.value(), "يوسف")
		self.assertEqual(frappe.db.get_value("Person", self.child.person, "first_name"), "يوسف")
		version = frappe.get_last_doc("Version", {"ref_doctype": "Child", "docname": self.child.name})
		self.assertEqual(frappe.parse_json(version.data)["updater_reference"]["docname"], request.name)

	def test_both_levels_by_two_people(self) -> None:
		self.protect(field="first_name", headquarters=1)
		request = self.ask()
		self.assertRefused(frappe.PermissionError, self.decide, request.name, self.country.head)
		self.assertEqual(self.decide(request.name, self.here.chief), AT_HEADQUARTERS)
		self.assertEqual(self.value(), "أحمد")
		self.assertRefused(frappe.PermissionError, self.decide, request.name, self.here.chief)
		self.assertEqual(self.decide(request.name, self.country.head), APPLIED)

	def test_headquarters_alone(self) -> None:
		self.protect(field="first_name", directorate=0, headquarters=1)
		request = self.ask()
		self.assertEqual(request.state, AT_HEADQUARTERS)
		self.assertEqual(self.decide(request.name, self.country.head), APPLIED)

	def test_who_asked_does_not_decide_and_who_has_no_place_neither(self) -> None:
		request = self.ask(user=self.here.chief)
		for user in (self.here.chief, self.here.officer, self.here.director, self.there.chief):
			self.assertRefused(frappe.PermissionError, self.decide, request.name, user)
		self.assertEqual(self.value(), "أحمد")

	def test_a_refusal_needs_a_reason_and_changes_nothing(self) -> None:
		request = self.ask()
		self.assertRefused(ChangeRequestError, self.decide, request.name, self.here.chief, False)
		self.assertEqual(self.decide(request.name, self.here.chief, False, "المستند غير واضح"), REFUSED)
		self.assertEqual(self.value(), "أحمد")
		self.assertRefused(ChangeRequestError, self.decide, request.name, self.here.chief)
		self.assertTrue(self.ask().name)

	def test_a_value_that_changed_meanwhile_is_a_conflict(self) -> None:
		request = self.ask()
		self.act_as("Administrator")
		self.file(first_name="كريم").save()
		self.assertEqual(self.decide(request.name, self.here.chief), CONFLICT)
		self.assertEqual(
			(self.value(), frappe.db.get_value(REQUEST, request.name, "state")), ("كريم", CONFLICT)
		)

	def test_undo_is_a_request_of_its_own(self) -> None:
		request = self.ask()
		self.decide(request.name, self.here.chief)
		self.act_as(self.here.entry)
		back = asking.undo(request.name, "صدر خطأ")
		self.assertEqual((back.undo_of, back.new_value, back.state), (request.name, "أحمد", AT_DIRECTORATE))
		self.assertEqual(self.value(), "يوسف")
		self.assertEqual(self.decide(back.name, self.here.chief), APPLIED)
		self.assertEqual(self.value(), "أحمد")
		self.act_as(self.here.entry)
		self.assertRefused(ChangeRequestError, asking.undo, request.name, "مرة أخرى")

	def test_taken_back_by_who_asked(self) -> None:
		request = self.ask()
		self.act_as(self.here.director)
		self.assertRefused(frappe.PermissionError, asking.withdraw, request.name)
		self.act_as(self.here.entry)
		self.assertEqual(asking.withdraw(request.name).state, WITHDRAWN)
		self.assertRefused(ChangeRequestError, self.decide, request.name, self.here.chief)

	def test_what_cannot_be_asked(self) -> None:
		self.protect(
			{"field": "first_name"}, {"field": "national_number"}, {"field": "sex"}, {"field": "birth_date"}
		)
		wrong = (("hobbies", "x"), ("first_name", "أحمد"), ("first_name", ""), ("sex", "Other"))
		for field, value in wrong:
			self.assertRefused(frappe.ValidationError, self.ask, value, field)
		self.assertRefused(NationalNumberError, self.ask, "123", "national_number")
		self.ask()
		self.assertRefused(ChangeRequestError, self.ask, "كريم")
		self.act_as(self.here.entry)
		self.assertRefused(ChangeRequestError, asking.ask, self.child.name, "sex", "Female", " ", PAPER)
		self.assertRefused(ChangeRequestError, asking.ask, self.child.name, "sex", "Female", WHY, "")

	def test_who_does_not_see_the_file_or_the_level_asks_nothing_and_sees_nothing(self) -> None:
		self.protect({"field": "first_name"}, {"field": "parentage"})
		self.assertRefused(frappe.PermissionError, self.ask, "يوسف", "first_name", self.there.entry)
		request = self.ask("Under Investigation", "parentage")
		self.act_as(self.there.chief)
		self.assertEqual(frappe.get_list(REQUEST, {"name": request.name}), [])
		self.act_as(self.here.chief)
		self.assertEqual(len(frappe.get_list(REQUEST, {"name": request.name})), 1)
		with patch("social_care.registry.quality.reading.read_levels", return_value={0, 1}):
			self.assertEqual(frappe.get_list(REQUEST, {"name": request.name}), [])
			self.assertFalse(frappe.has_permission(REQUEST, "read", doc=request.name))

	def test_nobody_writes_a_request_by_hand(self) -> None:
		request = self.ask()
		for user in (self.here.entry, self.here.chief):
			self.act_as(user)
			doc = frappe.get_doc(REQUEST, request.name)
			doc.state = APPLIED
			self.assertRefused(frappe.PermissionError, doc.save)
		self.assertRefused(
			frappe.PermissionError, frappe.get_doc({"doctype": REQUEST, "child": self.child.name}).insert
		)

	def test_deciders_and_the_asker_are_told_without_a_name(self) -> None:
		request = self.ask()
		about = {"document_type": REQUEST, "document_name": request.name}
		told = frappe.get_all("Notification Log", about, ["for_user", "subject"])
		self.assertIn(self.here.chief, {row.for_user for row in told})
		self.assertFalse(any("أحمد" in row.subject or "يوسف" in row.subject for row in told))
		self.decide(request.name, self.here.chief)
		told = frappe.get_all("Notification Log", about | {"for_user": self.here.entry}, pluck="subject")
		self.assertEqual(len(told), 1)

	def test_what_is_late_waits_for_the_data_officer_and_stands_in_the_report(self) -> None:
		request = self.ask()
		waits = [row.record_name for row in waiting.OVERDUE.rows([self.here.institution])]
		self.assertNotIn(request.name, waits)
		frappe.db.set_value(REQUEST, request.name, "due_on", add_days(nowdate(), -1))
		waits = [row.record_name for row in waiting.OVERDUE.rows([self.here.institution])]
		self.assertIn(request.name, waits)
		self.assertEqual(list(waiting.OVERDUE.rows([self.there.institution])), [])
		self.act_as(self.here.chief)
		(row,) = report.execute()[1]
		self.assertEqual((row.asked, row.waiting, row.late, row.applied), (1, 1, 1, 0))
		self.decide(request.name, self.here.chief)
		(row,) = report.execute()[1]
		self.assertEqual((row.asked, row.waiting, row.late, row.applied, row.days), (1, 0, 0, 1, 0))
		self.act_as(self.there.chief)
		self.assertEqual(report.execute()[1], [])

"""The telephone of a receipt, with which its applicant follows: two people and a reason change it."""

import json
from unittest.mock import patch

import frappe
from frappe.client import set_value

from social_care.api.services import confirm_telephone
from social_care.services.citizens import visits
from social_care.services.runtime.receipt_telephone import TelephoneError, TelephoneFourEyesError
from social_care.services.tests.cases import StepsTestCase

NEW, KEY = "0122 765 4321", "1227654321"
REASON = "فقد هاتفه"


class TestTelephoneOfReceipt(StepsTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.receipt = frappe.get_doc("Service Receipt", self.doc.receipt)

	def ask(self, **values) -> None:
		self.receipt.reload()
		self.receipt.update({"new_phone": NEW, "phone_reason": REASON} | values)
		self.receipt.save()

	def key(self) -> str:
		return frappe.db.get_value("Service Receipt", self.receipt.name, "phone_key")

	def test_no_save_changes_it_by_any_way(self) -> None:
		for phone in (NEW, "", None):
			with self.subTest(phone=phone):
				self.receipt.reload()
				self.receipt.applicant_phone = phone
				self.assertRefused(TelephoneError, self.receipt.save)
				by_rest = ("Service Receipt", self.receipt.name, {"applicant_phone": phone})
				self.assertRefused(TelephoneError, set_value, *by_rest)
		self.act_as(self.here.director)
		self.receipt.reload()
		self.receipt.applicant_phone = NEW
		self.assertRefused(TelephoneError, self.receipt.save)

	def test_the_same_number_may_be_written_otherwise(self) -> None:
		before = self.key()
		self.receipt.applicant_phone = "+20 100 123 4567"
		self.receipt.save()
		self.assertEqual(self.key(), before)

	def test_a_change_needs_a_reason_and_a_whole_number_and_is_signed(self) -> None:
		self.assertRefused(TelephoneError, self.ask, phone_reason=" ")
		self.assertRefused(TelephoneError, self.ask, new_phone="12")
		self.ask(phone_asked_by=self.here.director)
		self.assertEqual(self.receipt.phone_asked_by, self.worker)
		self.assertNotEqual(self.key(), KEY)

	def test_whoever_asked_does_not_confirm(self) -> None:
		self.ask()
		self.assertRefused(TelephoneFourEyesError, confirm_telephone, self.receipt.name)
		self.assertNotEqual(self.key(), KEY)

	def test_nobody_of_another_place_confirms_or_asks(self) -> None:
		self.ask()
		for user in (self.worker_there, self.there.director, self.there.chief):
			self.act_as(user)
			self.assertRefused(frappe.PermissionError, confirm_telephone, self.receipt.name)
		self.assertNotEqual(self.key(), KEY)

	def test_who_reads_only_does_not_confirm(self) -> None:
		self.ask()
		self.act_as(self.country.head)
		self.assertRefused(frappe.PermissionError, confirm_telephone, self.receipt.name)

	def test_a_colleague_confirms_and_the_applicant_follows_with_the_new_one(self) -> None:
		self.ask()
		self.act_as(self.here.director)
		confirm_telephone(self.receipt.name)
		self.assertEqual(self.key(), KEY)
		self.assertTrue(visits.is_right(self.receipt.name, NEW))
		self.assertFalse(visits.is_right(self.receipt.name, "0100 123 4567"))
		self.receipt.reload()
		self.assertFalse(
			any(self.receipt.get(field) for field in ("new_phone", "phone_reason", "phone_asked_by"))
		)
		self.assertEqual(frappe.db.get_value(self.doc.doctype, self.doc.name, "applicant_phone"), NEW)
		self.assertRefused(TelephoneError, confirm_telephone, self.receipt.name)

	def test_number_asker_reason_and_confirmer_are_kept(self) -> None:
		with patch.dict(frappe.flags, {"in_test": False}):  # the framework keeps no versions in tests
			self.ask()
			self.act_as(self.here.director)
			confirm_telephone(self.receipt.name)
		of_receipt = {"ref_doctype": "Service Receipt", "docname": self.receipt.name}
		asked, confirmed = frappe.get_all("Version", of_receipt, ["owner", "data"], order_by="creation asc")
		self.assertEqual((asked.owner, confirmed.owner), (self.worker, self.here.director))
		changes = {row[0]: row[1:] for row in json.loads(confirmed.data)["changed"]}
		self.assertEqual(changes["applicant_phone"], ["0100 123 4567", NEW])
		self.assertEqual(changes["phone_reason"][0], REASON)

	def test_a_change_is_taken_back_by_emptying_it(self) -> None:
		self.ask()
		self.ask(new_phone="")
		self.assertIsNone(self.receipt.phone_asked_by)
		self.act_as(self.here.director)
		self.assertRefused(TelephoneError, confirm_telephone, self.receipt.name)

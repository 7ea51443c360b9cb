"""The telephone of a receipt is its applicant's key to following: it changes with a reason and by two people.

Whoever may write the receipt asks for the new number with a reason; somebody else who may write it confirms, having
looked at the applicant's identity card. The number, who asked, why and who confirmed stay in the receipt's versions.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from social_care.services.citizens import requests
from social_care.services.runtime.telephones import phone_key

RECEIPT = "Service Receipt"
FEWEST_DIGITS = 6
ASKED = ("new_phone", "phone_reason")
SIGNED = ("phone_asked_by", "phone_asked_on")


class TelephoneError(frappe.ValidationError):
	"""A telephone that is changed without reason, or no change that could be confirmed."""


class TelephoneFourEyesError(frappe.PermissionError):
	"""Whoever asked for the change confirms it."""


def check(receipt: Document) -> None:
	"""Every save of a receipt: its telephone stays, and a change that is asked for has a reason and a signature."""
	before = receipt.get_doc_before_save()
	if not before:
		receipt.update(dict.fromkeys((*ASKED, *SIGNED)))
		return
	if not receipt.flags.telephone_confirmed:
		_keep_telephone(receipt, before)
	if not (receipt.new_phone or "").strip():
		receipt.update(dict.fromkeys((*ASKED, *SIGNED)))
	elif any((receipt.get(field) or "") != (before.get(field) or "") for field in ASKED):
		_sign(receipt)


def _keep_telephone(receipt: Document, before: Document) -> None:
	"""The same number may be written otherwise; another one, or none, is another key."""
	if phone_key(receipt.applicant_phone) != phone_key(before.applicant_phone):
		_refuse(
			_(
				"With this telephone the applicant follows his requests. Write the new one under «Change of Telephone»"
				" with the reason; a colleague confirms it."
			)
		)


def _sign(receipt: Document) -> None:
	if len(phone_key(receipt.new_phone)) < FEWEST_DIGITS:
		_refuse(_("Write a whole telephone number."))
	if not (receipt.phone_reason or "").strip():
		_refuse(_("Write why the telephone changes."))
	receipt.phone_asked_by, receipt.phone_asked_on = frappe.session.user, now_datetime()


def confirm(name: str) -> None:
	"""Make the number that was asked for the receipt's, for somebody else than who asked. Raises PermissionError."""
	receipt = frappe.get_doc(RECEIPT, name, for_update=True)
	receipt.check_permission("write")
	if not receipt.new_phone:
		_refuse(_("No change of the telephone was asked for."))
	if receipt.phone_asked_by == frappe.session.user:
		frappe.throw(
			_("Whoever asked for the change of the telephone does not confirm it."),
			TelephoneFourEyesError,
			title=_("Four Eyes"),
		)
	old, receipt.applicant_phone, receipt.new_phone = receipt.applicant_phone, receipt.new_phone, None
	receipt.flags.telephone_confirmed = True
	receipt.save()
	_hand_on(receipt, old)


def _hand_on(receipt: Document, old: str | None) -> None:
	"""Messages about requests of the receipt go to the new number; each request says so in its history."""
	for doctype, name in requests.of_receipt(receipt.name):
		if phone_key(frappe.db.get_value(doctype, name, "applicant_phone")) == phone_key(old):
			doc = frappe.get_doc(doctype, name)
			doc.db_set("applicant_phone", receipt.applicant_phone)
			doc.add_comment("Info", _("The telephone was changed with receipt {0}.").format(receipt.name))


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, TelephoneError, title=_("Telephone"))

"""A visit of the follow page: receipt number and telephone are asked once, then a pass stands for both for an hour.

The pass is a random text that only the page holds; the cache knows its digest. Whoever guesses numbers or telephones
waits, by receipt and by address, and learns the same of a wrong number as of a wrong telephone.
"""

import hmac
import re
import secrets
from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

import frappe
from frappe import _
from frappe.utils.password import get_encryption_key

from social_care.accounts import attempts
from social_care.accounts.addresses import client_address
from social_care.registry.arabic import ascii_digits
from social_care.services.citizens import limits
from social_care.services.doctype.service_receipt.service_receipt import SIGNS
from social_care.services.runtime.telephones import phone_key

RECEIPT = re.compile(r"[0-9]{2}-[0-9A-Z]{9}")
WORD, FEWEST = 10, 6
Found = TypeVar("Found")
LOOKALIKES = str.maketrans("ILOU", "110V")


class FollowError(frappe.ValidationError):
	"""No receipt with this number and this telephone; or the page was open too long."""


def check_guest() -> None:
	"""The pages are for people without an account; staff work on the desk, where their rights are known."""
	if frappe.session.user != "Guest":
		frappe.throw(
			_("You are logged in. Please enter requests on the desk."),
			frappe.PermissionError,
			title=_("Request"),
		)
	frappe.local.lang = "ar"  # an official page, whatever the browser speaks


def clean_receipt(typed: str) -> str:
	"""«٢٦ – 4f7k…» as «26-4F7K…»."""
	signs = "".join(sign for sign in ascii_digits(str(typed or "")[:40]).upper() if sign.isalnum())
	return f"{signs[:2]}-{signs[2:].translate(LOOKALIKES)}"


def clean_word(typed: str) -> str:
	signs = "".join(sign for sign in ascii_digits(str(typed or "")[:40]).upper() if sign.isalnum())
	return signs.translate(LOOKALIKES)


def begin(typed_receipt: str, typed_phone: str) -> str:
	"""A new pass for a receipt, or FollowError; TooManyRequestsError while the receipt or the address waits."""
	receipt = clean_receipt(typed_receipt)
	if not guarded(receipt, lambda: is_right(receipt, str(typed_phone or "")[:60])):
		frappe.throw(
			_("There is no receipt with this number and this telephone."), FollowError, title=_("Receipt")
		)
	return new_pass(receipt)


def guarded(receipt: str, look: Callable[[], Found]) -> Found:
	"""What `look` finds for a number; nothing found is a guess, and counted by number and by address.

	TooManyRequestsError while the number or the address waits.
	"""
	address = client_address()
	if attempts.reached(limits.receipt_failures(), receipt) or attempts.reached(
		limits.address_failures(), address
	):
		attempts.refuse()
	found = look()
	if found:
		attempts.forget(limits.receipt_failures(), receipt)
	else:
		attempts.count(limits.receipt_failures(), receipt)
		attempts.count(limits.address_failures(), address)
	return found


def is_right(receipt: str, typed: str) -> bool:
	"""One look into the index and two comparisons, whatever was typed."""
	known = RECEIPT.fullmatch(receipt)
	row = frappe.db.get_value("Service Receipt", receipt, ["phone_key", "secret_digest"]) if known else None
	phone, secret = row or ("", "")
	same_phone = same(phone_key(typed), phone or "")
	same_word = same(word_digest(clean_word(typed)), secret or "")
	return same_phone | same_word


def same(given: str, stored: str) -> bool:
	"""Whether two texts are the same, in a time that tells nothing of either; what is too short is nothing's."""
	return hmac.compare_digest(given.encode(), stored.encode()) & (len(stored) >= FEWEST)


def new_pass(receipt: str) -> str:
	code = secrets.token_urlsafe(32)
	frappe.cache.set(_key(code), receipt, ex=limits.setting("citizen_visit_minutes") * limits.MINUTE)
	return code


def receipt_of(code: str) -> str:
	"""The receipt that a pass stands for. Raises FollowError once it has run out."""
	found = frappe.cache.get(_key(str(code or "")[:100]))
	if not found:
		frappe.throw(
			_("The page was open too long. Please enter receipt number and telephone again."),
			FollowError,
			title=_("Receipt"),
		)
	return found.decode() if isinstance(found, bytes) else str(found)


def _key(code: str) -> bytes | str:
	return frappe.cache.make_key(f"social_care:citizen_visit:{sha256(code.encode()).hexdigest()}")


def secret_word(page_key: str) -> str:
	"""The word with which a request without a telephone is followed: the same for the same page, so that a lost answer
	can be asked for again; nobody makes it without the site's key."""
	digest = _keyed(f"word:{page_key}")
	return "".join(SIGNS[byte % len(SIGNS)] for byte in digest[:WORD])


def word_digest(word: str) -> str:
	return _keyed(f"digest:{word}").hex() if word else ""


def page_digest(page_key: str) -> str:
	return _keyed(f"page:{page_key}").hex()


def _keyed(text: str) -> bytes:
	return hmac.digest(get_encryption_key().encode(), text.encode(), "sha256")

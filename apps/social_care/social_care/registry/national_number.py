"""Egyptian national number: structure and checks.

Century digit, birth date (YYMMDD), governorate of birth, serial of the day whose last digit tells the sex (odd is
male), check digit. The formula of the check digit is not officially published; programs in use agree on it except
where the computed digit would be 10 or 11, which is therefore never held against a number.
"""

from dataclasses import dataclass
from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from social_care.registry.arabic import ascii_digits

WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
CENTURIES = {"2": 1900, "3": 2000}
ABROAD = "88"
VALID, DIGIT_DIFFERS, INVALID = "Valid", "Check Digit Differs", "Invalid"


class NationalNumberError(frappe.ValidationError):
	"""The number contradicts its own structure or the person's data."""


@dataclass(frozen=True)
class NationalNumber:
	"""A number of the right structure, taken apart."""

	digits: str
	birth_date: date
	governorate: str
	sex: str

	@property
	def check_digit_agrees(self) -> bool | None:
		"""None where the circulating formula is indeterminate (it would give 10 or 11)."""
		rest = 11 - sum(int(d) * w for d, w in zip(self.digits[:13], WEIGHTS, strict=True)) % 11
		return None if rest >= 10 else rest == int(self.digits[13])


def clean(value: str | None) -> str:
	"""The number as 14 ASCII digits were meant: Arabic-Indic and Persian digits turned, spaces and dashes dropped."""
	return "".join(
		ch
		for ch in ascii_digits(value or "")
		if not ch.isspace() and ch not in "-\u200e\u200f\u202a\u202b\u202c"
	)


def parse(value: str, centuries: tuple[str, ...] = ("2", "3"), today: date | None = None) -> NationalNumber:
	"""Take a cleaned number apart; NationalNumberError says in the user's language what is wrong."""
	if len(value) != 14 or not value.isascii() or not value.isdigit():
		_refuse(_("The national number must have 14 digits."))
	if value[0] not in centuries or value[0] not in CENTURIES:
		_refuse(
			_("The first digit of the national number tells the century and must be one of {0}.").format(
				", ".join(centuries)
			)
		)
	born = _birth_date(value)
	if born > (today or getdate(nowdate())):
		_refuse(_("The birth date in the national number is in the future."))
	governorate = value[7:9]
	if not frappe.db.exists("Governorate", governorate, cache=True):
		_refuse(_("Digits 8 and 9 of the national number are not the code of a governorate."))
	return NationalNumber(value, born, governorate, "Male" if int(value[12]) % 2 else "Female")


def _birth_date(value: str) -> date:
	try:
		return date(CENTURIES[value[0]] + int(value[1:3]), int(value[3:5]), int(value[5:7]))
	except ValueError:
		_refuse(_("Digits 2 to 7 of the national number are not a date."))


def _refuse(message: str) -> None:
	frappe.throw(message, NationalNumberError, title=_("National Number"))


def contradictions(number: NationalNumber, birth_date: date | None, sex: str | None) -> list[str]:
	"""What the number says otherwise than the file: each a sentence, each an error."""
	found = []
	if birth_date and number.birth_date != birth_date:
		found.append(_("The birth date in the national number differs from the birth date of the file."))
	if sex in ("Male", "Female") and number.sex != sex:
		found.append(_("The sex in the national number differs from the sex in the file."))
	return found


def doubts(number: NationalNumber, birth_governorate: str | None, checksum_mode: str) -> list[str]:
	"""What deserves a second look and is no error: another governorate of birth, another check digit (mode Warn)."""
	found = []
	if birth_governorate and number.governorate not in (birth_governorate, ABROAD):
		found.append(_("The governorate in the national number differs from the governorate of birth."))
	if checksum_mode == "Warn" and number.check_digit_agrees is False:
		found.append(
			_(
				"The check digit of the national number differs from the usual formula; please look at the certificate again."
			)
		)
	return found


def mask(value: str | None, visible: int = 4) -> str:
	"""The number with only its last digits shown, for lists and prints."""
	return (
		"•" * max(len(value) - visible, 0) + value[-visible:] if value and visible else "•" * len(value or "")
	)

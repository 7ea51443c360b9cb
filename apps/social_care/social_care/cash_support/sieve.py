"""Questions about a list of which hardly any has an answer: hardly any row is stored already, dead or elsewhere.

A sieve stands before the questions of `checks` while one worker loads a list. It reads once what the tables hold; a key that is
not in it needs no question, of one that may be in it the database is asked, so that no answer is the sieve's own. Whoever is
entered into a register while the list is loaded is found by the next check, as if he had been entered after it.
"""

from collections.abc import Iterable

import frappe

from social_care.cash_support import checks
from social_care.cash_support.storing import look_up

PLACES = 1 << 25  # a byte each, whatever the tables hold: a bit of it belongs to one question
LAST = PLACES - 1
MOST = 1_000_000  # keys that are read for one question
WORTH = 2  # so many keys are read sooner than one is asked for
FINGERPRINTS = """select `fingerprint` from `tabBeneficiary Review`
	where `campaign` = %(campaign)s and `fingerprint` in %(keys)s"""
# What has an answer, by question.
HELD = {
	checks.PERSONS: "select `national_number` from `tabPerson` where `national_number` > ''",
	checks.NAMES: "select `search_name` from `tabPerson` where `search_name` > ''",
	checks.DEATHS: "select `national_number` from `tabRecorded Death`",
	checks.ENROLLED: "select `national_number` from `tabSupport Enrolment` where `programme` in %(programmes)s",
	checks.LISTED_NUMBERS: "select `national_number` from `tabBeneficiary Review` where `campaign` = %(campaign)s",
	checks.LISTED_NAMES: "select `search_name` from `tabBeneficiary Review` where `campaign` = %(campaign)s",
	FINGERPRINTS: "select `fingerprint` from `tabBeneficiary Review` where `campaign` = %(campaign)s",
}
# Questions whose answers grow with the rows that are stored, and their keys.
GROWING = {
	checks.LISTED_NUMBERS: "national_number",
	checks.LISTED_NAMES: "search_name",
	FINGERPRINTS: "fingerprint",
}


class Sieve:
	"""What is known for a list of `coming` rows. A question about whose table too much is known is asked for every key."""

	def __init__(self, rules: checks.Rules, coming: int) -> None:
		self.places = bytearray(PLACES)
		self.bits: dict[str, int] = {}
		values = {"campaign": rules.campaign, "programmes": rules.programmes or ("",)}
		for place, (question, held) in enumerate(HELD.items()):
			if not frappe.db.sql(f"{held} limit 1 offset {min(coming * WORTH, MOST)}", values):
				self.bits[question] = 1 << place
				self._put(question, frappe.db.sql(held, values, pluck=True))

	def look_up(self, question: str, keys: Iterable[str], **values) -> list[tuple]:
		"""As `storing.look_up`."""
		if bit := self.bits.get(question):
			places = self.places
			keys = [key for key in keys if places[hash(key) & LAST] & bit]
		return look_up(question, keys, **values)

	def stored(self, rows: list[dict]) -> None:
		"""The rows belong to the campaign from now on."""
		for question, column in GROWING.items():
			if question in self.bits:
				self._put(question, [row[column] for row in rows])

	def _put(self, question: str, keys: Iterable[str | None]) -> None:
		places, bit = self.places, self.bits[question]
		for key in keys:
			places[hash(key) & LAST] |= bit

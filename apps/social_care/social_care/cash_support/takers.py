"""What becomes of the clean rows of a list: one taker for each kind of list. A taker puts the fault of a row that cannot be
taken into it, stores the others, and says how many it had already."""

import hashlib
from itertools import repeat
from typing import Any

import frappe
from frappe.utils import getdate, nowdate

from social_care.cash_support import checks, lists, places, reading, rounds
from social_care.cash_support.lists import Row
from social_care.cash_support.programmes import not_together
from social_care.cash_support.sieve import FINGERPRINTS, Sieve
from social_care.cash_support.storing import insert, look_up

REVIEW = "Beneficiary Review"
BLANK = {"national_number": None, "birth_date": None, "monthly_income": 0, "household_size": 0, "amount": 0}


class Taker:
	"""Stores the rows of one batch."""

	doctype = ""
	columns: tuple[str, ...] = ()

	def __init__(self, batch: frappe._dict) -> None:
		self.batch = batch

	def take(self, rows: list[Row]) -> tuple[int, int]:
		"""Store the rows without fault; how many were stored, and how many were here before."""
		good = [row for row in rows if not row.faults]
		fresh = self.fresh(good)
		values = self.values([row for row in fresh if not row.faults])
		self.store(values)
		return len(values), len(good) - len(fresh)

	def store(self, values: list[dict[str, Any]]) -> None:
		"""Write the records."""
		columns = ("name", *self.columns)
		insert(self.doctype, columns, [tuple(map(value.get, columns)) for value in values], **self.same())

	def fresh(self, rows: list[Row]) -> list[Row]:
		"""Rows that are not stored yet; those that must not be get a fault."""
		raise NotImplementedError

	def values(self, rows: list[Row]) -> list[dict[str, Any]]:
		"""Values of the records."""
		return [row.values | {"name": self.name_of(row)} for row in rows]

	def name_of(self, row: Row) -> str:
		"""The same for the same row of the same batch, whoever stores it."""
		return f"{self.batch.name}-{row.number:07d}"

	def same(self) -> dict[str, Any]:
		"""Columns in which all rows of the batch are alike."""
		at, user = self.batch.creation, self.batch.uploaded_by
		return {"creation": at, "modified": at, "owner": user, "modified_by": user, "batch": self.batch.name}


class Beneficiaries(Taker):
	"""Rows of a campaign, with what the checks say of them."""

	doctype = REVIEW
	columns = (
		*("full_name", "national_number", "birth_date", "sex", "beneficiary_number"),
		*("pension_kind", "org_unit", "governorate", "unit_text", "household_size", "monthly_income"),
		*("amount", "sheet_row", "search_name", "fingerprint"),
		*checks.ANSWER,
	)

	def __init__(self, batch: frappe._dict) -> None:
		super().__init__(batch)
		self.rules = checks.rules(batch.campaign)
		self.own = [column.key for column in lists.columns(lists.BENEFICIARIES)]
		self.reach = places.below(batch.org_unit)
		self.units = places.units(self.reach)
		self.sieve = Sieve(self.rules, reading.parsed(batch.layout).rows)

	def fresh(self, rows: list[Row]) -> list[Row]:
		for row in rows:
			row.values["fingerprint"] = self.fingerprint(row)
			if not row.values.get("national_number") and not row.values.get("birth_date"):
				row.faults["national_number"] = "number_or_birth"
			if self.unit(row) not in self.reach:
				row.faults["governorate"] = "outside"
		prints = [row.values["fingerprint"] for row in rows]
		there = self.sieve.look_up(FINGERPRINTS, prints, campaign=self.batch.campaign)
		seen = {found for (found,) in there}
		return [row for row in rows if row.faults or not _again(row.values["fingerprint"], seen)]

	def unit(self, row: Row) -> str:
		"""Where the row belongs."""
		return self.units.of(row.values["governorate"], row.values.get("unit_text", ""))

	def fingerprint(self, row: Row) -> str:
		"""Thirty-two signs of the clean row: a row that was loaded is known again in any file."""
		whole = "|".join(map(str, map(row.values.get, self.own, repeat(""))))
		return hashlib.blake2b(whole.encode(), digest_size=16).hexdigest()

	def values(self, rows: list[Row]) -> list[dict[str, Any]]:
		found = [self.value(row) for row in rows]
		checks.judge(found, self.rules, self.sieve.look_up)
		return found

	def store(self, values: list[dict[str, Any]]) -> None:
		super().store(values)
		self.sieve.stored(values)

	def value(self, row: Row) -> dict[str, Any]:
		unit = self.unit(row)
		return {
			**BLANK,
			**row.values,
			"name": self.name_of(row),
			"org_unit": unit,
			"org_unit_known": unit != self.units.root,
			"sheet_row": row.number,
		}

	def same(self) -> dict[str, Any]:
		return super().same() | {"campaign": self.batch.campaign, "status": "Listed", "proposal": ""}


class Deaths(Taker):
	"""The list of deaths: a number once."""

	doctype = "Recorded Death"
	columns = ("national_number", "death_date", "full_name")

	def fresh(self, rows: list[Row]) -> list[Row]:
		numbers = [row.values["national_number"] for row in rows]
		seen = {number for number, _day in look_up(checks.DEATHS, numbers)}
		return [row for row in rows if not _again(row.values["national_number"], seen)]


class OfPlaces(Taker):
	"""Rows that belong to the directorate of their governorate."""

	def __init__(self, batch: frappe._dict) -> None:
		super().__init__(batch)
		self.units = places.units()

	def values(self, rows: list[Row]) -> list[dict[str, Any]]:
		persons = {
			number: name
			for number, name, *_rest in look_up(
				checks.PERSONS, [row.values["national_number"] for row in rows]
			)
		}
		return [
			values
			| {
				"person": persons.get(values["national_number"]),
				"org_unit": self.units.of(values["governorate"], ""),
			}
			for values in super().values(rows)
		]

	def same(self) -> dict[str, Any]:
		return super().same() | {"programme": self.batch.programme}


class Members(OfPlaces):
	"""Who is in a programme: a number once."""

	doctype = "Support Enrolment"
	columns = (
		*("full_name", "national_number", "birth_date", "person"),
		*("org_unit", "governorate", "valid_from"),
	)
	known = """select `national_number` from `tabSupport Enrolment`
		where `programme` = %(programme)s and `national_number` in %(keys)s"""

	def fresh(self, rows: list[Row]) -> list[Row]:
		numbers = [row.values["national_number"] for row in rows]
		seen = {number for (number,) in look_up(self.known, numbers, programme=self.batch.programme)}
		return [row for row in rows if not _again(row.values["national_number"], seen)]

	def values(self, rows: list[Row]) -> list[dict[str, Any]]:
		since = getdate(self.batch.creation)
		return [{"valid_from": since} | values for values in super().values(rows)]


class Households(OfPlaces):
	"""Households of a round, while it is a draft: a number once, nobody who died or is in a programme that excludes this one."""

	doctype = "Support Round Entry"
	columns = (
		*("full_name", "national_number", "person", "household_size"),
		*("org_unit", "governorate", "mother_state", "health_visits"),
	)
	known = """select `national_number`, `batch` from `tabSupport Round Entry`
		where `support_round` = %(support_round)s and `national_number` in %(keys)s"""

	def __init__(self, batch: frappe._dict) -> None:
		super().__init__(batch)
		self.excluded = tuple(not_together(batch.programme))
		self.amount = rounds.amount(batch.programme)

	def take(self, rows: list[Row]) -> tuple[int, int]:
		rounds.check_open(self.batch.support_round, lock=True)
		return super().take(rows)

	def fresh(self, rows: list[Row]) -> list[Row]:
		numbers = [row.values["national_number"] for row in rows]
		seen = {
			number for number, _batch in look_up(self.known, numbers, support_round=self.batch.support_round)
		}
		dead = rounds.dead(numbers)
		elsewhere = rounds.enrolled(numbers, self.excluded, nowdate())
		for row in rows:
			number = row.values["national_number"]
			if number in dead:
				row.faults["national_number"] = "dead"
			elif number in elsewhere:
				row.faults["national_number"] = "in_programme"
			elif _again(number, seen):
				row.faults["national_number"] = "in_round"
		return rows

	def values(self, rows: list[Row]) -> list[dict[str, Any]]:
		blank = {"household_size": 0, "health_visits": 0, "mother_state": ""}
		return [blank | values for values in super().values(rows)]

	def same(self) -> dict[str, Any]:
		return super().same() | {"support_round": self.batch.support_round, "amount": self.amount}


def _again(key: str, seen: set[str]) -> bool:
	"""Whether a key was seen; it is from now on."""
	if key in seen:
		return True
	seen.add(key)
	return False


TAKERS: dict[str, type[Taker]] = {
	lists.BENEFICIARIES: Beneficiaries,
	lists.DEATHS: Deaths,
	lists.MEMBERS: Members,
	lists.HOUSEHOLDS: Households,
}

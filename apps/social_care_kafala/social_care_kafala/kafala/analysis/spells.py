"""Every kafala of the reader's scope as one spell: when it began, how long it has lasted, whether it broke down. One query."""

from dataclasses import dataclass
from datetime import date

import frappe
from frappe.query_builder import DocType
from frappe.utils import getdate, nowdate
from pypika.terms import LiteralValue
from social_care.scope import condition

from social_care_kafala.kafala.endings import words
from social_care_kafala.kafala.endings.facts import months
from social_care_kafala.kafala.path import states

DAYS_PER_MONTH = 365.25 / 12
FIELDS = ("name", "governorate", "family_kind", "handed_over_on", "ended_on")


@dataclass(frozen=True)
class Spell:
	"""A kafala from the hand-over to its end or to today. `broke`: a return, a removal or another family; every other end, and
	the present day, only say that it lasted at least so long."""

	governorate: str
	family_kind: str
	age: int | None  # months at the hand-over
	days: int
	broke: bool
	cause: str

	@property
	def length(self) -> float:
		"""Months, with their parts."""
		return self.days / DAYS_PER_MONTH


def spells(filters: dict) -> list[Spell]:
	"""Kafalas that began between `from_date` and `to_date`, of `org_unit` and below, of `family_kind`."""
	today = getdate(nowdate())
	rows = query(filters).run(as_dict=True)
	return [spell(row, today) for row in rows if getdate(row.handed_over_on) <= today]


def query(filters: dict):
	"""Files with a hand-over, at the places of the reader, with how they ended and the child's birth."""
	file, ending, child = DocType(states.DOCTYPE), DocType(words.DOCTYPE), DocType("Child")
	carried_out = (ending.family_file == file.name) & (ending.status == words.CARRIED_OUT)
	found = (
		frappe.qb.from_(file).left_join(ending).on(carried_out).left_join(child).on(child.name == file.child)
	)
	found = found.select(*(file[field] for field in FIELDS), ending.ending_kind, ending.ending_cause)
	found = found.select(child.birth_date).where(file.handed_over_on.isnotnull()).orderby(file.name)
	if filters.get("from_date"):
		found = found.where(file.handed_over_on >= filters["from_date"])
	if filters.get("to_date"):
		found = found.where(file.handed_over_on <= filters["to_date"])
	if filters.get("family_kind"):
		found = found.where(file.family_kind == filters["family_kind"])
	if filters.get("org_unit"):
		found = found.where(file.org_unit.isin(below(filters["org_unit"])))
	user = frappe.session.user
	scope = "" if user == "Administrator" else condition(states.DOCTYPE, user)
	return found.where(LiteralValue(f"({scope})")) if scope else found


def below(unit: str):
	"""A unit and all that are under it."""
	table = DocType("Org Unit")
	lft, rgt = frappe.db.get_value("Org Unit", unit, ["lft", "rgt"]) or (0, -1)
	return frappe.qb.from_(table).select(table.name).where((table.lft >= lft) & (table.rgt <= rgt))


def spell(row: dict, today: date) -> Spell:
	end = getdate(row.ended_on) if row.ended_on else today
	return Spell(
		governorate=row.governorate or "",
		family_kind=row.family_kind,
		age=months(row.birth_date, row.handed_over_on) if row.birth_date else None,
		days=max((end - getdate(row.handed_over_on)).days, 0),
		broke=row.ending_kind in words.BREAKDOWNS,
		cause=row.ending_cause or "",
	)

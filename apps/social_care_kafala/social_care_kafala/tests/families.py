"""Families of the table test (tests/data/families.csv): facts that differ from a family that meets every condition, and what
each rule set answers, a letter a rule, written from the legal texts.

P pass, F fail, L waivable by the local committee, H by the High Committee, M missing, - does not apply.
"""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from social_care_kafala.kafala.eligibility import engine

DAY = date(2021, 6, 15)
SETS = ("KR-2010", "KR-2018", "KR-2020")
NUMBERS = {"own_children", "dependent_children", "monthly_income"}
LETTERS = {engine.PASS: "P", engine.FAIL: "F", engine.MISSING: "M", engine.NOT_APPLICABLE: "-"}
WAIVERS = {"Local Committee": "L", "High Committee": "H"}

SOUND = {
	"family_kind": "Married Couple",
	"husband.birth_date": "1981-03-10",
	"husband.nationality": "Egypt",
	"husband.religion": "Muslim",
	"wife.birth_date": "1983-09-20",
	"wife.nationality": "Egypt",
	"wife.religion": "Muslim",
	"married_on": "2010-05-01",
	"best_education": "University Degree",
	"own_children": 0,
	"dependent_children": 0,
	"has_stable_income": "Yes",
	"monthly_income": 9000,
	"home_suitable": "Yes",
	"home_in_egypt": "Yes",
	"lives_abroad": "No",
	"criminal_record": "Clean",
	"hepatitis_free": "Yes",
	"drug_test": "Negative",
	"psychological_test": "Fit",
	"credit_result": "Sound",
	"training_result": "Passed",
	"administration_inquiry": "Suitable",
	"association_inquiry": "Suitable",
	"keeps_lineage": "Yes",
	"accepts_return": "Yes",
	"no_travel": "Yes",
	"child.birth_date": "2019-02-01",
	"child.religion": "Muslim",
	"child.lacks_care": "Yes",
	"bar_state": "Clear",
}


@dataclass(frozen=True)
class Family:
	"""One row of the table."""

	story: str
	facts: dict
	expected: dict[str, str]


def families() -> list[Family]:
	"""All rows of the table."""
	path = Path(__file__).parent / "data" / "families.csv"
	with path.open(encoding="utf-8", newline="") as file:
		return [
			Family(row["story"], SOUND | changes(row["facts"]), {code: row[code] for code in SETS})
			for row in csv.DictReader(file)
		]


def changes(text: str) -> dict:
	"""«fact=value; fact=value»; nothing behind the sign: not known."""
	found = {}
	for part in filter(None, (part.strip() for part in text.split(";"))):
		name, value = part.split("=", 1)
		found[name] = int(value) if value and name in NUMBERS else value or None
	return found


def letters(answers: list[engine.Answer]) -> str:
	"""Answers as the table writes them."""
	return "".join(WAIVERS.get(answer.waivable_by) or LETTERS[answer.outcome] for answer in answers)

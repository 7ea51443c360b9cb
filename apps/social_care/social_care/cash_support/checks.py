"""What is asked of beneficiaries: who they are in the registry, whether they live, stand twice, are elsewhere, have too much.

Many rows are judged at once, in a fixed number of queries: while a list is loaded, and again when a list of deaths, the
members of a programme or a limit has changed. The same rows and the same lists give the same answer.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import frappe
from frappe.utils import getdate, nowdate

from social_care.cash_support.lists import digit_differs
from social_care.cash_support.programmes import limits, not_together
from social_care.cash_support.storing import look_up

CLEAR, REVIEW, FAILS = "No Finding", "Needs Review", "Does Not Qualify"
RESULTS = (CLEAR, REVIEW, FAILS)
# The gravest first: it stands in the list; all are kept.
SEVERITY = {
	"Deceased": FAILS,
	"Listed Twice": FAILS,
	"Already in the Programme": FAILS,
	"In Another Programme": FAILS,
	"Income above the Limit": FAILS,
	"Possible Match": REVIEW,
	"Name Differs from the Registry": REVIEW,
	"Possibly Listed Twice": REVIEW,
	"No National Number": REVIEW,
	"Responsible Place Not Known": REVIEW,
	"Check Digit Differs": CLEAR,
}
BY_NUMBER, POSSIBLE, NOT_FOUND = "By National Number", "Possible", "Not Found"
ANSWER = (
	*("result", "finding", "findings", "identity_match", "person"),
	*("death_date", "other_programme", "listed_first"),
)
NO_ANSWER = dict.fromkeys(ANSWER) | {"result": CLEAR, "finding": "", "findings": ""}
PERSONS = """select `national_number`, min(`name`), min(`search_name`), max(`is_deceased`), max(`death_date`)
	from `tabPerson` where `national_number` in %(keys)s group by `national_number`"""
NAMES = """select `search_name`, `birth_date`, min(`name`) from `tabPerson`
	where `search_name` in %(keys)s group by `search_name`, `birth_date`"""
DEATHS = "select `national_number`, `death_date` from `tabRecorded Death` where `national_number` in %(keys)s"
ENROLLED = """select `national_number`, `programme` from `tabSupport Enrolment` where `national_number` in %(keys)s
	and `programme` in %(programmes)s and `valid_from` <= %(day)s and ifnull(`valid_to`, '9999-12-31') >= %(day)s"""
LISTED_NUMBERS = """select `national_number`, min(`name`) from `tabBeneficiary Review`
	where `campaign` = %(campaign)s and `national_number` in %(keys)s group by `national_number`"""
LISTED_NAMES = """select `search_name`, `birth_date`, min(`name`) from `tabBeneficiary Review`
	where `campaign` = %(campaign)s and `search_name` in %(keys)s group by `search_name`, `birth_date`"""


@dataclass
class Rules:
	"""What a campaign asks."""

	campaign: str
	target: str | None
	programmes: tuple[str, ...]
	per_person: float | None
	per_household: float | None


@dataclass
class Known:
	"""What the site knows of the persons in some rows."""

	persons: dict[str, tuple] = field(default_factory=dict)
	names: dict[tuple, str] = field(default_factory=dict)
	deaths: dict[str, date] = field(default_factory=dict)
	enrolled: dict[str, list[str]] = field(default_factory=dict)
	numbers: dict[str, str] = field(default_factory=dict)
	listed: dict[tuple, str] = field(default_factory=dict)


def rules(campaign: str) -> Rules:
	"""The rules of a campaign, by the limits of its day."""
	values = frappe.db.get_value(
		"Beneficiary Review Campaign",
		campaign,
		["source_programme", "target_programme", "reference_date"],
		as_dict=True,
	)
	target = values.target_programme
	others = (
		tuple(sorted({target, *not_together(target)} - {None, values.source_programme})) if target else ()
	)
	bounds = limits(target or values.source_programme, getdate(values.reference_date or nowdate()))
	return Rules(campaign, target, others, *bounds)


def judge(rows: list[dict], own: Rules, ask: Callable[..., list[tuple]] = look_up) -> None:
	"""Write the answer (`ANSWER`) into each row, which has `name`, in the order of their names; six queries at most."""
	known = _known(rows, own, ask)
	for row in rows:
		_answer(row, known, own)
		_remember(row, known)


def _known(rows: list[dict], own: Rules, ask: Callable[..., list[tuple]]) -> Known:
	numbers = [row["national_number"] for row in rows if row["national_number"]]
	known = Known()
	if numbers:
		known.persons = {row[0]: row[1:] for row in ask(PERSONS, numbers)}
		known.deaths = dict(ask(DEATHS, numbers))
		known.numbers = dict(ask(LISTED_NUMBERS, numbers, campaign=own.campaign))
		if own.programmes:
			for number, programme in ask(ENROLLED, numbers, programmes=own.programmes, day=nowdate()):
				known.enrolled.setdefault(number, []).append(programme)
	names = [row["search_name"] for row in rows]
	listed = ask(LISTED_NAMES, names, campaign=own.campaign)
	known.listed = {(name, born): first for name, born, first in listed}
	unmatched = [row["search_name"] for row in rows if row["national_number"] not in known.persons]
	if unmatched:
		known.names = {(name, born): person for name, born, person in ask(NAMES, unmatched)}
	return known


def _remember(row: dict, known: Known) -> None:
	"""A row that is not stored yet counts for those after it."""
	if row["national_number"]:
		known.numbers.setdefault(row["national_number"], row["name"])
	known.listed.setdefault((row["search_name"], row["birth_date"]), row["name"])


def _answer(row: dict, known: Known, own: Rules) -> None:
	row.update(NO_ANSWER)
	found: set[str] = set()
	_identity(row, known, found)
	_life(row, known, found)
	_listed(row, known, found)
	_elsewhere(row, known, own, found)
	_income(row, own, found)
	if not row["org_unit_known"]:
		found.add("Responsible Place Not Known")
	if found:
		ordered = [finding for finding in SEVERITY if finding in found]
		results = {SEVERITY[finding] for finding in ordered}
		row["result"] = next((result for result in (FAILS, REVIEW) if result in results), CLEAR)
		row["finding"], row["findings"] = ordered[0], ",".join(ordered)


def _identity(row: dict, known: Known, found: set[str]) -> None:
	"""The person with the number, or one of the same name and birth date, which a human has to look at."""
	number = row["national_number"]
	if not number:
		found.add("No National Number")
	elif digit_differs(number):
		found.add("Check Digit Differs")
	if person := known.persons.get(number):
		row["identity_match"], row["person"] = BY_NUMBER, person[0]
		if not _same_name(row["search_name"], person[1] or ""):
			found.add("Name Differs from the Registry")
	elif other := known.names.get((row["search_name"], row["birth_date"])):
		row["identity_match"], row["person"] = POSSIBLE, other
		found.add("Possible Match")
	else:
		row["identity_match"] = NOT_FOUND


def _same_name(written: str, registered: str) -> bool:
	"""The first two words agree: lists shorten names, the registry adds names by which somebody is called."""
	return written.split()[:2] == registered.split()[:2]


def _life(row: dict, known: Known, found: set[str]) -> None:
	number = row["national_number"]
	person = known.persons.get(number)
	day = known.deaths.get(number) or (person[3] if person and person[2] else None)
	row["death_date"] = day
	if day or (person and person[2]):
		found.add("Deceased")


def _listed(row: dict, known: Known, found: set[str]) -> None:
	"""The first row of a number stays; later ones are named after it."""
	first = known.numbers.get(row["national_number"]) if row["national_number"] else None
	same = known.listed.get((row["search_name"], row["birth_date"]))
	if first and first < row["name"]:
		row["listed_first"] = first
		found.add("Listed Twice")
	elif same and same < row["name"]:
		row["listed_first"] = same
		found.add("Possibly Listed Twice")


def _elsewhere(row: dict, known: Known, own: Rules, found: set[str]) -> None:
	if programmes := known.enrolled.get(row["national_number"]):
		is_there = own.target in programmes
		row["other_programme"] = own.target if is_there else min(programmes)
		found.add("Already in the Programme" if is_there else "In Another Programme")


def _income(row: dict, own: Rules, found: set[str]) -> None:
	income = float(row["monthly_income"] or 0)
	each = income / max(int(row["household_size"] or 1), 1)
	over = (own.per_household is not None and income > own.per_household) or (
		own.per_person is not None and each > own.per_person
	)
	if over:
		found.add("Income above the Limit")

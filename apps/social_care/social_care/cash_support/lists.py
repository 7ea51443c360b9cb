"""The lists that can be loaded: their columns (setup/data/beneficiary_columns.csv, identity_columns.csv), and a row of a file
made one record."""

from dataclasses import dataclass, field
from functools import cache
from operator import mul

from frappe import _

from social_care.cash_support.cleaning import Cleaner, Fault
from social_care.registry.arabic import normalise
from social_care.registry.national_number import WEIGHTS
from social_care.setup.tables import table

BENEFICIARIES, DEATHS = "Beneficiaries", "Deaths"
MEMBERS, HOUSEHOLDS = "Members of a Programme", "Households of a Round"
ZEROS = ord("0") * sum(WEIGHTS)  # digits are weighed by their places in ASCII
CONTENTS = (BENEFICIARIES, DEATHS, MEMBERS, HOUSEHOLDS)
REJECTED_KEY, REJECTED_HEADING = "rejected_row", "Code of the Rejected Row"


@dataclass(frozen=True)
class Column:
	"""A column of a list."""

	key: str
	kind: str
	required: bool
	label: str
	headings: tuple[str, ...]

	@property
	def heading(self) -> str:
		"""The heading in workbooks that we write: the first Arabic one."""
		return self.headings[0]


@dataclass(slots=True)
class Row:
	"""A row of a file: its number in the sheet, its raw cells, and what was made of them."""

	number: int
	cells: dict
	values: dict = field(default_factory=dict)
	faults: dict[str, str] = field(default_factory=dict)
	corrects: str = ""


@cache
def columns(contents: str) -> tuple[Column, ...]:
	"""Columns of a list, in their order."""
	return tuple(
		Column(
			row["key"], row["kind"], bool(row["required"]), row["label"], tuple(row["headings"].split("|"))
		)
		for row in (*table("beneficiary_columns"), *table("identity_columns"))
		if row["contents"] == contents
	)


def known_headings(contents: str) -> dict[str, str]:
	"""Keys by folded heading: all Arabic spellings, the English label, and the key itself."""
	found: dict[str, str] = {}
	for column in columns(contents):
		for heading in (*column.headings, column.label, column.key):
			found.setdefault(normalise(heading), column.key)
	for heading in (_(REJECTED_HEADING, lang="ar"), REJECTED_HEADING):
		found[normalise(heading)] = REJECTED_KEY
	return found


def clean(row: Row, own: tuple[Column, ...], cleaner: Cleaner) -> Row:
	"""Fill the values of a row, or its faults: one for each column that cannot be taken."""
	values, faults, cells, memories = row.values, row.faults, row.cells, cleaner.cells
	for column in own:
		raw = cells.get(column.key)
		value = None if raw is None or raw == "" else memories[column.kind][raw]
		if value is None:
			if column.required:
				faults[column.key] = "empty"
		elif isinstance(value, Fault):
			faults[column.key] = value.args[0]
		else:
			values[column.key] = value
	if number := values.get("national_number"):
		_agree(row, number, cleaner)
	if name := values.get("full_name"):
		values["search_name"] = normalise(name)
	return row


def _agree(row: Row, number: str, cleaner: Cleaner) -> None:
	"""The number and the row say the same; what the row does not say the number does."""
	born, sex = cleaner.born(number), "Male" if number[12] in "13579" else "Female"
	if "birth_date" not in row.faults and row.values.setdefault("birth_date", born) != born:
		row.faults["birth_date"] = "birth_differs"
	if "sex" not in row.faults and row.values.setdefault("sex", sex) != sex:
		row.faults["sex"] = "sex_differs"


def digit_differs(number: str) -> bool:
	"""Whether the check digit is another one than the circulating formula gives."""
	rest = 11 - (sum(map(mul, WEIGHTS, number.encode())) - ZEROS) % 11
	return rest < 10 and rest != int(number[13])

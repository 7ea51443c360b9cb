"""Which family's file a request of an outside service is about: a permit to travel (SC-16), a name to add (SC-18).

Nothing is stored, so nothing goes stale: the child and the applicant that the request names, its day and its office say whose it is. Where
they fit no family, or more than one, the request is nobody's; it is never given to the likelier one.
"""

from dataclasses import dataclass
from datetime import date

import frappe
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import getdate
from social_care.registry.levels import field_readable

from social_care_kafala.kafala.endings import words
from social_care_kafala.kafala.matching import states
from social_care_kafala.kafala.path import states as path

SERVICES = ("SC-16", "SC-18")
ADULTS = "Kafala Family Adult"
FIELDS = ("name", "child", "person", "applicant_national_number", "org_unit", "submitted_on")
# From the hand-over on a family has a child for whom it asks.
WITH_A_CHILD = (*words.WITH_THE_FAMILY, path.ENDED)


@dataclass(frozen=True)
class Family:
	"""What a file says of whom a request may name: its children, its adults, where it is kept, and its days with a child."""

	name: str
	unit: str
	begun: date
	ended: date | None
	children: frozenset[str]
	persons: frozenset[str]
	numbers: frozenset[str]
	adults_known: bool  # each adult has a national number

	def has_child(self, request: dict) -> bool | None:
		"""Whether the request's child is the family's; None where it names none."""
		return request["child"] in self.children if request["child"] else None

	def has_adult(self, request: dict) -> bool | None:
		"""Whether the applicant is of the family; None where nobody can say."""
		number, person = request["applicant_national_number"], request["person"]
		if number in self.numbers or person in self.persons:
			return True
		return False if (number or person) and self.adults_known else None

	def had_a_child_on(self, day: date) -> bool:
		return self.begun <= day and (not self.ended or day <= self.ended)


@dataclass(frozen=True)
class Tie:
	"""The file that a request is about, and what says so."""

	file: str
	by_child: bool
	by_adult: bool

	def readable(self) -> bool:
		"""Whether the session user may read on files what says that the two belong together."""
		return (self.by_adult and field_readable(path.DOCTYPE, "adults")) or (
			self.by_child and field_readable(path.DOCTYPE, "child")
		)


def file_of(request: Document) -> tuple[str, str] | None:
	"""The hook of the core: (DocType, name) of the file that a request is about, for whoever may learn it."""
	tie = tied([{field: request.get(field) for field in FIELDS}]).get(request.name)
	return (path.DOCTYPE, tie.file) if tie and tie.readable() else None


def tied(requests: list[dict]) -> dict[str, Tie]:
	"""{number of a request: tie} of requests with the values of `FIELDS`; seven queries, whatever their number."""
	families = families_of(requests)
	bounds = bounds_of({row["org_unit"] for row in requests} | {family.unit for family in families})
	found = {row["name"]: [tie for one in families if (tie := tie_of(row, one, bounds))] for row in requests}
	return {name: ties[0] for name, ties in found.items() if len(ties) == 1}


def tie_of(request: dict, family: Family, bounds: dict[str, tuple[int, int]]) -> Tie | None:
	"""The tie of a request to one family, where child or applicant says so and nothing speaks against it."""
	child, adult = family.has_child(request), family.has_adult(request)
	if False in (child, adult) or not (child or adult):
		return None
	if not family.had_a_child_on(getdate(request["submitted_on"])):
		return None
	if not on_one_line(bounds.get(request["org_unit"]), bounds.get(family.unit)):
		return None
	return Tie(family.name, bool(child), bool(adult))


def on_one_line(one: tuple[int, int] | None, other: tuple[int, int] | None) -> bool:
	"""Whether one of two units is the other, or stands above it."""
	if not one or not other:
		return False
	return (one[0] <= other[0] and one[1] >= other[1]) or (other[0] <= one[0] and other[1] >= one[1])


def bounds_of(units: set[str]) -> dict[str, tuple[int, int]]:
	"""Where units stand in their tree, which everybody knows."""
	rows = frappe.get_all("Org Unit", {"name": ["in", sorted(units - {None})]}, ["name", "lft", "rgt"])
	return {row.name: (row.lft, row.rgt) for row in rows}


def families_of(requests: list[dict]) -> list[Family]:
	"""Families whose child or adult one of the requests names, whoever may see them: a second one makes a request nobody's."""
	children = {row["child"] for row in requests} - {None, ""}
	persons = {row["person"] for row in requests} - {None, ""}
	numbers = {row["applicant_national_number"] for row in requests} - {None, ""}
	names = with_children(children) | with_adults(persons, numbers)
	if not names:
		return []
	file = DocType(path.DOCTYPE)
	query = frappe.qb.from_(file).select(
		file.name, file.org_unit, file.child, file.handed_over_on, file.ended_on
	)
	query = query.where(file.name.isin(sorted(names)) & file.status.isin(WITH_A_CHILD))
	query = query.where(file.handed_over_on.isnotnull())
	query = query.where((file.status != path.ENDED) | file.ended_on.isnotnull())
	rows = query.orderby(file.name).run(as_dict=True)
	handed, adults = children_of([row.name for row in rows]), adults_of([row.name for row in rows])
	return [family(row, handed.get(row.name, set()), adults.get(row.name, [])) for row in rows]


def family(row: dict, handed: set[str], adults: list[dict]) -> Family:
	return Family(
		name=row.name,
		unit=row.org_unit,
		begun=getdate(row.handed_over_on),
		ended=getdate(row.ended_on) if row.ended_on else None,
		children=frozenset({row.child, *handed} - {None, ""}),
		persons=frozenset({one.person for one in adults} - {None, ""}),
		numbers=frozenset({one.national_number for one in adults} - {None, ""}),
		adults_known=bool(adults) and all(one.national_number for one in adults),
	)


def with_children(children: set[str]) -> set[str]:
	"""Names of files that name one of the children, or to which one was handed over with siblings."""
	if not children:
		return set()
	file, row, held = DocType(path.DOCTYPE), DocType(states.CHILDREN), DocType(states.DOCTYPE)
	named = frappe.qb.from_(file).select(file.name).where(file.child.isin(sorted(children)))
	handed = frappe.qb.from_(row).join(held).on(held.name == row.parent).select(held.family_file)
	handed = handed.where((held.status == states.HANDED_OVER) & row.child.isin(sorted(children)))
	return {name for query in (named, handed) for (name,) in query.run()}


def with_adults(persons: set[str], numbers: set[str]) -> set[str]:
	"""Names of files with one of the persons, or an adult of one of the national numbers."""
	if not persons and not numbers:
		return set()
	row = DocType(ADULTS)
	same = row.person.isin(sorted(persons) or [""]) | row.national_number.isin(sorted(numbers) or [""])
	query = frappe.qb.from_(row).select(row.parent).distinct()
	return {name for (name,) in query.where((row.parenttype == path.DOCTYPE) & same).run()}


def children_of(files: list[str]) -> dict[str, set[str]]:
	"""Children who were handed over together, by file."""
	row, held = DocType(states.CHILDREN), DocType(states.DOCTYPE)
	query = frappe.qb.from_(row).join(held).on(held.name == row.parent).select(held.family_file, row.child)
	query = query.where((held.status == states.HANDED_OVER) & held.family_file.isin(files or [""]))
	found: dict[str, set[str]] = {}
	for name, child in query.run():
		found.setdefault(name, set()).add(child)
	return found


def adults_of(files: list[str]) -> dict[str, list[dict]]:
	row = DocType(ADULTS)
	query = frappe.qb.from_(row).select(row.parent, row.person, row.national_number)
	query = query.where((row.parenttype == path.DOCTYPE) & row.parent.isin(files or [""]))
	found: dict[str, list[dict]] = {}
	for one in query.run(as_dict=True):
		found.setdefault(one.parent, []).append(one)
	return found

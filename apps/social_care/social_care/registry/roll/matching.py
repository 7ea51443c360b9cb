"""Whose file a row of an upload is: by code, else by national number, else by name, birth date and mother.

A row that fits two people, or somebody outside the institution, waits for review; of whoever is outside nothing is told.
"""

from dataclasses import dataclass, field

import frappe
from frappe.utils import create_batch

from social_care.registry.arabic import join_name, normalise
from social_care.registry.identity import NAME_PARTS

AT_ONCE = 1000


@dataclass(frozen=True)
class Facts:
	"""What a row, or a file, says of who the child is; plain texts."""

	number: str
	name: str
	birth_date: str
	mother: str

	@classmethod
	def of(cls, texts: dict) -> "Facts":
		name = normalise(join_name(*(texts.get(part) or "" for part in NAME_PARTS)))
		birth = str(texts.get("birth_date") or "")
		return cls(
			texts.get("national_number") or "", name, birth, normalise(texts.get("mother_full_name") or "")
		)

	def may_be(self, other: "Facts") -> bool:
		"""Same name and birth date, and nothing of number and mother against it."""
		if (
			not self.name
			or not self.birth_date
			or (self.name, self.birth_date) != (other.name, other.birth_date)
		):
			return False
		return not any(
			mine and theirs and mine != theirs
			for mine, theirs in ((self.mother, other.mother), (self.number, other.number))
		)


@dataclass
class Match:
	"""The file of a row, or the files it may be; `elsewhere` when somebody outside the institution fits."""

	child: str = ""
	candidates: list[str] = field(default_factory=list)
	elsewhere: bool = False
	unknown_code: bool = False
	facts: "Facts | None" = None

	@property
	def key(self) -> str:
		"""What two rows about one child have in common."""
		if self.child or not self.facts:
			return self.child
		if self.facts.number:
			return self.facts.number
		return (
			"|".join((self.facts.name, self.facts.birth_date, self.facts.mother)) if self.facts.name else ""
		)

	@property
	def waits(self) -> bool:
		return self.elsewhere or len(self.candidates) > 1


class Roll:
	"""The files of an institution, to be matched with rows."""

	def __init__(self, institution: str, among: list[Facts] | None = None) -> None:
		"""`among` limits the files to those that may fit one of these."""
		self.institution = institution
		self.numbers: dict[str, list[Facts]] = {}
		self.names: dict[str, list[Facts]] = {}
		filters: dict = {"institution": institution}
		alike = None
		if among is not None:
			alike = {
				"national_number": ["in", [facts.number for facts in among if facts.number] or [""]],
				"birth_date": [
					"in",
					[facts.birth_date for facts in among if facts.birth_date] or ["0001-01-01"],
				],
			}
		fields = ["name", "national_number", "birth_date", "mother_full_name", *NAME_PARTS]
		# the institution's own files, whoever of its staff asks: matching must not make a second file
		rows = frappe.get_all("Child", filters=filters, or_filters=alike, fields=fields, limit=0)
		self.files: dict[str, Facts] = {}
		self.by_number: dict[str, list[str]] = {}
		self.by_identity: dict[tuple[str, str], list[str]] = {}
		for row in rows:
			self.add(row.name, Facts.of(row))

	def add(self, name: str, facts: Facts) -> None:
		"""A file that is in the institution."""
		self.files[name] = facts
		self.by_identity.setdefault((facts.name, facts.birth_date), []).append(name)
		if facts.number:
			self.by_number.setdefault(facts.number, []).append(name)

	def match(self, rows: list[tuple[str, Facts]]) -> list[Match]:
		"""A match for each (code, facts), with two queries a thousand rows."""
		self.look_elsewhere([facts for _code, facts in rows])
		matches = [self.match_one(code, facts) for code, facts in rows]
		for match, (_code, facts) in zip(matches, rows, strict=True):
			match.facts = facts
		return matches

	def look_elsewhere(self, found: list[Facts]) -> None:
		"""Read who outside the institution may be one of these, for `match_one`."""
		self.numbers = _persons_elsewhere(
			"national_number", {facts.number for facts in found}, self.institution
		)
		self.names = _persons_elsewhere("search_name", {facts.name for facts in found}, self.institution)

	def match_one(self, code: str, facts: Facts) -> Match:
		"""The match of one row that `look_elsewhere` was asked about."""
		if code and code not in self.files:
			return Match(unknown_code=True)
		by_number = self.by_number.get(facts.number, [])
		elsewhere = bool(self.numbers.get(facts.number))
		if code:
			known = self.files[code].number == facts.number
			others = [] if known else [name for name in by_number if name != code]
			return Match(code, [code, *others], elsewhere and not known)
		if by_number or elsewhere:
			return _one(by_number, elsewhere)
		alike = [
			name
			for name in self.by_identity.get((facts.name, facts.birth_date), [])
			if facts.may_be(self.files[name])
		]
		return _one(alike, any(facts.may_be(other) for other in self.names.get(facts.name, [])))


def _one(found: list[str], elsewhere: bool) -> Match:
	return Match(found[0] if len(found) == 1 and not elsewhere else "", list(found), elsewhere)


def _persons_elsewhere(column: str, values: set[str], institution: str) -> dict[str, list[Facts]]:
	"""People without a file in the institution, by number or search name: all are compared, whoever may see them."""
	found: dict[str, list[Facts]] = {}
	for part in create_batch(sorted(values - {""}), AT_ONCE):
		rows = frappe.db.sql(
			f"""select person.{column} as wanted, person.national_number, person.birth_date, child.mother_full_name,
				{", ".join(f"person.{name}" for name in NAME_PARTS)}
			from `tabPerson` person left join `tabChild` child on child.person = person.name
			where person.{column} in %(part)s and ifnull(child.institution, '') != %(institution)s""",  # column: one of two
			{"part": part, "institution": institution},
			as_dict=True,
		)
		for row in rows:
			found.setdefault(row.wanted, []).append(Facts.of(row))
	return found

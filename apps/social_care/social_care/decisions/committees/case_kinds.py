"""What can stand on the agenda of a committee: the hook `social_care_committee_cases`, open to apps.

The hook's value is a list of functions without arguments that return `CaseKind`s. A kind says which records wait for a committee of which kind, what
the agenda tells of one (without names: members may see less of the record than whoever wrote it), who took part in it, and what
happens when the committee has decided.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import frappe

HOOK = "social_care_committee_cases"
APPROVAL, DEFERRAL, REJECTION = "Approval", "Deferral", "Rejection"
REFERRAL, RECOMMENDATION = "Referral", "Recommendation"


@dataclass(frozen=True)
class Ruling:
	"""What a committee has decided on one case."""

	session: str
	number: str
	committee: str
	day: date
	case_name: str
	decision: str
	reasons: str


@dataclass(frozen=True)
class CaseKind:
	"""Records of one DocType before committees of one kind (its code).

	`carry_out` is called once for each decided case, in the transaction that closes the session, with the rights of whoever closes
	it; what it raises keeps the session open. `summaries` and `involved` get names and answer for all of them in a constant number of
	queries. `unit_field` names the column with the unit that the committee has to stand above; None: headquarters alone.
	"""

	doctype: str
	committee_kind: str
	states: tuple[str, ...]
	carry_out: Callable[[Ruling], None]
	summaries: Callable[[list[str]], dict[str, str]]
	involved: Callable[[list[str]], dict[str, set[str]]]
	decisions: tuple[str, ...] = (APPROVAL, DEFERRAL, REJECTION)
	filters: tuple[tuple, ...] = ()
	state_field: str = "status"
	unit_field: str | None = "org_unit"

	def waits(self) -> list[list]:
		"""Filters of the records that wait."""
		return [[self.state_field, "in", list(self.states)], *map(list, self.filters)]


def all_kinds() -> list[CaseKind]:
	"""Those of all apps, in the order of the hooks."""
	return [kind for path in frappe.get_hooks(HOOK) for kind in frappe.get_attr(path)()]


def of_committee(code: str) -> dict[str, CaseKind]:
	"""Kinds of cases before one kind of committee, by DocType."""
	return {kind.doctype: kind for kind in all_kinds() if kind.committee_kind == code}


def hands(doctype: str, names: list[str], *fields: str) -> dict[str, set[str]]:
	"""{record: users} who made a record, wrote on its content, or stand in `fields`; one query."""
	rows = frappe.get_all(  # users alone, of rows that the caller has looked at
		doctype,
		filters={"name": ["in", names]},
		fields=["name", "owner", "content_editors", *fields],
	)
	return {
		row.name: {row.owner, *(row.content_editors or "").split(), *(row.get(field) for field in fields)}
		- {None}
		for row in rows
	}

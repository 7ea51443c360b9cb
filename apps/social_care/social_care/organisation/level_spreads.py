"""Assignments that are there already, when levels of protected fields are about to be given to roles.

The other side of `field_levels`, which looks at a new assignment and asks the levels that there are: publishing a service
gives levels of a new record type to roles, and asks the assignments that there are. Counted and told by roles and units;
nobody is named.
"""

from collections import defaultdict
from dataclasses import dataclass

import frappe
from frappe.utils import nowdate

from social_care.organisation.grants import CASES

Levels = dict[str, frozenset[int]]


@dataclass(frozen=True)
class Spread:
	"""Levels of `giver` that would open at the places of `taker`, which does not read them there: for how many users, where."""

	giver: str
	taker: str
	users: int
	units: tuple[str, ...]


def spreads(new: Levels, old: Levels) -> list[Spread]:
	"""What the levels of roles `new` would open beyond `old`, by pairs of roles; one query.

	Both hold roles that open rows of the record type; a role that opens none gives and takes nothing.
	"""
	pairs = {
		(giver, taker)
		for giver in new
		for taker in new
		if _opened(new, giver, taker) - _opened(old, giver, taker)
	}
	users, units = defaultdict(set), defaultdict(set)
	for row in _held_apart(sorted({role for pair in pairs for role in pair})):
		if (row.giver, row.taker) in pairs:
			users[row.giver, row.taker].add(row.user)
			units[row.giver, row.taker].add(row.unit_name or "")
	return [Spread(*pair, len(users[pair]), tuple(sorted(units[pair]))) for pair in sorted(users)]


def _opened(levels: Levels, giver: str, taker: str) -> frozenset[int]:
	"""Levels that the one role has and the other has not, where both open rows."""
	if giver not in levels or taker not in levels:
		return frozenset()
	return levels[giver] - levels[taker]


def _held_apart(roles: list[str]) -> list[dict]:
	"""Pairs of assignments of one user, valid on some day from today, where the taker's place lies not in the giver's."""
	if not roles:
		return []
	return frappe.db.sql(
		"""select giver.user, giver.role giver, taker.role taker, place.unit_name
		from `tabStaff Assignment` giver
		join `tabStaff Assignment` taker on taker.user = giver.user and taker.role != giver.role
		left join `tabInstitution` home on home.name = taker.institution
		left join `tabOrg Unit` place on place.name = coalesce(nullif(taker.org_unit, ''), home.org_unit)
		left join `tabOrg Unit` above on above.name = giver.org_unit
		where giver.role in %(roles)s and taker.role in %(roles)s
		and least(coalesce(giver.valid_to, '9999-12-31'), coalesce(taker.valid_to, '9999-12-31'))
			>= greatest(giver.valid_from, taker.valid_from, %(today)s)
		and not coalesce(giver.scope != %(cases)s and if(coalesce(giver.institution, '') != '',
			taker.institution = giver.institution, above.lft <= place.lft and place.rgt <= above.rgt), 0)
		order by giver.name, taker.name""",
		{"roles": roles, "today": nowdate(), "cases": CASES},
		as_dict=True,
	)

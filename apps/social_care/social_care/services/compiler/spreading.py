"""Whether a pack's rights would open protected fields to people who hold two of its roles at different places."""

from collections.abc import Iterator

import frappe
from frappe import _

from social_care.organisation.field_levels import levels
from social_care.organisation.level_spreads import Levels, Spread, spreads
from social_care.services.packs.messages import Fault

SHOWN = 5  # names of units in a sentence


def spreading_faults(pack: dict) -> Iterator[Fault]:
	"""One for each pair of roles; what an earlier version of the service opened already is not told again."""
	for spread in spreads(levels_of(pack), stored_levels(pack["document_type"])):
		yield Fault("access", "spreads", in_words(spread))


def levels_of(pack: dict) -> Levels:
	"""Levels of the request's fields by role, of the roles that open requests."""
	return {
		row["role"]: frozenset({0, *row.get("levels", [])})
		for row in pack["access"]
		if "read" in row["rights"]
	}


def stored_levels(doctype: str) -> Levels:
	"""The same as it is in force; empty where the record type is not made yet."""
	if not frappe.db.exists("DocType", doctype):
		return {}
	roles = {row.role for row in frappe.get_meta(doctype).permissions}
	return {role: found for role in roles if (found := levels(role, doctype)) is not None}


def in_words(spread: Spread) -> str:
	units = _("، ").join(spread.units[:SHOWN]) + ("…" if len(spread.units) > SHOWN else "")
	return _("«{0}» together with «{1}», users: {2}, units: {3}").format(
		_(spread.giver), _(spread.taker), spread.users, units
	)

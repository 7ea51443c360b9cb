"""The confirmation of the demonstration nation: a cycle that is overdue for some, signed by most, begun by others.

It comes after the nation, because what is confirmed are digests of what is stored.
"""

import json

import frappe
from frappe.utils import add_days, now, nowdate

from social_care.demo.loader.people import OURS
from social_care.governance.confirmation import (
	CONFIRMATION,
	CONFIRMED,
	CYCLE,
	ROW,
	SIGNED,
	counting,
	fingerprints,
	opening,
)
from social_care.governance.confirmation.decided import digest
from social_care.governance.officer import tasks
from social_care.registry.together.statements import update_rows

BEGUN = 33  # days ago; with thirty days to confirm in, three days overdue
DIRECTOR, ENTRY = "Institution Director", "Institution Entry User"
UNTOUCHED, HALF = (3,), (4,)  # of each five institutions; the others have signed


def confirm() -> None:
	"""Open a cycle where the site has none, confirm and sign most of the nation's institutions, and fill the queues."""
	if not frappe.db.count(CYCLE):
		cycle = opening.begin(add_days(nowdate(), -BEGUN), 3)
		frappe.db.set_value(CYCLE, cycle, {"owner": f"nation{OURS.lstrip('%')}"}, update_modified=False)
		opening.open_cycle(cycle)
		_decide(cycle)
	tasks.follow_all()


def _decide(cycle: str) -> None:
	"""Decisions of the institutions' own staff, set by set."""
	staff = _staff()
	homes = frappe.get_all(  # of the nation that was loaded
		CONFIRMATION, {"cycle": cycle}, ["name", "institution"], order_by="institution asc"
	)
	for place, home in enumerate(homes):
		entry, director = (staff.get((home.institution, role)) for role in (ENTRY, DIRECTOR))
		if place % 5 in UNTOUCHED or not entry:
			continue
		rows = _confirm(home.name, entry, is_half=place % 5 in HALF)
		if director and place % 5 not in HALF:
			signed = {"status": SIGNED, "signed_by": director, "signed_on": now(), "digest": digest(rows)}
			counting.recount(home.name)
			frappe.db.set_value(CONFIRMATION, home.name, signed)
	counting.recount()
	frappe.db.commit()  # the end of a part of the load


def _confirm(confirmation: str, entry: str, is_half: bool) -> list[frappe._dict]:
	rows = frappe.get_all(
		ROW, {"confirmation": confirmation}, ["name", "child"], order_by="child asc"
	)  # as above
	if is_half:
		rows = rows[: len(rows) // 2]
	prints = fingerprints.of_children([row.child for row in rows])
	at = now()
	for row in rows:
		row.update({"state": CONFIRMED, "decided_by": entry, "decided_on": at})
		row.fingerprint = json.dumps(prints[row.child], sort_keys=True)
	decided = ("state", "decided_by", "decided_on", "fingerprint")
	if rows:
		update_rows(ROW, {row.name: {field: row[field] for field in decided} for row in rows})
	return rows


def _staff() -> dict[tuple[str, str], str]:
	rows = frappe.get_all(  # of the nation that was loaded
		"Staff Assignment",
		{"owner": ["like", OURS], "role": ["in", [DIRECTOR, ENTRY]], "scope": "Institution"},
		["institution", "role", "user"],
		order_by="user desc",
	)
	return {(row.institution, row.role): row.user for row in rows}

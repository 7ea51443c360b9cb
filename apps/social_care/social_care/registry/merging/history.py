"""One placement history of two: joined without gap or overlap, or the one of the two that is right."""

from itertools import pairwise

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from social_care.registry.merging import MergeError
from social_care.registry.merging.journal import Journal
from social_care.registry.placements import ENDINGS

JOINED, OF_SURVIVOR, OF_MERGED = "Joined", "Of the File That Stays", "Of the Merged File"
MERGED = "Merged"
CHOICES = (JOINED, OF_SURVIVOR, OF_MERGED)
FIELDS = ["name", "child", "person", "from_date", "to_date", "is_current", "end_reason", "institution"]
PLACE = ("institution", "institution_name", "org_unit", "governorate", "care_type", "current_placement")
PLACE += ("life_state", "case_manager", "leave_due_back")


def combine(journal: Journal, survivor: str, merged: str, choice: str) -> None:
	"""Bring placements and place of the file that stays to what was chosen. Raises MergeError where that is no history."""
	mine, other = (stays(child) for child in (survivor, merged))
	if choice == JOINED:
		_join(journal, survivor, mine, other)
	elif choice == OF_MERGED:
		_hand_over(journal, other, survivor)
		_set_aside(journal, mine, merged)
	else:
		_set_aside(journal, other, merged)
	if choice != OF_SURVIVOR:
		_place_of_last(journal, survivor, merged)


def stays(child: str) -> list[dict]:
	"""The placements of a file by their beginning."""
	return frappe.get_all(
		"Placement", filters={"child": child}, fields=FIELDS, order_by="from_date asc, name asc"
	)


def obstacle(survivor: str, merged: str) -> str | None:
	"""The sentence that says why the two histories cannot be joined; None where they can."""
	return joined([*stays(survivor), *stays(merged)])[1]


def joined(found: list[dict]) -> tuple[list[tuple[str, dict]], str | None]:
	"""What has to be written so that placements follow each other, and why they cannot."""
	order = sorted(found, key=lambda stay: (stay.from_date, stay.name))
	changes = []
	for stay, following in pairwise(order):
		if not stay.to_date and stay.child != following.child and stay.from_date < following.from_date:
			closed = {"to_date": following.from_date, "is_current": 0, "end_reason": "Next Placement"}
			changes.append((stay.name, closed))
		elif not stay.to_date or stay.to_date > following.from_date:
			return [], _clash(
				_("Two placements overlap: one began on {0}, the other on {1}."), stay, following
			)
		elif stay.to_date < following.from_date and stay.end_reason not in ENDINGS:
			return [], _clash(
				_("Between the placements of {0} and {1} there would be a gap."), stay, following
			)
	return changes, None


def _clash(sentence: str, one: dict, other: dict) -> str:
	days = (frappe.format(getdate(row.from_date), "Date") for row in (one, other))
	return sentence.format(*days)


def _join(journal: Journal, survivor: str, mine: list[dict], other: list[dict]) -> None:
	changes, reason = joined([*mine, *other])
	if reason:
		frappe.throw(
			f"{reason} {_('Choose which of the two histories is right.')}",
			MergeError,
			title=_("Placement History"),
		)
	for name, values in changes:
		journal.write("Placement", name, values)
	_hand_over(journal, other, survivor)


def _hand_over(journal: Journal, found: list[dict], child: str) -> None:
	"""Placements of the other file become those of `child`."""
	person = frappe.db.get_value("Child", child, "person")
	for stay in found:
		journal.write("Placement", stay.name, {"child": child, "person": person})


def _set_aside(journal: Journal, found: list[dict], merged: str) -> None:
	"""Placements that are not the child's history stand with the merged file, and none of them is current."""
	person = frappe.db.get_value("Child", merged, "person")
	for stay in found:
		values = {"child": merged, "person": person}
		if not stay.to_date:
			# a stay of no day has no end after its beginning
			end = max(getdate(nowdate()), frappe.utils.add_days(getdate(stay.from_date), 1))
			values |= {"is_current": 0, "to_date": end, "end_reason": MERGED}
		journal.write("Placement", stay.name, values)


def _place_of_last(journal: Journal, survivor: str, merged: str) -> None:
	"""Where the child is: as the file says to which the last placement belonged, and admitted when the first began."""
	found = stays(survivor)
	if not found:
		return
	files = {
		row.current_placement: row
		for row in frappe.get_all("Child", {"name": ["in", [survivor, merged]]}, ["name", *PLACE])
	}
	last = found[-1]
	values = {"admission_date": found[0].from_date}
	if row := files.get(last.name):
		values |= {field: row[field] for field in PLACE}
	journal.write("Child", survivor, values)

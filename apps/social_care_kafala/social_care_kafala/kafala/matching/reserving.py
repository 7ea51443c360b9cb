"""Taking a child for a family. Rows are locked in one order, file first, then children by name; the unique keys of the tables
decide whatever else happens, so one child is never offered to two families."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, cint, now_datetime, nowdate

from social_care_kafala.kafala.endings import words
from social_care_kafala.kafala.matching import ranking, states, waiting
from social_care_kafala.kafala.path import states as path
from social_care_kafala.kafala.path.clock import settings

TURNS = 3  # attempts where the database breaks off one of two that wait for each other
VISIT = "Kafala Follow-Up Visit"
# Steps after which a match is no longer undone by a release alone.
LET_GO = (*states.LOOKING, *path.OVER)


def reserve(file: str, child: str, separation_reason: str = "") -> str:
	"""Hold a child, with siblings, for a family; name of the reservation. Raises TakenError where another was quicker."""
	for _turn in range(TURNS - 1):
		try:
			return hold(file, child, separation_reason)
		except frappe.QueryDeadlockError:
			frappe.db.rollback()  # the database has undone everything already; the same is asked anew
	return hold(file, child, separation_reason)


def hold(file: str, child: str, separation_reason: str) -> str:
	"""One attempt of `reserve`."""
	states.check_right()
	frappe.get_doc(states.FILE, file).check_permission("read")
	doc = frappe.new_doc(states.DOCTYPE)
	doc.update({"family_file": file, "separation_reason": separation_reason})
	doc.append("children", {"child": child})
	return doc.insert().name


def begin(doc: Document) -> None:
	"""Lock file and child before the reservation has a number, so that whoever comes second waits here and nowhere later."""
	asked = doc.children[0].child if doc.children else None
	if asked and doc.family_file:
		frappe.db.get_value(states.FILE, doc.family_file, "name", for_update=True)
		lock([asked])


def take(doc: Document) -> None:
	"""Fill a new reservation. Raises ReservationError where family or child is not waiting, or they may not come together."""
	asked = doc.children[0].child if doc.children else None
	if not asked or not doc.family_file:
		states.refuse(_("Choose the child."))
	file = frappe.get_doc(states.FILE, doc.family_file, for_update=True)
	if file.status not in states.LOOKING:
		states.refuse(_("The family is not in a step in which a child is looked for."))
	siblings = waiting.siblings([asked]).get(asked, [])
	names = [asked, *([] if doc.separation_reason else siblings)]
	lock(names)
	rows = {row.name: row for row in waiting.children(names, locked=True)}
	check_child(file, rows.get(asked), asked)
	check_siblings(file, siblings, doc.separation_reason)
	for name in names[1:]:
		check_child(file, rows.get(name), name)
	fill(doc, file, [rows[name] for name in names])


def check_siblings(file: Document, siblings: list[str], separation_reason: str | None) -> None:
	"""Siblings in care come along unless somebody writes why not."""
	if siblings and not separation_reason and not file.accepts_siblings:
		states.refuse(
			_(
				"The child has siblings in care, and the family does not take siblings; write why they are separated."
			)
		)


def lock(names: list[str]) -> None:
	"""Take the children's rows for this transaction, always in the same order."""
	for name in sorted(names):
		frappe.db.get_value("Child", name, "name", for_update=True)


def check_child(file: Document, row: dict | None, name: str) -> None:
	"""One sentence for whatever stands against it: who chooses learns nothing of a child whom he may not see."""
	if not row or ranking.bars(file, row):
		states.refuse(_("The child {0} is not one who may be reserved for this family.").format(name))


def fill(doc: Document, file: Document, rows: list[dict]) -> None:
	"""What the reservation keeps: the children with their keys, until when, and why this child was thought to suit."""
	doc.set(
		"children",
		[
			{"child": row.name, "sex": row.sex, "birth_date": row.birth_date, "open_child": row.name}
			for row in rows
		],
	)
	rows[0].siblings = [row.name for row in rows[1:]]
	found = ranking.weigh(file, rows[0], ranking.weights(), "ar")
	doc.update(
		{
			"org_unit": file.org_unit,
			"reserved_on": now_datetime(),
			"expires_on": add_days(nowdate(), cint(settings().reservation_days)),
			"open_file": file.name,
			"score": found.score,
			"reasons": "\n".join(
				row.line() for row in found.reasons if row.criterion not in ranking.OF_HEALTH
			),
		}
	)


def check_waiting(doc: Document) -> None:
	"""The children still wait, whatever has happened since they were reserved. Locks them."""
	names = [row.child for row in doc.children]
	lock(names)
	left = {row.name for row in waiting.children(names, locked=True)}
	if gone := [name for name in names if name not in left]:
		states.refuse(_("The child {0} does not wait for a family any more.").format(gone[0]))


def may_be_let_go(doc: Document) -> bool:
	"""Whether a match may be undone: the family still looks for a child, or its case is over."""
	return frappe.db.get_value(states.FILE, doc.family_file, "status") in LET_GO


# Asked by the family's file


def of_file(file: str) -> Document | None:
	"""The reservation that holds a child for the file now, locked."""
	name = frappe.db.get_value(states.DOCTYPE, {"open_file": file}, for_update=True)
	return frappe.get_doc(states.DOCTYPE, name) if name else None


def matched_child(file: str) -> str | None:
	"""The first child of the file's accepted match, or who comes from another family by an ending that names this one."""
	name = frappe.db.get_value(states.DOCTYPE, {"open_file": file, "status": states.MATCHED})
	found = frappe.db.get_value(states.CHILDREN, {"parent": name, "idx": 1}, "child") if name else None
	return found or passing_child(file)


def passing_child(file: str) -> str | None:
	"""The child of a running ending whose next family this is."""
	running = {"next_file": file, "status": ["in", words.OPEN]}
	return frappe.db.get_value(words.DOCTYPE, running, "child")


def children_of(file: Document) -> list[str]:
	"""Children who were handed over to the family last; the file's child where no reservation says more."""
	done = {"family_file": file.name, "status": states.HANDED_OVER}
	name = frappe.db.get_value(states.DOCTYPE, done, order_by="closed_on desc")
	found = (
		frappe.get_all(states.CHILDREN, {"parent": name}, pluck="child", order_by="idx asc") if name else []
	)
	return found or [file.child or ""]


def file_is_over(file: str, reason: str | None) -> None:
	"""A family that is rejected or withdraws holds no child."""
	if doc := of_file(file):
		close(
			doc, states.RELEASED, {"release_cause": "The Application Is Over", "release_reason": reason or ""}
		)


def close(doc: Document, status: str, values: dict | None = None) -> None:
	"""End a reservation by the system: its keys are free, the rest stays as it was."""
	doc.set_free()
	for row in doc.children:
		row.db_set("open_child", None, update_modified=False)
	fields = ("open_file", "closed_by", "closed_on")
	doc.db_set({"status": status, **{field: doc.get(field) for field in fields}, **(values or {})})


# Asked by the core


def check_merge(_survivor: str | None, merged: str | None) -> None:
	"""Hook `social_care_merge_checks`: a file whose child is held for a family, or waits for a visit there, does not become a signpost."""
	if merged and any(
		frappe.db.exists(doctype, {"open_child": merged}) for doctype in (states.CHILDREN, VISIT)
	):
		states.refuse(
			_("The child {0} is reserved for a family or placed with one; keep this file of the two.").format(
				merged
			)
		)

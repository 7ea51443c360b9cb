"""Circulars: whom one is addressed to, who has read it, and who is reminded.

The addressees of a circular are those who hold an assignment over one of its units, or at one of their institutions, on the day it is published.
"""

from collections.abc import Iterable

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count
from frappe.utils import add_days, cint, now_datetime, nowdate

from social_care.registry.notices import notify, valid_today

CIRCULAR, RECEIPT = "Circular", "Circular Receipt"
FIELDS = [
	"name",
	"circular",
	"user",
	"org_unit",
	"institution",
	"due_on",
	"owner",
	"creation",
	"modified",
	"modified_by",
]
CHUNK = 500


def address(circular: Document) -> int:
	"""A receipt for each addressee who has none, in statements of many rows. How many addressees there are."""
	due = add_days(nowdate(), cint(circular.read_within_days))
	now, author = now_datetime(), frappe.session.user
	have = set(frappe.get_all(RECEIPT, {"circular": circular.name}, pluck="user"))  # of this circular
	found = addressees(circular.addressees)
	values = [
		(frappe.generate_hash(length=10), circular.name, user, *place, due, author, now, now, author)
		for user, place in found.items()
		if user not in have
	]
	frappe.db.bulk_insert(RECEIPT, FIELDS, values, ignore_duplicates=True, chunk_size=CHUNK)
	return len(have | set(found))


def addressees(rows: Iterable[Document]) -> dict[str, tuple[str | None, str | None]]:
	"""{user: (unit, institution) of the assignment by which the circular reaches him}; one query a row."""
	found: dict[str, tuple[str | None, str | None]] = {}
	for row in rows:
		for user, unit, institution in _staff_of(row):
			found.setdefault(user, (unit, institution))
	return found


def _staff_of(row: Document) -> list[tuple[str, str | None, str | None]]:
	staff, unit = DocType("Staff Assignment"), DocType("Org Unit")
	home, user = DocType("Institution"), DocType("User")
	left, right = frappe.db.get_value("Org Unit", row.org_unit, ["lft", "rgt"])
	query = (
		frappe.qb.from_(staff)
		.join(user)
		.on((user.name == staff.user) & (user.enabled == 1))
		.left_join(home)
		.on(home.name == staff.institution)
		.join(unit)
		.on((unit.name == staff.org_unit) | (unit.name == home.org_unit))
		.select(staff.user, unit.name, staff.institution)
		.orderby(staff.user, staff.name)
	)
	if cint(row.with_units_below):
		query = query.where((unit.lft >= left) & (unit.rgt <= right))
	else:
		query = query.where((unit.name == row.org_unit) & staff.institution.isnull())
	if row.role:
		query = query.where(staff.role == row.role)
	return list(valid_today(query, staff).run())


def after_publishing(circular: Document) -> None:
	"""The circular that this one replaces is read no more; the addressees are told in the background."""
	if circular.replaces:
		frappe.db.set_value(CIRCULAR, circular.replaces, "status", "Withdrawn")
	frappe.enqueue(
		"social_care.decisions.circulars.tell",
		queue="long",
		job_id=f"social_care_circular_{circular.name}",
		deduplicate=True,
		enqueue_after_commit=True,
		circular=circular.name,
	)


def tell(circular: str) -> int:
	"""A notice for each addressee who was not told yet; ended anywhere, it goes on with the rest."""
	return _tell({"circular": circular, "reminded_on": ["is", "not set"]}, _to_read())


def _to_read() -> str:
	return _("Circular {0} is to be read until {1}.", lang="ar")


def enqueue_daily() -> None:
	"""Scheduler: remind in a job; one at a time."""
	frappe.enqueue(
		"social_care.decisions.circulars.remind",
		queue="long",
		job_id="social_care_circulars",
		deduplicate=True,
	)


def remind() -> int:
	"""Whoever has not read a circular when its days have passed, once more. How many."""
	open_ones = frappe.get_all(CIRCULAR, {"status": "Published"}, pluck="name")  # by the scheduler
	late = {"circular": ["in", open_ones or [""]], "read_on": ["is", "not set"], "due_on": ["<", nowdate()]}
	sentence = _("Circular {0} was to be read until {1}.", lang="ar")
	return _tell(late | {"reminded_late": 0}, sentence, late=True)


def _tell(filters: dict, sentence: str, late: bool = False) -> int:
	count = 0
	fields = ["name", "circular", "user", "due_on"]
	while rows := frappe.get_all(RECEIPT, filters, fields, order_by="name asc", limit=CHUNK):  # by the system
		for row in rows:
			notify([row.user], sentence.format(row.circular, row.due_on), CIRCULAR, row.circular)
		receipt = DocType(RECEIPT)
		query = frappe.qb.update(receipt).set(receipt.reminded_on, nowdate())
		query = query.set(receipt.reminded_late, 1) if late else query
		query.where(receipt.name.isin([row.name for row in rows])).run()
		count += len(rows)
		frappe.db.commit()  # a chunk is done; who was told is not told again
	return count


def acknowledge(circular: str) -> dict:
	"""The session user has read a circular that was addressed to him. Raises PermissionError to whom it was not.

	Read twice is read at the first time.
	"""
	receipt = DocType(RECEIPT)
	own = (receipt.circular == circular) & (receipt.user == frappe.session.user)
	read = (
		frappe.qb.from_(receipt)
		.select(receipt.name, receipt.read_on)
		.where(own)
		.for_update()
		.run(as_dict=True)
	)
	if not read or frappe.db.get_value(CIRCULAR, circular, "status") != "Published":
		frappe.throw(_("This circular is not addressed to you."), frappe.PermissionError, title=_(CIRCULAR))
	if not read[0].read_on:
		frappe.qb.update(receipt).set(receipt.read_on, now_datetime()).where(own).run()
		count_readers(circular)
	return reading(circular)


def count_readers(circular: str) -> None:
	receipt = DocType(RECEIPT)
	query = frappe.qb.from_(receipt).select(Count("*"))
	read = query.where((receipt.circular == circular) & receipt.read_on.isnotnull()).run()[0][0]
	frappe.db.set_value(CIRCULAR, circular, "read_count", read, update_modified=False)


def reading(circular: str) -> dict:
	"""What the form shows its reader: whether it is addressed to him, and since when he has read it."""
	frappe.get_doc(CIRCULAR, circular).check_permission("read")
	own = {"circular": circular, "user": frappe.session.user}
	found = frappe.db.get_value(RECEIPT, own, ["read_on", "due_on"], as_dict=True)
	return {"addressed": bool(found), "read_on": found and found.read_on, "due_on": found and found.due_on}

"""Days move with the Working Calendar: an official holiday that is announced late gives open requests their day back.

Only what lies ahead is counted anew, the last day of the whole and of the present state. Days that were used stay as
they were counted.
"""

import frappe
from frappe.utils import getdate

from social_care.services import versions
from social_care.services.runtime import clock, overdue
from social_care.services.versions import state_named

CALENDAR = "Working Calendar"
CHUNK = 500
MOVED = ("due_on", "state_due_on", "overdue")
READ = ("name", "service", "pack_version", "status", "submitted_on", *MOVED)


def enqueue() -> None:
	"""In the background, once; a change that comes while it runs is seen at its end."""
	frappe.enqueue(
		"social_care.services.runtime.due_days.move_all",
		queue="long",
		timeout=3600,
		job_id="social_care_due_days",
		deduplicate=True,
		enqueue_after_commit=True,
	)


def move_all() -> int:
	"""Move the days of open requests of all services; returns how many moved. Ended anywhere, it may be begun again."""
	count, calendar = 0, ""
	while calendar != (now := str(frappe.db.get_singles_dict(CALENDAR).get("modified"))):
		calendar = now
		count += sum(move(doctype) for doctype in overdue.request_types())
	return count


def move(doctype: str) -> int:
	"""Open requests of one type, in chunks by their names."""
	count, last = 0, ""
	while rows := _open(doctype, last):
		count += move_chunk(doctype, rows)
		last = rows[-1].name
		frappe.db.commit()  # a chunk is done; new requests and steps wait for no longer than this
	return count


def _open(doctype: str, after: str = "") -> list[dict]:
	"""Rows of a chunk, held until they are written."""
	table = frappe.qb.DocType(doctype)
	query = (
		frappe.qb.from_(table)
		.select(*(table[field] for field in READ))
		.where(table.closed_on.isnull() & (table.name > after))
		.orderby(table.name)
		.limit(CHUNK)
		.for_update()
	)
	return query.run(as_dict=True)


def move_chunk(doctype: str, rows: list[dict]) -> int:
	"""Write the days of these rows that have changed; returns how many rows."""
	stays = _stays(doctype, [row.name for row in rows])
	return sum(_move_one(doctype, frappe._dict(row, clock=stays.get(row.name, []))) for row in rows)


def _stays(doctype: str, names: list[str]) -> dict[str, list[dict]]:
	rows = frappe.get_all(  # of requests of the whole country, by the clock, for nobody in particular
		"Service Clock Entry",
		filters={"parenttype": doctype, "parent": ["in", names]},
		fields=["name", "parent", "state", "kind", "entered_on", "left_on", "due_on", "days"],
		order_by="parent asc, idx asc",
		limit_page_length=0,
	)
	found: dict[str, list[dict]] = {}
	for row in rows:
		found.setdefault(row.parent, []).append(row)
	return found


def _move_one(doctype: str, row: frappe._dict) -> bool:
	"""Whether days of a request have moved. That a day has passed now is found and told by the hourly look."""
	if not row.clock:
		return False
	pack = versions.at(row.service, row.pack_version)
	before, entry = [str(row[field] or "") for field in MOVED], row.clock[-1]
	entry.due_on = clock.step_due(pack, state_named(pack, row.status), getdate(entry.entered_on))
	late = row.overdue
	clock.set_due(row, pack)
	row.overdue = min(late, row.overdue)
	if before == [str(row[field] or "") for field in MOVED]:
		return False
	values = {field: row[field] for field in MOVED}
	frappe.db.set_value(doctype, row.name, values, update_modified=False)
	frappe.db.set_value("Service Clock Entry", entry.name, "due_on", entry.due_on, update_modified=False)
	return True

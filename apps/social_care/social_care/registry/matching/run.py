"""The whole registry compared with itself in the background: by night, or when somebody asks for it.

A search is a row of Duplicate Search that says how many parts are done. Each part is committed with that number, so a
worker may be ended at any moment: the next one reads the people again and goes on with the first part that is not done.
"""

import frappe
import pyarrow as pa
from frappe import _
from frappe.utils import now, now_datetime

from social_care import one_worker
from social_care.registry.matching import columns, near, pairs, search

SEARCH = "Duplicate Search"
UNFINISHED = ("Waiting", "Working")
PEOPLE_IN_PART = 200_000
HOURS = 6


def request() -> str:
	"""A search that waits for a worker; one that is under way already is given back."""
	filters = {"status": ["in", UNFINISHED]}
	if name := frappe.db.get_value(SEARCH, filters, "name", order_by="creation asc"):
		return name
	return (
		frappe.get_doc({"doctype": SEARCH}).insert(ignore_permissions=True).name
	)  # nobody makes them by hand


def ask_for() -> str:
	"""A search now, for whoever reads the searches; its name."""
	if not frappe.has_permission(SEARCH, "report"):
		frappe.throw(_("Not Permitted"), frappe.PermissionError, title=_("Not Permitted"))
	name = request()
	enqueue(name)
	return name


def enqueue_search() -> None:
	"""Scheduler: every night."""
	enqueue(request())


def resume_searches() -> None:
	"""Scheduler: what waits, and what has no worker any more."""
	one_worker.queue_again(SEARCH, {"status": ["in", UNFINISHED]}, _lock(), enqueue)


def enqueue(name: str) -> None:
	"""Queue the work. Two workers do not disturb each other: the second finds the lock taken and goes."""
	job_id = f"duplicates-{name}-{now_datetime():%Y%m%d%H%M}"
	one_worker.queue("social_care.registry.matching.run.run", HOURS, job_id, name=name)


def run(name: str) -> None:
	"""The job: part by part until there is none left."""
	with one_worker.alone(_lock()) as is_alone:
		if not is_alone or not frappe.db.exists(SEARCH, {"name": name, "status": ["in", UNFINISHED]}):
			return
		people = read_people()
		_begin(name, len(people))
		frappe.db.commit()  # what is known before the first part
		while _next_part(name, people):
			frappe.db.commit()  # the bound of a part
		frappe.db.set_value(SEARCH, name, {"status": "Finished", "finished_on": now()})
		frappe.db.commit()  # the end of the job


def read_people() -> pa.Table:
	"""What is compared of all persons, folded chunk by chunk."""
	return pa.concat_tables([*columns.all_stored()] or [columns.as_table([])])


def _begin(name: str, people: int) -> None:
	known = frappe.db.get_value(SEARCH, name, ["status", "parts"], as_dict=True)
	if known.status == "Waiting":
		parts = -(-people // PEOPLE_IN_PART)
		frappe.db.set_value(
			SEARCH, name, {"status": "Working", "started_on": now(), "people": people, "parts": parts}
		)


def _next_part(name: str, people: pa.Table) -> bool:
	"""Compare one part with everybody; False where none is left."""
	at = frappe.db.get_value(SEARCH, name, ["parts", "done", "opened"], as_dict=True, for_update=True)
	if at.done >= at.parts:
		return False
	found = search.pairs(people, near.least_weight(), (at.done + 1, at.parts))
	opened = pairs.open_found(found)
	frappe.db.set_value(SEARCH, name, {"done": at.done + 1, "opened": at.opened + opened})
	return True


def _lock() -> str:
	return f"duplicates:{frappe.conf.db_name}"[:64]

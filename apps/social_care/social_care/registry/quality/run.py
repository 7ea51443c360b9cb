"""All records checked anew: by night, after rules were changed, and when somebody asks for it.

A run is a row of Data Quality Run that says how far it is. Each chunk is committed with that position, so a worker may be
ended at any moment: the next one goes on from there, and what was done twice is the same.
"""

import frappe
from frappe.utils import now, now_datetime

from social_care import one_worker
from social_care.registry.quality import history, keeping, rules
from social_care.registry.quality.records import record_types

RUN = "Data Quality Run"
NIGHTLY, CHANGED = "Nightly", "Rules Changed"
UNFINISHED = ("Waiting", "Working")
AT_ONCE = 2000
HOURS = 6


def is_current() -> bool:
	"""Whether what is kept was found by the rules that count today; one query and those of the rules.

	While the nightly run goes on it is: the rules are the same as yesterday.
	"""
	rows = frappe.get_all(  # a fact about the site
		RUN, fields=["status", "reason", "digest"], order_by="creation desc, name desc", limit=5
	)
	for row in rows:
		if row.status == "Finished":
			return row.digest == rules.digest()
		if row.reason == CHANGED:
			return False
	return False


def request(reason: str) -> str:
	"""A run that waits for a worker. Changed rules begin anew what is under way; otherwise that one is given back."""
	unfinished = frappe.get_all(RUN, {"status": ["in", UNFINISHED]}, pluck="name", order_by="creation asc")
	if unfinished and reason != CHANGED:
		return unfinished[-1]
	if unfinished:
		frappe.db.delete(RUN, {"name": ["in", unfinished]})
	doc = frappe.get_doc({"doctype": RUN, "reason": reason, "status": "Waiting"})
	return doc.insert(ignore_permissions=True).name  # nobody makes runs by hand


def is_waiting() -> bool:
	"""Whether a run after changed rules waits already."""
	return bool(frappe.db.exists(RUN, {"status": ["in", UNFINISHED], "reason": CHANGED}))


def enqueue_nightly() -> None:
	"""Scheduler: every night."""
	enqueue(request(NIGHTLY))


def resume_stopped() -> None:
	"""Scheduler: what waits, and what has no worker any more."""
	one_worker.queue_again(RUN, {"status": ["in", UNFINISHED]}, _lock(), enqueue)


def enqueue(name: str) -> None:
	"""Queue the work of a run. Two workers do not disturb each other: the second finds the lock taken and goes."""
	job_id = f"quality-{name}-{now_datetime():%Y%m%d%H%M}"
	one_worker.queue("social_care.registry.quality.run.run", HOURS, job_id, name=name)


def run(name: str) -> None:
	"""The job: chunks until there are no more, then what is left over, and the row of the day for each institution."""
	with one_worker.alone(_lock()) as is_alone:
		if not is_alone or not frappe.db.exists(RUN, {"name": name, "status": ["in", UNFINISHED]}):
			return
		_begin(name)
		for record_type in record_types():
			while _next_chunk(name, record_type):
				frappe.db.commit()  # the bound of a chunk
		if frappe.db.exists(RUN, name):
			_finish(name)
			frappe.db.commit()  # the end of the job


def _begin(name: str) -> None:
	values = frappe.db.get_value(RUN, name, ["status", "started_on"], as_dict=True)
	if values.status == "Waiting":
		total = sum(frappe.db.count(record_type) for record_type in record_types())
		started = {"status": "Working", "started_on": now(), "of": total, "digest": rules.digest()}
		frappe.db.set_value(RUN, name, started)


def _next_chunk(name: str, record_type: str) -> bool:
	"""One chunk of a type of records; False where there is none left, or the run was called off."""
	at = frappe.db.get_value(
		RUN, name, ["record_type", "position", "done", "opened", "closed"], as_dict=True, for_update=True
	)
	order = list(record_types())
	if not at or (at.record_type in order and order.index(at.record_type) > order.index(record_type)):
		return False
	after = at.position if at.record_type == record_type else ""
	names = frappe.get_all(  # of all records, by the clock
		record_type, {"name": [">", after or ""]}, pluck="name", order_by="name asc", limit=AT_ONCE
	)
	if not names:
		return False
	opened, closed = keeping.refresh(record_type, names)
	told = {"record_type": record_type, "position": names[-1], "done": at.done + len(names)}
	frappe.db.set_value(RUN, name, told | {"opened": at.opened + opened, "closed": at.closed + closed})
	return True


def _finish(name: str) -> None:
	closed = keeping.remove_left_over()
	history.keep_today()
	at = frappe.db.get_value(RUN, name, ["closed", "done"], as_dict=True)
	ended = {"status": "Finished", "finished_on": now(), "closed": at.closed + closed, "of": at.done}
	frappe.db.set_value(RUN, name, ended)


def _lock() -> str:
	return f"quality:{frappe.conf.db_name}"[:64]

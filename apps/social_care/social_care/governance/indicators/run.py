"""All indicators computed: by night, and when somebody asks for it.

A run is a row of Indicator Run that says how far it is. Each indicator is committed with that position, so a worker may be
ended at any moment: the next one goes on from there, and what is computed twice is written once.
"""

import frappe
from frappe.utils import now, now_datetime

from social_care import one_worker
from social_care.governance.indicators import keeping
from social_care.governance.indicators.cells import Tree

RUN = "Indicator Run"
NIGHTLY, CHANGED, ASKED = "Nightly", "Definition Changed", "Asked For"
UNFINISHED = ("Waiting", "Working")
HOURS = 2


def request(reason: str, only: str | None = None) -> str:
	"""A run that waits for a worker; one that waits for the same is given back."""
	waiting = {"status": "Waiting", "only_indicator": only or ["is", "not set"]}
	if found := frappe.db.exists(RUN, waiting):
		return found
	values = {"doctype": RUN, "reason": reason, "status": "Waiting", "only_indicator": only}
	return frappe.get_doc(values).insert(ignore_permissions=True).name  # nobody makes runs by hand


def ask(only: str | None = None) -> str:
	"""A run on demand, for whoever may change indicators. Raises PermissionError, and DoesNotExistError for an unknown code."""
	if not frappe.has_permission(keeping.INDICATOR, "write"):
		raise frappe.PermissionError
	if only and not frappe.db.exists(keeping.INDICATOR, only):
		raise frappe.DoesNotExistError
	name = request(ASKED, only)
	enqueue(name)
	return name


def enqueue_counting() -> None:
	"""Scheduler: every night."""
	enqueue(request(NIGHTLY))


def resume_counting() -> None:
	"""Scheduler: what waits, and what has no worker any more."""
	one_worker.queue_again(RUN, {"status": ["in", UNFINISHED]}, _lock(), enqueue)


def enqueue(name: str) -> None:
	"""Queue the work of a run. Two workers do not disturb each other: the second finds the lock taken and goes."""
	job_id = f"indicators-{name}-{now_datetime():%Y%m%d%H%M}"
	one_worker.queue("social_care.governance.indicators.run.run", HOURS, job_id, name=name)


def run(name: str) -> None:
	"""The job: one indicator after another, each with its commit."""
	with one_worker.alone(_lock()) as is_alone:
		if not is_alone or not frappe.db.exists(RUN, {"name": name, "status": ["in", UNFINISHED]}):
			return
		codes, tree = begin(name), Tree()
		frappe.db.commit()  # whoever looks sees that it began
		for code in codes:
			step(name, code, tree)
			frappe.db.commit()  # the bound of a chunk
		keeping.thin()
		frappe.db.set_value(RUN, name, {"status": "Finished", "finished_on": now()})
		frappe.db.commit()  # the end of the job


def begin(name: str) -> list[str]:
	"""Codes of the indicators that are still to be computed, in order."""
	row = frappe.db.get_value(RUN, name, ["only_indicator", "position", "status"], as_dict=True)
	filters = {"disabled": 0, "kind": ["!=", keeping.NOT_YET]}
	if row.only_indicator:
		filters["name"] = row.only_indicator
	codes = frappe.get_all(keeping.INDICATOR, filters, pluck="name", order_by="name asc")
	if row.status == "Waiting":
		frappe.db.set_value(RUN, name, {"status": "Working", "started_on": now(), "of": len(codes)})
	return [code for code in codes if code > (row.position or "")]


def step(name: str, code: str, tree: Tree) -> None:
	"""One indicator. One that cannot be computed keeps its earlier values and is named in the run; the others go on."""
	at = frappe.db.get_value(RUN, name, ["done", "rows_written", "failed"], as_dict=True, for_update=True)
	failed, written = at.failed or "", 0
	frappe.db.savepoint("indicator")
	try:
		written = keeping.compute(code, tree)
	except Exception:
		frappe.db.rollback(save_point="indicator")
		frappe.log_error(title=f"Indicator {code} could not be computed")
		failed = f"{failed}, {code}".strip(", ")
	told = {"position": code, "done": at.done + 1, "rows_written": at.rows_written + written}
	frappe.db.set_value(RUN, name, told | {"failed": failed})


def _lock() -> str:
	return f"indicators:{frappe.conf.db_name}"[:64]

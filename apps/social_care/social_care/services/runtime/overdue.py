"""Hourly: requests whose day has passed are marked, and those who are to be told are told. Only enqueued by the scheduler."""

import frappe
from frappe.utils import nowdate

from social_care.services import versions
from social_care.services.runtime import due_soon, people
from social_care.services.versions import state_named

CHUNK = 200


def enqueue() -> None:
	"""Look at every service in a job of its own queue; one at a time."""
	frappe.enqueue(
		"social_care.services.runtime.overdue.mark_all",
		queue="long",
		job_id="social_care_overdue_requests",
		deduplicate=True,
	)


def mark_all() -> int:
	"""Mark what is overdue of all services and tell what soon will be; returns how many are marked.

	Ended anywhere, the next run does the rest.
	"""
	count = 0
	for doctype in request_types():
		count += mark(doctype)
		due_soon.tell(doctype)
	return count


def request_types() -> list[str]:
	"""Record types of requests that packs have made, whether their services take new ones or not."""
	types = frappe.get_all(  # the catalogue
		"Service", filters={"request_type": ["is", "set"]}, pluck="request_type", order_by="name asc"
	)
	return [
		name
		for name in types
		if frappe.db.table_exists(name) and frappe.get_meta(name).has_field("pack_version")
	]


def mark(doctype: str) -> int:
	"""Overdue requests of one type, in chunks by their names. Waiting ones have no day that could pass."""
	count, last = 0, ""
	while names := _late(doctype, after=last):
		count += mark_chunk(doctype, names)
		frappe.db.commit()  # a chunk is done
		last = names[-1]
	return count


def mark_chunk(doctype: str, names: list[str]) -> int:
	"""Mark these; returns how many. One that cannot be marked is noted and left to the next run, the others are marked."""
	count = 0
	for name in names:
		frappe.db.savepoint("overdue")
		try:
			_mark_one(doctype, name)
			count += 1
		except Exception:
			frappe.db.rollback(save_point="overdue")
			frappe.log_error(title="Marking overdue requests", reference_doctype=doctype, reference_name=name)
	return count


def _late(doctype: str, after: str = "") -> list[str]:
	table, entry = frappe.qb.DocType(doctype), frappe.qb.DocType("Service Clock Entry")
	query = (
		frappe.qb.from_(table)
		.join(entry)
		.on((entry.parent == table.name) & (entry.parenttype == doctype))
		.select(table.name)
		.where((table.overdue == 0) & (table.due_on < nowdate()) & table.closed_on.isnull())
		.where(entry.left_on.isnull() & (entry.kind == "Running"))
		.where(table.name > after)
		.orderby(table.name)
		.limit(CHUNK)
	)
	return [name for (name,) in query.run()]


def _mark_one(doctype: str, name: str) -> None:
	"""Through the controller, so that the notices of the pack go out and the change is in the history."""
	doc = frappe.get_doc(doctype, name)
	pack = versions.at(doc.service, doc.pack_version)
	doc.flags.by_system = True
	doc.overdue = 1
	doc.asked_users = "\n".join(_told(doc, pack))
	doc.db_set({"overdue": 1, "asked_users": doc.asked_users}, notify=False)
	doc.run_method("on_change")


def _told(doc, pack: dict) -> list[str]:
	state = state_named(pack, doc.status)
	to = {part for row in pack["notifications"] if row["on"].get("overdue") for part in row["to"]}
	to |= {f"role:{role}" for role in (*pack["clock"]["escalate_to"], *state["escalate_to"])}
	return people.receivers(doc, pack, to, state)

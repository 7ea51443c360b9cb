"""Hourly: whoever works on a request is told once that its last day is near, as many days before as its pack says.

Told for one day: a day that moves (waiting, a late holiday) is told again when it is near. A service that has no more
days than the warning warns on the day after the request came.
"""

from collections.abc import Iterator
from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.translate import get_user_lang
from frappe.utils import formatdate, getdate, nowdate

from social_care.registry.notices import notify
from social_care.services import versions
from social_care.services.runtime import people
from social_care.services.versions import state_named
from social_care.services.working_days import due_day

CHUNK = 200


def tell(doctype: str) -> int:
	"""Tell of the requests of one type, in chunks by their names; returns how many. Ended anywhere, the next run goes on."""
	count = 0
	for version, last_day in _near(doctype):
		last = ""
		while rows := _unknown(doctype, version, last_day, after=last):
			count += tell_chunk(doctype, rows)
			last = rows[-1][0]
			frappe.db.commit()  # a chunk is done
	return count


def _near(doctype: str) -> Iterator[tuple[int, date]]:
	"""Versions with open requests, each with the day up to which last days are near today."""
	service = frappe.db.get_value("Service", {"request_type": doctype})
	for version, pack in versions.living(service).items() if service else ():
		days = days_before(pack)
		if days:
			yield version, due_day(getdate(nowdate()), days, pack["clock"]["basis"])


def days_before(pack: dict) -> int:
	"""How many days before the last one the notice goes out; 0 where there is none."""
	return min(pack["clock"]["warn_days"], pack["clock"]["days"] - 1)


def _unknown(doctype: str, version: int, last_day: date, after: str = "") -> list[tuple[str, str]]:
	"""(request, its present stay) of a chunk that is near and was not told for its day. Waiting ones have no day."""
	table, entry = frappe.qb.DocType(doctype), frappe.qb.DocType("Service Clock Entry")
	query = (
		frappe.qb.from_(table)
		.join(entry)
		.on((entry.parent == table.name) & (entry.parenttype == doctype))
		.select(table.name, entry.name)
		.where((table.overdue == 0) & table.closed_on.isnull() & (table.pack_version == version))
		.where((table.due_on >= nowdate()) & (table.due_on <= last_day))
		.where(entry.left_on.isnull() & (entry.kind == "Running"))
		.where(entry.warned_for.isnull() | (entry.warned_for != table.due_on))
		.where(table.name > after)
		.orderby(table.name)
		.limit(CHUNK)
	)
	return list(query.run())


def tell_chunk(doctype: str, rows: list[tuple[str, str]]) -> int:
	"""Tell of these; returns how many. One that cannot be told is noted and left to the next run."""
	count = 0
	for name, stay in rows:
		frappe.db.savepoint("due_soon")
		try:
			count += _tell_one(frappe.get_doc(doctype, name), stay)
		except Exception:
			frappe.db.rollback(save_point="due_soon")
			frappe.log_error(
				title="Telling of requests due soon", reference_doctype=doctype, reference_name=name
			)
	return count


def _tell_one(doc: Document, stay: str) -> bool:
	"""Whether there is somebody to tell; where nobody works at the place yet, the next run looks again."""
	users = working_on(doc, versions.at(doc.service, doc.pack_version))
	for user in users:
		sentence = _("The last day of request {0} is {1}.", lang=get_user_lang(user))
		notify([user], sentence.format(doc.name, formatdate(doc.due_on)), doc.doctype, doc.name)
	if users:
		frappe.db.set_value("Service Clock Entry", stay, "warned_for", doc.due_on, update_modified=False)
	return bool(users)


def working_on(doc: Document, pack: dict) -> list[str]:
	"""Whoever edits the request or takes its next step where it stands; of these only those it is assigned to, if any."""
	state = state_named(pack, doc.status)
	found = people.receivers(doc, pack, {"next", *(f"role:{role}" for role in state["editors"])}, state)
	assigned = set(frappe.parse_json(doc.get("_assign") or "[]"))
	return [user for user in found if user in assigned] or found

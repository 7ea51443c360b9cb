"""The jobs of imports, one at a time on a site: rows look for their equals among those of others.

Each goes on from what is committed, so a worker may be ended at any moment: rows are stored with the position, and a file
with the outcome of its row.
"""

from collections.abc import Callable

import frappe
from frappe import _
from frappe.translate import get_user_lang

from social_care import one_worker
from social_care.cash_support.reading import UnreadableError
from social_care.registry.legacy import (
	APPLIED,
	APPLYING,
	BROKEN,
	CHECKED,
	CHECKING,
	IMPORT,
	applying,
	checking,
	rights,
)

UNFINISHED = (CHECKING, APPLYING)


def lock() -> str:
	"""The name of the lock."""
	return f"legacy-imports:{frappe.conf.db_name}"[:64]


def run(name: str) -> None:
	"""Job: the rows that are left to check or to apply, as the one who asked for it."""
	with one_worker.alone(lock()) as is_alone:
		fields = ["status", "uploaded_by", "applied_by"]
		doc = frappe.db.get_value(IMPORT, name, fields, as_dict=True) if is_alone else None
		if not doc or doc.status not in UNFINISHED:
			return
		session = frappe.session.user
		try:
			if doc.status == CHECKING:
				_as(doc.uploaded_by, lambda: _check(name))
			else:
				_as(doc.applied_by, lambda: _apply(name))
		finally:
			frappe.set_user(session)


def _as(user: str, step: Callable[[], None]) -> None:
	frappe.set_user(user)
	frappe.local.lang = get_user_lang(user)  # a job has no request that says it
	step()


def _check(name: str) -> None:
	try:
		checking.check(name)
	except UnreadableError:
		frappe.db.rollback()  # of the chunk that failed
		position = frappe.db.get_value(IMPORT, name, "position")
		told = _("The file cannot be read to its end; its rows were taken up to row {0}.").format(position)
		frappe.db.set_value(IMPORT, name, {"status": BROKEN, "failure": told})
		frappe.db.commit()  # the end of the job


def _apply(name: str) -> None:
	"""Whose right has ended meanwhile applies nothing more."""
	try:
		rights.opened(name, rights.DECIDERS)
	except frappe.PermissionError:
		frappe.clear_messages()
		told = _("Whoever began to apply the rows may do so no more.")
		frappe.db.set_value(IMPORT, name, {"status": CHECKED, "failure": told})
		frappe.db.commit()  # the end of the job
		return
	while applying.next_chunk(name):
		pass
	frappe.db.set_value(IMPORT, name, {"status": APPLIED, "progress": 100})
	tell(name)
	frappe.db.commit()  # the end of the job


def tell(name: str) -> None:
	"""People who look at the import may read it anew."""
	frappe.publish_realtime("legacy_import", {"name": name}, doctype=IMPORT, docname=name, after_commit=True)


def resume() -> None:
	"""Scheduler, every ten minutes: what waits, and what has no worker any more."""
	from social_care.registry.legacy.receiving import enqueue

	one_worker.queue_again(IMPORT, {"status": ["in", UNFINISHED]}, lock(), enqueue)

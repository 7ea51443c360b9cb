"""Work that one worker does at a time, by MariaDB's own lock, which goes with the connection of whoever holds it, and how it is queued.

Of two workers with the same work the second finds the lock taken and goes.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import frappe


def is_held(lock: str) -> bool:
	"""Whether a worker holds the lock now."""
	return not frappe.db.sql("select is_free_lock(%s)", (lock,))[0][0]


@contextmanager
def alone(lock: str) -> Iterator[bool]:
	"""Hold the lock; False, without waiting, where another worker does."""
	taken = frappe.db.sql("select get_lock(%s, 0)", (lock,))[0][0]
	try:
		yield bool(taken)
	finally:
		if taken:
			frappe.db.sql("select release_lock(%s)", (lock,))


def queue(method: str, hours: int, job_id: str, **arguments: str) -> None:
	"""Queue a function for the next worker, once the transaction stands; of one id one job waits at most."""
	frappe.enqueue(
		method,
		queue="long",
		timeout=hours * 3600,
		enqueue_after_commit=True,
		job_id=job_id,
		deduplicate=True,
		**arguments,
	)


def queue_again(doctype: str, waiting: dict, lock: str, enqueue: Callable[[str], None]) -> None:
	"""Queue the records that wait or have no worker any more, the oldest first; none while a worker holds the lock."""
	if is_held(lock):
		return
	for name in frappe.get_all(doctype, waiting, pluck="name", order_by="creation asc"):  # by the scheduler
		enqueue(name)

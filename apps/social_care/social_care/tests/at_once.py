"""Calls that begin in the same instant, each in a connection of its own, as requests of several users do."""

import threading
from collections.abc import Callable

import frappe

LOST = (frappe.ValidationError, frappe.PermissionError, frappe.QueryDeadlockError, frappe.QueryTimeoutError)


def together(*calls: Callable[[], object]) -> list[str]:
	"""How each call ended, "done" or "refused", in order of the words."""
	outcomes, start = [], threading.Barrier(len(calls))
	threads = [
		threading.Thread(target=_attempt, args=(frappe.local.site, call, start, outcomes)) for call in calls
	]
	for thread in threads:
		thread.start()
	for thread in threads:
		thread.join(90)
	return sorted(outcomes)


def _attempt(site: str, call: Callable[[], object], start: threading.Barrier, outcomes: list[str]) -> None:
	frappe.init(site=site)
	frappe.connect()
	try:
		start.wait(30)
		call()
		frappe.db.commit()
		outcomes.append("done")
	except LOST:
		frappe.db.rollback()
		outcomes.append("refused")
	finally:
		frappe.destroy()

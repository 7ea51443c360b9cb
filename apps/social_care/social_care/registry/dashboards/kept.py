"""Answers of questions that take long, kept for some minutes (Social Care Settings).

An answer is kept under the whole text of its question. The text holds the condition of the reader's scope, so who shares an
answer has asked for the same rows, and nobody gets the answer to another question. What is counted quickly, as
all figures of an institution, is counted anew each time.
"""

import hashlib
import time
from datetime import datetime

import frappe
from frappe.utils import cint, now_datetime

SLOW = 0.5  # seconds from which an answer is kept
ASKED = "social_care_slow_figures"
ASKED_FOR = (
	12 * 60 * 60
)  # seconds for which the nation's figures are counted ahead after somebody waited for some


def rows_of(query: str) -> list[frappe._dict]:
	"""The rows that answer a question of `social_care.registry.dashboards.rows`."""
	minutes, key = cint(frappe.get_cached_doc("Social Care Settings").figures_kept_minutes), key_of(query)
	kept = minutes and not frappe.flags.figures_anew and frappe.cache.get_value(key, expires=True)
	if kept:
		_note(kept["at"])
		return kept["rows"]
	at, begun = now_datetime(), time.perf_counter()
	rows = frappe.db.sql(query, as_dict=True)  # written by the caller and by social_care.scope
	if minutes and time.perf_counter() - begun >= SLOW:
		frappe.cache.set_value(key, {"at": at, "rows": rows}, expires_in_sec=60 * minutes)
		if not frappe.flags.figures_anew:
			frappe.cache.set_value(ASKED, 1, expires_in_sec=ASKED_FOR)
	return rows


def key_of(query: str) -> str:
	"""Where the answer to a question is kept; tells nothing of the question."""
	return f"social_care_figures:{hashlib.sha256(query.encode()).hexdigest()}"


def _note(at: datetime) -> None:
	oldest = getattr(frappe.local, "social_care_counted_at", None)
	frappe.local.social_care_counted_at = min(at, oldest) if oldest else at


def counted_at() -> str | None:
	"""When the oldest kept answer since the last call was counted; None where all was counted just now."""
	oldest = getattr(frappe.local, "social_care_counted_at", None)
	frappe.local.social_care_counted_at = None
	return str(oldest.replace(microsecond=0)) if oldest else None


def enqueue() -> None:
	"""Scheduler: count the nation ahead, where somebody had to wait for its figures lately."""
	if frappe.cache.get_value(ASKED, expires=True):
		frappe.enqueue(
			"social_care.registry.dashboards.kept.count_ahead",
			queue="long",
			job_id="social_care_figures_ahead",
			deduplicate=True,
		)


def count_ahead() -> None:
	"""The figures of readers of the whole country, counted anew and kept."""
	from social_care.registry.dashboards import headquarters

	frappe.flags.figures_anew = True
	try:
		headquarters.dashboard()
	finally:
		frappe.flags.figures_anew = False

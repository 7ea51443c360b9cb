"""The job that loads a list: chunks of rows, each committed with the batch's position, so that a worker or the database may be
ended at any moment. The next worker goes on from there; the end is the same, row by row, whatever happened on the way."""

import gc
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import now, now_datetime

from social_care import one_worker
from social_care.cash_support import files, lists, reading
from social_care.cash_support.cleaning import Cleaner
from social_care.cash_support.lists import Row
from social_care.cash_support.rounds import FrozenRoundError
from social_care.cash_support.storing import insert
from social_care.cash_support.takers import TAKERS, Taker
from social_care.registry.roll.cells import tidy

BATCH, REJECTED = "Beneficiary Import Batch", "Beneficiary Rejected Row"
AT_ONCE = 5000
HOURS = 6
UNFINISHED, BROKEN = ("Uploaded", "Loading"), "Not Readable"
COUNTS = ("rows_read", "rows_taken", "rows_known", "rows_rejected", "rows_corrected")
FIELDS = (
	*("name", "contents", "campaign", "programme", "support_round", "org_unit", "status"),
	*("uploaded_by", "creation", "position", "ending", "layout", *COUNTS),
)
MOST_IN_CELL = 500
UNREADABLE = "The file cannot be read to its end; its rows were taken up to row {0}."
FROZEN = "The round was submitted meanwhile; the rows of the list were taken up to row {0}."


def enqueue(name: str) -> None:
	"""Queue the work of a batch. Of two workers the second finds the lock taken and goes."""
	job_id = f"beneficiary-list-{name}-{now_datetime():%Y%m%d%H%M}"
	one_worker.queue("social_care.cash_support.loading.run", HOURS, job_id, name=name)


def resume() -> None:
	"""Scheduler: what waits, and what has no worker any more."""
	one_worker.queue_again(BATCH, {"status": ["in", UNFINISHED]}, lock(), enqueue)


def lock() -> str:
	"""One list at a time on a site: rows look for their equals among those of others."""
	return f"beneficiary-lists:{frappe.conf.db_name}"[:64]


def run(name: str) -> None:
	"""The job: the rows that are left, and the end of the batch."""
	with one_worker.alone(lock()) as is_alone:
		batch = frappe.db.get_value(BATCH, name, FIELDS, as_dict=True) if is_alone else None
		if batch and batch.status in UNFINISHED:
			_end(batch)
			files.remove(batch)


def _end(batch: frappe._dict) -> None:
	"""Load what is left; what no later worker could do better ends the batch with a sentence."""
	try:
		with _uncollected():
			_load(batch)
	except (reading.UnreadableError, FrozenRoundError) as error:
		frappe.db.rollback()  # of the chunk that failed
		sentence = FROZEN if isinstance(error, FrozenRoundError) else UNREADABLE
		language = frappe.db.get_value("User", batch.uploaded_by, "language")
		position = frappe.db.get_value(BATCH, batch.name, "position")
		told = _(sentence, lang=language).format(position)
		frappe.db.set_value(BATCH, batch.name, {"status": BROKEN, "failure": told, "finished_on": now()})
		frappe.db.commit()  # the end of the job


@contextmanager
def _uncollected() -> Iterator[None]:
	"""Rows hold no circles, and a tenth of the time would go into looking for some."""
	was_enabled = gc.isenabled()
	gc.disable()
	try:
		yield
	finally:
		if was_enabled:
			gc.enable()


def _load(batch: frappe._dict) -> None:
	if batch.status == "Uploaded":
		frappe.db.set_value(BATCH, batch.name, {"status": "Loading", "started_on": now()})
	layout = reading.parsed(batch.layout)
	taker, cleaner = TAKERS[batch.contents](batch), Cleaner()
	rows = reading.rows(Path(files.path(batch)), layout, batch.position)
	for part in _ahead(_cleaned(rows, lists.columns(batch.contents), cleaner)):
		_chunk(batch, part, taker)
		share = 100 * (batch.position - layout.head) / max(layout.rows - layout.head, 1)
		_keep(batch, progress=min(share, 99))
		frappe.db.commit()  # the bound of a chunk
	_keep(batch, progress=100, status="Finished", finished_on=now())
	frappe.db.commit()  # the end of the job


def _cleaned(rows: Iterator[Row], own: tuple[lists.Column, ...], cleaner: Cleaner) -> Iterator[list[Row]]:
	while part := list(islice(rows, AT_ONCE)):
		yield [lists.clean(row, own, cleaner) for row in part]


def _ahead(parts: Iterator[list[Row]]) -> Iterator[list[Row]]:
	"""The same parts; the next one is read and cleaned in a thread, without the database, while one is stored."""
	with ThreadPoolExecutor(1) as pool:
		coming = pool.submit(next, parts, None)
		while (part := coming.result()) is not None:
			coming = pool.submit(next, parts, None)
			yield part


def _keep(batch: frappe._dict, **values) -> None:
	"""Counts and position, and that people who look at the batch may read it anew."""
	told = {field: batch[field] for field in ("position", *COUNTS)} | values
	frappe.db.set_value(BATCH, batch.name, told)
	frappe.publish_realtime(
		"beneficiary_list", {"name": batch.name}, doctype=BATCH, docname=batch.name, after_commit=True
	)


def _chunk(batch: frappe._dict, rows: list[Row], taker: Taker) -> None:
	taken, known = taker.take(rows)
	rejected = [row for row in rows if row.faults]
	_reject(batch, rejected)
	batch.update(
		{
			"position": rows[-1].number,
			"rows_read": batch.rows_read + len(rows),
			"rows_taken": batch.rows_taken + taken,
			"rows_known": batch.rows_known + known,
			"rows_rejected": batch.rows_rejected + len(rejected),
			"rows_corrected": batch.rows_corrected + _close_corrected(batch, rows),
		}
	)


def _reject(batch: frappe._dict, rows: list[Row]) -> None:
	"""Keep the rows that were not taken as they came, with the reason of each cell."""
	at, user = batch.creation, batch.uploaded_by
	columns = ("name", "creation", "modified", "owner", "modified_by", "batch", "sheet_row", "state")
	values = [
		(
			*(f"{batch.name}-R{row.number:07d}", at, at, user, user, batch.name, row.number, "Open"),
			json.dumps({key: _cell(raw) for key, raw in row.cells.items()}, ensure_ascii=False),
			json.dumps(row.faults),
		)
		for row in rows
	]
	insert(REJECTED, (*columns, "cells", "faults"), values)


def _cell(raw) -> str:
	return "" if raw is None else tidy(raw)[:MOST_IN_CELL]


def _close_corrected(batch: frappe._dict, rows: list[Row]) -> int:
	"""Rejected rows of earlier batches of the same list that stand corrected among the rows; how many."""
	names = sorted({row.corrects for row in rows if row.corrects and not row.faults})
	if not names:
		return 0
	found = frappe.db.sql(
		"""select rejected.`name` from `tabBeneficiary Rejected Row` rejected
		join `tabBeneficiary Import Batch` earlier on earlier.`name` = rejected.`batch`
		where rejected.`name` in %(names)s and rejected.`state` = 'Open' and earlier.`contents` = %(contents)s
			and earlier.`org_unit` = %(org_unit)s
			and ifnull(earlier.`campaign`, '') = %(campaign)s and ifnull(earlier.`programme`, '') = %(programme)s""",
		{
			"names": names,
			"contents": batch.contents,
			"org_unit": batch.org_unit,
			"campaign": batch.campaign or "",
			"programme": batch.programme or "",
		},
		pluck=True,
	)
	if found:
		frappe.db.set_value(REJECTED, {"name": ["in", found]}, "state", "Corrected", update_modified=False)
	return len(found)

"""A file of answers: kept, looked at, and loaded in chunks that are each committed with the file's position.

The worker or the database may be ended at any moment: the next worker goes on from there. A file may come twice, in parts,
with rows of others in it: an answer counts once, for the question that its key and code belong to.
"""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from social_care import one_worker
from social_care.cash_support import files, lists, reading
from social_care.cash_support.cleaning import Cleaner
from social_care.registry.roll import package
from social_care.registry.verification import (
	ANSWERS,
	BATCH,
	SOURCE,
	batches,
	columns,
	counting,
	rights,
	sources,
)
from social_care.registry.verification.columns import CONTENTS
from social_care.registry.verification.storing import Store, Taken

AT_ONCE = 2000
UNFINISHED = ("Uploaded", "Loading")
MOST_REASONS = 2000  # rows of which the reason is kept; all are counted
FIELDS = (
	*("name", "batch", "status", "position", "ending", "layout", "uploaded_by", "rejected"),
	*("rows_read", "rows_taken", "rows_known", "rows_open", "rows_rejected"),
)
UNREADABLE = "The file cannot be read to its end; its rows were taken up to row {0}."


def receive(batch: str, file_name: str, source: BinaryIO) -> Document:
	"""Keep a file of answers and begin to load it. Raises UnfitWorkbookError with a sentence before anything is kept."""
	asked = rights.asked(BATCH, batch)
	batches.check_open(asked.status)
	ending = Path(file_name.lower()).suffix
	if ending not in reading.ENDINGS:
		package.refuse(_("Upload a workbook (xlsx) or a text table (csv)."))
	doc = frappe.new_doc(ANSWERS)
	doc.update({"batch": batch, "ending": ending, "uploaded_by": frappe.session.user})
	doc.insert(ignore_permissions=True)  # asked above
	try:
		doc.digest = files.store(doc, source)
		layout = reading.examine(files.path(doc), CONTENTS)
	except Exception:
		files.remove(doc)
		raise
	doc.layout = layout.text()
	if layout.unknown:
		doc.notices = _("Columns that were left out: {0}").format("، ".join(layout.unknown[:20]))
	doc.save(ignore_permissions=True)
	enqueue(doc.name)
	return doc


def enqueue(name: str) -> None:
	"""Queue the loading of a file."""
	job_id = f"identity-answers-{name}-{now_datetime():%Y%m%d%H%M}"
	one_worker.queue("social_care.registry.verification.loading.run", batches.HOURS, job_id, name=name)


def run(name: str) -> None:
	"""The job: the rows that are left, and the end of the file."""
	with one_worker.alone(batches.lock()) as is_alone:
		doc = frappe.db.get_value(ANSWERS, name, FIELDS, as_dict=True) if is_alone else None
		if doc and doc.status in UNFINISHED:
			_end(doc)
			files.remove(doc)


def _end(doc: frappe._dict) -> None:
	try:
		_load(doc)
	except reading.UnreadableError:
		frappe.db.rollback()  # of the chunk that failed
		position = frappe.db.get_value(ANSWERS, doc.name, "position")
		language = frappe.db.get_value("User", doc.uploaded_by, "language")
		told = _(UNREADABLE, lang=language).format(position)
		frappe.db.set_value(ANSWERS, doc.name, {"status": "Not Readable", "failure": told})
		frappe.db.commit()  # the end of the job


def _load(doc: frappe._dict) -> None:
	source = frappe.get_doc(SOURCE, frappe.db.get_value(BATCH, doc.batch, "source"))
	connector, layout, store = (
		sources.connector_of(source),
		reading.parsed(doc.layout),
		Store(doc.batch, source),
	)
	rows = reading.rows(Path(files.path(doc)), layout, doc.position)
	for part in _parts(rows):
		cleaner = Cleaner()
		answers = [columns.clean(answer, cleaner) for answer in connector.read(part)]
		_keep(doc, part, store.take(answers), layout)
		frappe.db.commit()  # the bound of a chunk
	frappe.db.set_value(ANSWERS, doc.name, {"status": "Finished", "progress": 100})
	waits = counting.of(doc.batch)["waiting"]
	counting.keep(doc.batch, **({} if waits else {"status": "Finished"}))
	_tell(doc.name)
	frappe.db.commit()  # the end of the job


def _parts(rows: Iterator[lists.Row]) -> Iterator[list[lists.Row]]:
	while part := list(islice(rows, AT_ONCE)):
		yield part


def _keep(doc: frappe._dict, part: list[lists.Row], taken: Taken, layout: reading.Layout) -> None:
	reasons = json.loads(doc.rejected or "[]")
	reasons += taken.rejected[: MOST_REASONS - len(reasons)]
	doc.update(
		{
			"status": "Loading",
			"position": part[-1].number,
			"rows_read": (doc.rows_read or 0) + len(part),
			"rows_taken": (doc.rows_taken or 0) + taken.taken,
			"rows_known": (doc.rows_known or 0) + taken.known,
			"rows_open": (doc.rows_open or 0) + taken.open,
			"rows_rejected": (doc.rows_rejected or 0) + len(taken.rejected),
			"rejected": json.dumps(reasons),
		}
	)
	share = 100 * (doc.position - layout.head) / max(layout.rows - layout.head, 1)
	told = {
		field: doc[field] for field in FIELDS if field.startswith("rows_") or field in ("status", "position")
	}
	frappe.db.set_value(ANSWERS, doc.name, told | {"rejected": doc.rejected, "progress": min(share, 99)})
	counting.keep(doc.batch)
	_tell(doc.name)


def _tell(name: str) -> None:
	frappe.publish_realtime(
		"identity_answers", {"name": name}, doctype=ANSWERS, docname=name, after_commit=True
	)

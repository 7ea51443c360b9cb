"""A file of an old registry arrives: kept, its headings found, its mapping proposed. Nothing is read of its rows yet."""

from pathlib import Path
from typing import BinaryIO

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from social_care import one_worker
from social_care.cash_support import files, reading
from social_care.cash_support.lists import REJECTED_HEADING, REJECTED_KEY
from social_care.registry.arabic import normalise
from social_care.registry.legacy import (
	APPLIED,
	BROKEN,
	CHECKED,
	CHECKING,
	DONE,
	IMPORT,
	MAPPING,
	ROW,
	SOURCE,
	mapping,
	rights,
)
from social_care.registry.roll import package

HOURS = 6


def receive(source: str, file_name: str, stream: BinaryIO) -> Document:
	"""Keep a file. Raises UnfitWorkbookError with a sentence for the user before anything of it is kept."""
	unit = rights.check(rights.PREPARERS)
	registry = frappe.get_doc(SOURCE, source, for_update=True)
	ending = Path(file_name.lower()).suffix
	if ending not in reading.ENDINGS:
		package.refuse(_("Upload a workbook (xlsx) or a text table (csv)."))
	doc = frappe.new_doc(IMPORT)
	doc.update({"source": source, "org_unit": unit, "ending": ending, "status": MAPPING})
	doc.uploaded_by = frappe.session.user
	doc.insert(ignore_permissions=True)  # asked above
	try:
		doc.digest = files.store(doc, stream)
		_refuse_known(doc)
		layout = reading.found_layout(files.path(doc), mapping.headings_of(registry) | _special())
		headings = reading.headings(files.path(doc), layout)
	except Exception:
		files.remove(doc)
		raise
	layout.places = _places(headings)
	layout.unknown = mapping.propose(registry, [text for text in layout.places if text != REJECTED_KEY])
	registry.save(ignore_permissions=True)  # headings alone, proposed for a human to correct
	doc.layout = layout.text()
	doc.save(ignore_permissions=True)
	return doc


def _special() -> dict[str, str]:
	"""The column by which a corrected row names the one that was rejected."""
	return {normalise(text): REJECTED_KEY for text in (_(REJECTED_HEADING, lang="ar"), REJECTED_HEADING)}


def _places(headings: list[str]) -> dict[str, int]:
	"""Places by heading; of two columns with one heading the first."""
	special, found = _special(), {}
	for place, text in enumerate(headings):
		if text:
			found.setdefault(special.get(normalise(text), text), place)
	return found


def _refuse_known(doc: Document) -> None:
	same = {"source": doc.source, "digest": doc.digest, "name": ["!=", doc.name], "status": ["!=", BROKEN]}
	if known := frappe.db.get_value(IMPORT, same):
		package.refuse(_("This file was brought in already, as {0}.").format(known))


def begin_check(name: str) -> Document:
	"""Compare all rows by the mapping of now; a row that was applied stays, every other one is read anew."""
	doc = rights.opened(name, rights.PREPARERS, lock=True)
	if doc.status not in (MAPPING, CHECKED, APPLIED):
		rights.refuse_state(_("This is not open while the import is {0}.").format(_(doc.status)))
	if not files.path(doc).exists():
		rights.refuse_state(_("The file was removed after its time; bring it in again."))
	mapping.mapping_of(doc.source, list(reading.parsed(doc.layout).places))
	frappe.db.delete(ROW, {"legacy_import": name, "outcome": ["!=", DONE]})
	begun = {"status": CHECKING, "position": 0, "progress": 0, "failure": "", "rows_corrected": 0}
	frappe.db.set_value(IMPORT, name, begun | {"uploaded_by": frappe.session.user})
	enqueue(name)
	return doc


def enqueue(name: str) -> None:
	"""Queue the work of an import. Of two workers the second finds the lock taken and goes."""
	job_id = f"legacy-import-{name}-{now_datetime():%Y%m%d%H%M%S}"
	one_worker.queue("social_care.registry.legacy.work.run", HOURS, job_id, name=name)

"""The questions of a batch as a file, for who may ask: sent straight to the reader and kept nowhere."""

from collections.abc import Iterator

import frappe
from frappe import _
from frappe.core.doctype.access_log.access_log import make_access_log
from frappe.utils import now_datetime

from social_care.reading.notes import note
from social_care.registry.verification import (
	BATCH,
	VerificationError,
	batches,
	counting,
	file_source,
	questions,
	rights,
	sources,
)

AT_ONCE = 2000
WRITERS = {"CSV": file_source.as_csv, "XLSX": file_source.as_workbook}


def file(batch: str, kind: str) -> bytes:
	"""Open questions as CSV or XLSX. The download is logged, and written into the Read Log with every person in it."""
	doc = rights.asked(BATCH, batch)
	source = sources.in_force(doc.source)
	connector = sources.connector_of(source)
	batches.check_open(doc.status)
	if kind not in WRITERS or connector.ask:
		frappe.throw(
			_("This source is not asked by such a file."),
			VerificationError,
			title=_("Verification of Identity"),
		)
	persons: list[str] = []
	data = WRITERS[kind](source, list(_rows(batch, source, connector, persons)))
	make_access_log(doctype=BATCH, document=batch, file_type=kind, method="identity questions")
	note("Person", persons, "Workbook", batch)
	sent = {"sent_by": frappe.session.user, "sent_on": now_datetime(), "sent_rows": len(persons)}
	counting.keep(batch, status="Waiting" if persons else doc.status, **sent)
	return data


def _rows(batch: str, source, connector: sources.Connector, persons: list[str]) -> Iterator[list[str]]:
	last = ""
	while True:
		asked, told_of, last = questions.waiting(batch, source, last, AT_ONCE)
		persons += told_of
		yield from connector.prepare(source, asked)
		if not last:
			return

"""Calls of legacy imports: a file of an old registry, its dry run, decisions on rows, applying, rejected rows."""

import frappe
from frappe import _

from social_care.api.sent import sent_file
from social_care.registry.legacy import deciding, receiving, rejects, screen


@frappe.whitelist(methods=["POST"])
def upload(source: str) -> dict:
	"""A file of an old registry, sent as `file`; answers {"name", "status"} of the import."""
	file = sent_file()
	doc = receiving.receive(source, file.filename or "", file.stream)
	return {"name": doc.name, "status": doc.status}


@frappe.whitelist(methods=["POST"])
def check(legacy_import: str) -> None:
	"""Compare all rows with the registry; nothing of a file is changed."""
	receiving.begin_check(legacy_import)


@frappe.whitelist()
def state(legacy_import: str) -> dict:
	"""What the reader may do with an import, columns that are not known, and rejected rows by field."""
	return screen.state(legacy_import)


@frappe.whitelist()
def rows(legacy_import: str, kind: str = "", start: int = 0) -> dict:
	"""A page of rows for who decides."""
	return screen.page(legacy_import, kind, int(start))


@frappe.whitelist(methods=["POST"])
def decide(legacy_import: str, row: str, decision: str) -> None:
	"""Take a row or leave it out."""
	deciding.decide(legacy_import, row, decision)


@frappe.whitelist(methods=["POST"])
def take_cells(legacy_import: str, row: str, fields: str) -> None:
	"""The differences of a row that count, as a JSON list of fields."""
	deciding.take_cells(legacy_import, row, frappe.parse_json(fields))


@frappe.whitelist(methods=["POST"])
def choose(legacy_import: str, row: str, child: str) -> None:
	"""Whose row a possible one is."""
	deciding.choose(legacy_import, row, child)


@frappe.whitelist(methods=["POST"])
def as_another(legacy_import: str, row: str, reason: str) -> None:
	"""A possible row is another child's."""
	deciding.as_another(legacy_import, row, reason)


@frappe.whitelist(methods=["POST"])
def apply(legacy_import: str) -> None:
	"""Apply the rows that are to be taken."""
	deciding.apply(legacy_import)


@frappe.whitelist()
def rejected_rows(legacy_import: str) -> None:
	"""Rows that were not taken, as a workbook."""
	data = rejects.workbook(legacy_import)
	frappe.response.update(
		{"type": "binary", "filename": f"{_('rejected-rows')}-{legacy_import}.xlsx", "filecontent": data}
	)

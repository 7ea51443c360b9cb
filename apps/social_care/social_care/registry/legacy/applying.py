"""Accepted rows become drafts, or fill what known files lack: each once, by the rules of the file, as who began it.

A chunk is one transaction: files and the outcome of each row are kept together or not at all.
"""

import json

import frappe
from frappe import _
from frappe.utils import strip_html

from social_care.registry.legacy import (
	APPLYING,
	DONE,
	IMPORT,
	NEW,
	REFUSED,
	ROW,
	SAME,
	TAKE,
	checking,
	comparing,
	deciding,
	key_of,
)
from social_care.registry.legacy.fields import INSTITUTION, plain_columns
from social_care.registry.legacy.finding import Finder
from social_care.registry.legacy.rows import Cleaned
from social_care.registry.roll import stored
from social_care.registry.roll.cells import plain
from social_care.registry.roll.checking import ENDED, tried

AT_ONCE = 50
FIELDS = [*deciding.FIELDS, "as_another", "reason", "source", "note"]


class NotAppliedError(frappe.ValidationError):
	"""A row that cannot be applied as it was accepted; the text says why."""


def next_chunk(name: str) -> bool:
	"""Apply the next rows; False when none is left."""
	return tried(lambda: _chunk(name))


def _chunk(name: str) -> bool:
	frappe.db.commit()  # the bound of a chunk: what is read from here on is as the lock below finds it
	status = frappe.db.get_value(IMPORT, name, "status", for_update=True)
	rows = _rows(name) if status == APPLYING else []
	columns = plain_columns()
	for row in rows:
		_apply(row, columns)
	if rows:
		left = frappe.db.count(ROW, _waiting(name))
		done = frappe.db.count(ROW, {"legacy_import": name, "outcome": ["!=", ""]})
		checking.keep(name, progress=min(100 * done / (done + left), 99))
	frappe.db.commit()  # the chunk stands
	return bool(rows)


def _waiting(name: str) -> dict:
	"""Rows that are to be taken; not those whose cells were forgotten after their time."""
	return {
		"legacy_import": name,
		"decision": TAKE,
		"kind": ["in", (NEW, SAME)],
		"outcome": "",
		"written": ["!=", ""],
	}


def _rows(name: str) -> list[frappe._dict]:
	return frappe.get_all(ROW, _waiting(name), FIELDS, order_by="sheet_row asc, name asc", limit=AT_ONCE)


def _apply(row: frappe._dict, columns: dict) -> None:
	"""One row: as a whole or not at all."""
	frappe.db.savepoint("legacy_row")
	try:
		told = _register(row, columns) if row.kind == NEW else _fill(row, columns)
	except ENDED:
		raise  # with the transaction; the chunk is done again
	except Exception as error:
		frappe.db.rollback(save_point="legacy_row")
		told = {"outcome": REFUSED, "note": _sentence(error, row)}
	finally:
		frappe.clear_messages()
	frappe.db.set_value(ROW, row.name, told, update_modified=False)


def _sentence(error: Exception, row: frappe._dict) -> str:
	if isinstance(error, frappe.ValidationError | frappe.PermissionError) and str(error):
		return strip_html(str(error))[:500]
	frappe.log_error(
		"Legacy Import: row", reference_doctype=ROW, reference_name=row.name
	)  # places, no values
	return _("The row could not be applied. Please tell the system's administrator.")


def _register(row: frappe._dict, columns: dict) -> dict:
	"""A draft at the institution, entered by who applies: others submit, review and approve it.

	Whom an earlier row or a form has registered meanwhile is not registered again: the row waits for a human.
	"""
	read = deciding.cleaned(row)
	if meanwhile := _meanwhile(row, read, columns):
		return meanwhile
	child = comparing.new_file(row.institution, read.values, columns)
	if row.as_another:
		child.duplicate_reason = row.reason
	child.flags.by_decision = True  # headquarters enters it; the right to do so was asked of the import
	child.insert(ignore_permissions=True)
	_record(child.name, row)
	return {"outcome": DONE, "child": child.name, "note": ""}


def _meanwhile(row: frappe._dict, read: Cleaned, columns: dict) -> dict | None:
	found = Finder(row.source, [read]).find(read)
	if found.kind == SAME:
		cells = comparing.of_same(read, frappe.get_doc("Child", found.child), columns)
		return checking.kept(found, cells) | {"decision": ""}
	earlier = set(json.loads(row.candidates or "[]")) if row.as_another else set()
	if set(found.candidates) - earlier:
		return checking.kept(found, comparing.cells_of(read)) | {"as_another": 0}
	return None


def _fill(row: frappe._dict, columns: dict) -> dict:
	"""Write the accepted cells that still hold what was shown, and are not protected by now; note the number."""
	child = frappe.get_doc("Child", row.child, for_update=True)
	if child.merged_into:
		raise NotAppliedError(_("The file was merged into another one; check the rows anew."))
	cells = {name: cell for name, cell in json.loads(row.cells or "{}").items() if cell.get("take")}
	locked, left = comparing.locked_fields(child), []
	for name, cell in cells.items():
		if (
			name == INSTITUTION
			or name in locked
			or plain(child.get(name), columns[name].fieldtype) != cell["old"]
		):
			left.append(columns[name].heading if name in columns else name)
		else:
			stored.put(child, columns[name], cell["new"])
	if len(left) < len(cells):
		child.flags.by_decision = True  # what a request only changes was left out above
		child.save(ignore_permissions=True)  # the right to do so was asked of the import
	_record(child.name, row)
	return {"outcome": DONE, "note": _left_sentence(left) or row.get("note") or ""}


def _left_sentence(headings: list[str]) -> str:
	if not headings:
		return ""
	return _("Somebody else changed this meanwhile, so it was left as it is: {0}").format("، ".join(headings))


def _record(child: str, row: frappe._dict) -> None:
	"""The number of the old registry on the file, once; a second number of the child stays with its row alone."""
	if frappe.db.get_value("Child", child, "legacy_key"):
		return
	key = key_of(row.source, row.legacy_id)
	values = {"legacy_source": row.source, "legacy_id": row.legacy_id, "legacy_key": key}
	frappe.db.set_value("Child", child, values, update_modified=False)

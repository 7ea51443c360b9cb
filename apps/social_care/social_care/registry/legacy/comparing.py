"""What a row of an old registry would write: a new file, or cells of one that is there. Nothing is changed here."""

import frappe
from frappe import _
from frappe.model.document import Document

from social_care.governance.change_requests import rules as change_rules
from social_care.registry import file_review
from social_care.registry.arabic import join_name, normalise
from social_care.registry.identity import NAME_PARTS
from social_care.registry.legacy.fields import INSTITUTION
from social_care.registry.legacy.rows import Cleaned
from social_care.registry.roll import rules, stored
from social_care.registry.roll.cells import plain
from social_care.registry.roll.columns import NUMBER, WHOLE, Column

BY_PLACEMENT = {INSTITUTION, "admission_date"}  # these move the child's history
EXACT = ("Date", "Select", "Link", "Check", *WHOLE, *NUMBER)
Cells = dict[str, dict]


def new_file(institution: str, values: dict[str, str], columns: dict[str, Column]) -> Document:
	"""A file as the row would make it, not stored."""
	child = frappe.new_doc("Child")
	child.institution = institution
	for name, text in values.items():
		stored.put(child, columns[name], text)
	return child


def of_new(row: Cleaned, columns: dict[str, Column]) -> Cells:
	"""Cells of a new file; what the rules of the file say against them becomes faults of the row."""
	child = new_file(row.institution, row.values, columns)
	for name, sentence in rules.broken(child, list(row.values)).items():
		row.faults.setdefault(name, sentence)
	for name, sentence in rules.empty_required(child, list(columns.values())).items():
		row.faults.setdefault(name, sentence)
	return cells_of(row)


def cells_of(row: Cleaned) -> Cells:
	"""All that a row says, to be taken."""
	return {name: {"old": "", "new": text, "take": 1} for name, text in row.values.items()}


def of_same(row: Cleaned, child: Document, columns: dict[str, Column]) -> Cells:
	"""Cells that differ from a file: what it lacks is taken, what it holds otherwise a human decides, what is protected is told."""
	locked = locked_fields(child)
	found: Cells = {}
	same_name = normalise(join_name(*(row.values.get(part) for part in NAME_PARTS))) == normalise(
		child.full_name
	)
	for name, new in row.values.items():
		if same_name and name in NAME_PARTS:
			continue  # one column of a name is divided otherwise than four
		old = plain(child.get(name), columns[name].fieldtype)
		if not _differs(old, new, columns[name].fieldtype):
			continue
		cell = {"old": old, "new": new, "take": int(not old and name not in locked)}
		found[name] = cell | ({"locked": 1} if name in locked else {})
	if row.institution and row.institution != child.institution:
		found[INSTITUTION] = {"old": child.institution or "", "new": row.institution, "take": 0, "locked": 1}
	_try(child, found, columns)
	return found


def _differs(old: str, new: str, fieldtype: str) -> bool:
	return old != new if fieldtype in EXACT else normalise(old) != normalise(new)


def _try(child: Document, cells: Cells, columns: dict[str, Column]) -> None:
	"""What would break a rule of the file is not taken."""
	probe = frappe.get_doc(child.as_dict())
	open_ones = [name for name, cell in cells.items() if not cell.get("locked")]
	for name in open_ones:
		stored.put(probe, columns[name], cells[name]["new"])
	for name, sentence in rules.broken(probe, open_ones).items():
		if name:
			cells[name] |= {"problem": sentence, "take": 0}


def locked_fields(child: Document) -> set[str]:
	"""Fields that no import writes: those that only a request changes, those that are reviewed, and where the child lives."""
	locked = set(change_rules.protected(child)) | BY_PLACEMENT
	if child.file_state not in (file_review.DRAFT, file_review.RETURNED):
		locked |= file_review.protected_fields()
	if child.life_state != stored.ACTIVE:
		locked |= {df.fieldname for df in child.meta.fields}
	return locked


def missing_sentence(cells: Cells) -> str:
	"""What a human should know of cells that were left as they are."""
	locked = [name for name, cell in cells.items() if cell.get("locked")]
	if not locked:
		return ""
	labels = [_(frappe.get_meta("Child").get_label(name), context="Child") for name in locked]
	return _("Protected and left as it is; ask for a change in the file: {0}").format("، ".join(labels))

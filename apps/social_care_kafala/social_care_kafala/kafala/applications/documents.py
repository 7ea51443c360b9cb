"""Papers of a family: which ones its kind and situation ask for, and which are still missing."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_months, cint, getdate, nowdate
from social_care.services.packs.expressions import holds

KIND = "Kafala Document Kind"
SAID = ("file", "second_file", "third_file", "issued_on", "original_seen", "note")
FILES = SAID[:3]  # of one paper: its sides or pages
PRIVATE = "/private/files/"


def kinds() -> list[dict]:
	"""Kinds of papers in use, in their order."""
	fields = ["name", "document_name", "needed_by", "required_when", "valid_months", "original_needed"]
	# a reference table
	return frappe.get_all(KIND, filters={"disabled": 0}, fields=fields, order_by="name asc")


def list_papers(file: Document, facts: dict) -> None:
	"""A row for each paper that is asked for; what was brought stays, also where it is not asked for any more."""
	said = {row.document_kind: row for row in file.documents}
	before = file.get_doc_before_save()
	stored = {row.document_kind: row for row in before.documents} if before else {}
	rows, missing = [], 0
	file.flags.paper_kinds = kinds()
	for kind in file.flags.paper_kinds:
		needed = holds(kind.required_when, facts, getdate(file.applied_on), otherwise=True)
		row = said.get(kind.name)
		if not needed and not (row and row.file):
			continue
		rows.append(paper(kind, row, stored.get(kind.name), needed))
		missing += needed and not is_there(rows[-1], kind)
	file.set("documents", rows)
	file.documents_missing = missing


def paper(kind: dict, row: Document | None, stored: Document | None, needed: bool) -> dict:
	"""What the user says of a paper, and what its kind is."""
	values = {field: row.get(field) for field in SAID} if row else {}
	if stored:
		values["name"] = stored.name
	return values | {
		"document_kind": kind.name,
		"document_name": kind.document_name,
		"needed_by": kind.needed_by,
		"is_required": int(needed),
	}


def said(file: Document) -> list[tuple]:
	"""What users have said of the papers."""
	rows = [(row.document_kind, *(str(row.get(field) or "") for field in SAID)) for row in file.documents]
	return sorted(row for row in rows if any(part not in ("", "0") for part in row[1:]))


def is_there(row: dict, kind: dict) -> bool:
	"""Whether a paper has been brought, is still valid, and its original was seen where it has to be."""
	if not row.get("file") or (cint(kind.original_needed) and not cint(row.get("original_seen"))):
		return False
	if not cint(kind.valid_months):
		return True
	issued = row.get("issued_on")
	return bool(issued) and getdate(add_months(issued, cint(kind.valid_months))) >= getdate(nowdate())


def check(file: Document) -> None:
	"""Files are private, and no paper is issued in the future."""
	for row in file.documents:
		if any(row.get(field) and not row.get(field).startswith(PRIVATE) for field in FILES):
			file.refuse(_("Papers must be uploaded as private files."))
		if row.issued_on and getdate(row.issued_on) > getdate(nowdate()):
			file.refuse(_("{0} lies in the future.").format(row.document_name or _("Issued On")))


def missing(file: Document, needed_by: tuple[str, ...]) -> list[str]:
	"""Names of papers that have to be there by a part of the path, of those that `list_papers` listed in the same save."""
	found = {kind.name: kind for kind in file.flags.paper_kinds}
	return [
		row.document_name
		for row in file.documents
		if row.is_required
		and row.needed_by in needed_by
		and not is_there(row.as_dict(), found[row.document_kind])
	]

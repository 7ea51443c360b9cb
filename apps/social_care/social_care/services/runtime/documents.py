"""The papers of a request: which it has to bring, which came, who looked at them, which were waived."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, getdate, now_datetime, nowdate

from social_care.services.packs import evaluation
from social_care.services.runtime import units
from social_care.services.runtime.facts import facts

MISSING, HANDED_IN, VERIFIED, REJECTED, WAIVED = "Missing", "Handed In", "Verified", "Rejected", "Waived"
THERE = (HANDED_IN, VERIFIED, WAIVED)
FILES = ("file", "second_file", "third_file")  # of one paper, in order: its sides or pages
USUAL_FILES = 2
SYSTEM = ("document_title", "required", "checked_by", "checked_on")


class DocumentError(frappe.ValidationError):
	"""A paper that is not there, was not looked at, or may not be waived by this user."""


def keep(doc: Document, before: Document) -> None:
	"""Rows of the checklist stay; a client changes their files, state and remark and nothing else."""
	sent = {row.document_code: row for row in doc.documents}
	rows = []
	for row in before.documents:
		kept, new = row.as_dict(), sent.get(row.document_code)
		if new:
			kept.update({name: new.get(name) for name in (*FILES, "state", "remarks")})
		rows.append(kept)
	rows += [
		row.as_dict()
		for code, row in sent.items()
		if code not in {old.document_code for old in before.documents}
	]
	doc.set("documents", rows)


def check(doc: Document, pack: dict) -> None:
	"""Every change of a paper's state is allowed, and is signed."""
	known = {row["code"]: row for row in pack["documents"]}
	before = (
		{row.document_code: row for row in (doc.get_doc_before_save() or doc).documents}
		if not doc.is_new()
		else {}
	)
	for row in doc.documents:
		if row.document_code not in known:
			_refuse(_("This paper does not belong to the service."))
		old = before.get(row.document_code)
		if files_of(row) != (files_of(old) if old else []):
			_take_files(row, old)
		if row.state != (old.state if old else MISSING):
			_check_state(doc, pack, row, known[row.document_code])


def files_of(row: Document) -> list[str]:
	"""Files of a paper, in order."""
	return [row.get(name) for name in FILES if row.get(name)]


def files_at_most() -> int:
	"""How many files one paper may have, by the settings."""
	asked = cint(frappe.get_cached_doc("Social Care Settings").get("files_per_paper")) or USUAL_FILES
	return min(max(asked, 1), len(FILES))


def set_files(row: Document, files: list[str]) -> None:
	"""Let these be the paper's files."""
	row.update(dict(zip(FILES, [*files, *[None] * len(FILES)], strict=False)))


def _take_files(row: Document, old: Document | None) -> None:
	"""Files that changed stand without a gap, are no more than the settings allow, and are looked at anew."""
	files = files_of(row)
	if len(files) > max(files_at_most(), len(files_of(old)) if old else 0):
		_refuse(_("A paper has at most {0} files.").format(files_at_most()))
	set_files(row, files)
	if files and _is_to_be_looked_at(row, old):
		row.state = HANDED_IN


def _is_to_be_looked_at(row: Document, old: Document | None) -> bool:
	"""Whether a new file makes a paper handed in: what was said of the file before is not said of this one."""
	return row.state in (MISSING, REJECTED) or bool(old and row.state == old.state == VERIFIED)


def _check_state(doc: Document, pack: dict, row: Document, document: dict) -> None:
	if row.state in (MISSING, HANDED_IN):
		row.checked_by = row.checked_on = None
		return
	user = frappe.session.user
	if doc.flags.by_citizen:
		_refuse(_("Papers are looked at by the office."))
	if row.state == WAIVED and user != "Administrator":
		_check_waiver(doc, pack, document)
	if row.state in (WAIVED, REJECTED) and not (row.remarks or "").strip():
		_refuse(
			_("Write in the remarks why the paper «{0}» is waived or rejected.").format(
				_(document["title"]["en"])
			)
		)
	row.checked_by, row.checked_on = user, now_datetime()


def _check_waiver(doc: Document, pack: dict, document: dict) -> None:
	"""Only a role that the pack names, at the place of the request, and not whoever entered it."""
	user = frappe.session.user
	if user == doc.owner:
		_refuse(_("Whoever entered the request waives none of its papers and conditions."))
	if not set(document["waivable_by"]) & units.roles_now(user, doc, pack):
		_refuse(_("You cannot waive the paper «{0}».").format(_(document["title"]["en"])))


def list_asked(doc: Document, pack: dict) -> None:
	"""The checklist as the request stands now: what it has to bring, and what it may bring."""
	asked = {row["code"] for row in evaluation.asked_documents(pack, facts(doc, pack), getdate(nowdate()))}
	there = {row.document_code: row for row in doc.documents}
	for document in pack["documents"]:
		row = there.get(document["code"])
		if row is None:
			if document["code"] not in asked and document["required_when"]:
				continue
			row = doc.append("documents", {"document_code": document["code"], "state": MISSING})
		row.document_title = document["title"]["en"]
		row.required = int(document["code"] in asked)


def missing(doc: Document, verified: bool) -> list[str]:
	"""Titles of required papers that are not there, or (`verified`) that nobody has looked at."""
	good = (VERIFIED, WAIVED) if verified else THERE
	return [_(row.document_title) for row in doc.documents if row.required and row.state not in good]


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, DocumentError, title=_("Documents"))

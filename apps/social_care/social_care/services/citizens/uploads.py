"""A paper that the applicant brings: files for one paper of the checklist, private, looked at before they are stored."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from social_care.files.errors import UnfitFileError
from social_care.services.citizens import limits, requests, visits
from social_care.services.citizens.requests import RequestError
from social_care.services.runtime import documents
from social_care.services.runtime.documents import REJECTED
from social_care.services.versions import state_named

KINDS = (
	"pdf",
	"jpg",
	"jpeg",
	"png",
	"webp",
)  # of these also what Upload Settings allows; the rest is for the desk
MEGABYTE = 1024 * 1024


def upload(visit: str, request: str, paper: str, more: int = 0) -> dict:
	"""Store the sent file under the request, in place of the paper's files or (`more`) beside them.

	The guest who sent it can never read it back.
	"""
	visits.check_guest()
	receipt = visits.receipt_of(visit)
	name, content = sent_file()
	doc, pack = requests.open_request(receipt, request, lock=True)
	if state_named(pack, doc.status)["kind"] in requests.ENDED:
		_refuse(_("The request has ended; no papers are taken."))
	row = next(
		(row for row in doc.documents if row.document_code == str(paper) and _is_wanted(doc, row)), None
	)
	if not row:
		_refuse(_("This paper is not asked for."))
	_check_number(doc)
	there = _files_kept(row) if cint(more) else []
	new = store(doc, name, content)
	documents.set_files(row, [*there, new])
	doc.flags.written_files = {new}
	doc.save(ignore_permissions=True)  # the pass opened it; runtime checks what an applicant may change
	return {"papers": requests.wanted_papers(doc)}


def sent_file() -> tuple[str, bytes]:
	"""(name, content) of the one file of the request, no larger than the setting."""
	found = frappe.request.files.get("file") if frappe.request else None
	if not found:
		_refuse(_("Choose a file."))
	largest = limits.setting("citizen_file_mb") * MEGABYTE
	content = found.stream.read(largest + 1)
	if len(content) > largest:
		_unfit(_("The file is larger than {0} MB.").format(limits.setting("citizen_file_mb")))
	if not content:
		_unfit(_("The file is empty."))
	name = found.filename or ""
	if name.rpartition(".")[2].lower() not in KINDS:
		_unfit(_("Send a picture (JPG, PNG, WEBP) or a PDF."))
	return name, content


def _is_wanted(doc: Document, row: Document) -> bool:
	return row.document_code in {paper["code"] for paper in requests.wanted_papers(doc)}


def _files_kept(row: Document) -> list[str]:
	"""Files beside which a further one goes; a paper that was rejected begins anew. Raises RequestError where it is full."""
	there = [] if row.state == REJECTED else documents.files_of(row)
	if len(there) >= documents.files_at_most():
		_refuse(_("A paper has at most {0} files.").format(documents.files_at_most()))
	return there


def _check_number(doc: Document) -> None:
	most = limits.setting("citizen_files_per_request")
	if frappe.db.count("File", {"attached_to_doctype": doc.doctype, "attached_to_name": doc.name}) >= most:
		_refuse(_("No more than {0} files are taken with one request.").format(most))


def store(doc: Document, name: str, content: bytes) -> str:
	"""A private File of the request; kinds, pixels and scanners are asked by it (social_care.files)."""
	file = frappe.new_doc("File")
	file.update({"file_name": name, "content": content, "is_private": 1, "attached_to_field": "documents"})
	file.update({"attached_to_doctype": doc.doctype, "attached_to_name": doc.name})
	file.insert(ignore_permissions=True)  # the applicant has no right to any record; the pass opened this one
	return file.file_url


def _unfit(sentence: str) -> None:
	frappe.throw(sentence, UnfitFileError, title=_("Attachment"))


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, RequestError, title=_("Documents"))

"""Requests of citizens for kafala (service SC-12) become Kafala Family Files: with a step of the social administration, once, whole.

The file carries the request's number in a unique column and is made in the transaction of the step: a double click, a retry or a
killed worker leave one file or none. From then on steps are taken on the file, and the request follows (following.py).
"""

import frappe
from frappe import _
from frappe.model.document import Document
from social_care.organisation.grants import roles_at
from social_care.services import versions
from social_care.services.runtime import documents as request_papers
from social_care.services.runtime.records import Record

from social_care_kafala.kafala.applications import following, request_values
from social_care_kafala.kafala.applications.adults import PARTS
from social_care_kafala.kafala.applications.documents import KIND
from social_care_kafala.kafala.path import clock, states

LEVEL = "Social Administration"


class KafalaRequestError(frappe.ValidationError):
	"""A request that cannot become a file as it is."""


def file_of(request: Document) -> tuple[str, str] | None:
	"""(DocType, name) of the file that a request has become."""
	name = frappe.db.get_value(states.DOCTYPE, {"service_request": request.name})
	return (states.DOCTYPE, name) if name else None


def opens(request: Document, step: dict) -> bool:
	"""Whether the step makes the file: those that the settings name, taken by staff."""
	return not request.flags.by_citizen and step["code"] in (clock.settings().request_steps or "").split()


def after_step(request: Document, step: dict) -> None:
	"""Make the file with its step; a withdrawal by the applicant reaches the file by a job."""
	if found := file_of(request):
		following.enqueue(found[1])
	elif opens(request, step):
		open_file(request)


def told(request: Document) -> list[list[str]]:
	"""The number of the file and where it stands, in plain words."""
	found = file_of(request)
	if not found:
		return []
	row = frappe.db.get_value(*found, ["name", "status", "pause_reason"], as_dict=True)
	waits = row.pause_reason == "Waiting for the Applicant"
	stage = _("The office waits for you.") if waits else following.plain_words(row.status)
	return [[_("Number of the Kafala Family File"), row.name], [_("Where the File Stands"), stage]]


def record() -> Record:
	"""The hook of the core: what this app makes of the requests of its service."""
	return Record(of=file_of, opens=opens, after_step=after_step, told=told)


def open_file(request: Document) -> Document:
	"""The file of a request, its persons, its family and its papers. Raises what the checks of these find."""
	unit = administration_of(request)
	check_right(unit)
	file = frappe.new_doc(states.DOCTYPE)
	file.update(request_values.values(request) | {"org_unit": unit})
	file.set("documents", papers(request))
	file.flags.update(
		{
			"ignore_permissions": True,  # asked above; a worker without a level carries the request over whole
			"from_request": request.name,
			"known_persons": known_persons(request, file),
			"written_files": set(files_of(file)),
		}
	)
	file.insert()
	hang_files(request, file)
	return file


def administration_of(request: Document) -> str:
	"""The social administration at or above the office of the request."""
	bounds = frappe.db.get_value("Org Unit", request.org_unit, ["lft", "rgt"])
	above = {"level": LEVEL, "lft": ["<=", bounds[0]], "rgt": [">=", bounds[1]]}
	unit = frappe.db.get_value("Org Unit", above, order_by="lft desc")
	if not unit:
		refuse(
			_("Choose first the social administration where the family lives as the office of the request.")
		)
	return unit


def check_right(unit: str) -> None:
	"""Whoever takes the step may make files at the administration."""
	user = frappe.session.user
	able = {
		row.role for row in frappe.get_meta(states.DOCTYPE).permissions if not row.permlevel and row.create
	}
	if user != "Administrator" and not able & roles_at(user, unit, None):
		frappe.throw(
			_("You may not open files of families at this administration."),
			frappe.PermissionError,
			title=_(states.DOCTYPE),
		)


def known_persons(request: Document, file: Document) -> dict[str, str]:
	"""The applicant is who his request found by number and name; his row is the first."""
	return {PARTS[file.adults[0].part]: request.person} if request.person else {}


def papers(request: Document) -> list[dict]:
	"""Papers that were brought, under the kinds that the file knows them by."""
	pack = versions.at(request.service, request.pack_version)
	originals = {row["code"] for row in pack["documents"] if row["original_seen"]}
	kinds = frappe.get_all(  # a reference table
		KIND, filters={"request_document": ["is", "set"]}, fields=["name", "request_document"]
	)
	known = {row.request_document: row.name for row in kinds}
	return [
		{
			"document_kind": known[row.document_code],
			"original_seen": int(row.state == request_papers.VERIFIED and row.document_code in originals),
			**{field: row.get(field) for field in request_papers.FILES},
		}
		for row in request.documents
		if row.document_code in known and row.file and row.state in request_papers.THERE
	]


def files_of(file: Document) -> list[str]:
	return [row.get(field) for row in file.documents for field in request_papers.FILES if row.get(field)]


def hang_files(request: Document, file: Document) -> None:
	"""The stored files hang on the file, too, as privately as on the request: whoever reads its papers opens them."""
	wanted = files_of(file)
	# rows of the request, which the user has just saved
	stored = frappe.get_all(
		"File",
		filters={"attached_to_name": request.name, "file_url": ["in", wanted or [""]]},
		fields=["file_name", "file_url"],
		order_by="creation",
	)
	for row in {row.file_url: row for row in stored}.values():
		new = frappe.new_doc("File")
		new.update({**row, "is_private": 1, "attached_to_field": "documents"})
		new.update({"attached_to_doctype": file.doctype, "attached_to_name": file.name})
		new.insert(ignore_permissions=True)  # part of the file that was made a moment ago


def shown(file: Document) -> dict | None:
	"""The request for the file's form: {"doctype", "name"}, for whoever may read it."""
	if not file.service_request:
		return None
	doctype = following.request_type()
	if not doctype or not frappe.has_permission(doctype, "read", file.service_request):
		return None
	return {"doctype": doctype, "name": file.service_request}


def refuse(sentence: str) -> None:
	frappe.throw(sentence, KafalaRequestError, title=_(states.DOCTYPE))

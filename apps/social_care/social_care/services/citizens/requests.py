"""Requests of a receipt, and what their applicant is told of them: never a name, a number or a finding."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import cint, format_date

from social_care.services import versions
from social_care.services.runtime import records
from social_care.services.runtime.documents import HANDED_IN, MISSING, REJECTED, files_at_most, files_of
from social_care.services.runtime.steps import APPEAL, is_open
from social_care.services.versions import state_named

ENDED = ("accepted", "refused", "withdrawn", "closed")
Row = tuple[str, str]


class RequestError(frappe.ValidationError):
	"""What the applicant may not do with his request now."""


def of_receipt(receipt: str) -> list[Row]:
	"""(DocType, name) of every request under a receipt, oldest first; one query over all services."""
	services = frappe.get_all(  # the catalogue
		"Service",
		filters={"published_version": [">", 0], "request_type": ["is", "set"]},
		pluck="request_type",
	)
	types = [name for name in services if frappe.db.table_exists(name) and is_common(name)]
	if not types:
		return []
	parts = [
		f"select '{index}' as kind, name, creation from `tab{name}` where receipt = %(receipt)s"
		for index, name in enumerate(types)  # names of record types, from the catalogue
	]
	found = frappe.db.sql(" union all ".join(parts) + " order by creation, name", {"receipt": receipt})
	return [(types[int(kind)], name) for kind, name, _creation in found]


def is_common(doctype: str) -> bool:
	"""Whether requests of a kind are those of packs; an app's own record types are followed elsewhere."""
	meta = frappe.get_meta(doctype)
	return bool(meta.has_field("receipt") and meta.has_field("pack_version"))


def key_of(row: Row) -> str:
	"""The request's name is its key on the page; it says nothing."""
	return row[1]


def open_request(receipt: str, key: str, lock: bool = False) -> tuple[Document, dict]:
	"""(request, pack) of the receipt by its key. Raises RequestError where the receipt has no such request."""
	row = next((row for row in of_receipt(receipt) if row[1] == str(key)), None)
	if not row:
		frappe.throw(_("There is no such request under this receipt."), RequestError, title=_("Request"))
	doc = frappe.get_doc(*row, for_update=lock)
	doc.flags.by_citizen = True
	return doc, versions.at(doc.service, doc.pack_version)


def told(row: Row) -> dict:
	"""What the follow page shows of one request."""
	doc = frappe.get_doc(*row)
	pack = versions.at(doc.service, doc.pack_version)
	state, quiet = state_named(pack, doc.status), pack["confidential"]
	return {
		"key": key_of(row),
		"seen": len(doc.clock),
		"service": _("Request for a Service") if quiet else pack["title"]["ar"],
		"state": _words(state) if quiet else state["title"]["ar"],
		"kind": state["kind"],
		"words": _words(state),
		"facts": _facts(doc, state, quiet) + ([] if quiet else records.told(doc)),
		"asked": (doc.clock[-1].reason or "") if state["kind"] == "waiting" and doc.clock else "",
		"papers": [] if quiet or state["kind"] in ENDED else wanted_papers(doc),
		"steps": steps(doc, pack),
		"issued": [] if quiet else issued(doc),
		"rate": state["kind"] in ENDED and not doc.rating,
		"rating": cint(doc.rating),
	}


def _words(state: dict) -> str:
	"""The state in the applicant's words, whatever the service calls it."""
	return {
		"draft": _("Your request has been received."),
		"open": _("Your request is being worked on."),
		"waiting": _("The office waits for you."),
		"external": _("Your request is with another authority."),
		"accepted": _("Your request was accepted."),
		"refused": _("Your request was refused."),
		"withdrawn": _("The request was withdrawn."),
		"closed": _("The request is closed."),
	}[state["kind"]]


def _facts(doc: Document, state: dict, quiet: bool) -> list[list[str]]:
	found = [[_("Sent On"), format_date(doc.submitted_on)]]
	if not quiet:
		found.append([_("Office"), frappe.db.get_value("Org Unit", doc.org_unit, "unit_name") or ""])
	if state["kind"] in ENDED:
		return [*found, [_("End of the Request"), format_date(doc.closed_on)]]
	return [
		*found,
		[_("To Be Done By"), format_date(doc.due_on)],
		[_("Days Used"), str(cint(doc.working_days))],
	]


def wanted_papers(doc: Document) -> list[dict]:
	"""Papers that the applicant still has to bring, or to bring again with what was said of them."""
	pack = versions.at(doc.service, doc.pack_version)
	own = {row["code"]: row for row in pack["documents"] if row["provided_by"] == "applicant"}
	return [
		{
			"code": row.document_code,
			"title": own[row.document_code]["title"]["ar"],
			"required": bool(row.required),
			"state": row.state,
			"remark": (row.remarks or "") if row.state == REJECTED else "",
			"files": len(files_of(row)),
			"most": files_at_most(),
		}
		for row in doc.documents
		if row.document_code in own and row.state in (MISSING, REJECTED, HANDED_IN)
	]


def steps(doc: Document, pack: dict) -> list[dict]:
	"""Steps that are the applicant's own now: {"code", "title", "asks"}; `asks` whether words are needed with it."""
	code = state_named(pack, doc.status)["code"]
	return [
		{
			"code": row["code"],
			"title": row["title"]["ar"],
			"kind": _kind(pack, row),
			"asks": "reason" in row["requires"],
		}
		for row in pack["workflow"]["actions"]
		if row["by_applicant"] and code in row["from"] and is_open(doc, pack, row)
	]


def _kind(pack: dict, action: dict) -> str:
	if action["code"] == APPEAL:
		return "appeal"
	to = next(state for state in pack["workflow"]["states"] if state["code"] == action["to"])
	return "withdraw" if to["kind"] == "withdrawn" else "answer"


def issued(doc: Document) -> list[dict]:
	"""Numbers and last days of what was issued, as the page of verification answers them."""
	certificate = DocType("Service Certificate")
	rows = (
		frappe.qb.from_(certificate)
		.select(certificate.name, certificate.output_title, certificate.state, certificate.valid_until)
		.where((certificate.request_type == doc.doctype) & (certificate.request == doc.name))
		.where(certificate.state == "Valid")
		.orderby(certificate.creation)
		.run(as_dict=True)
	)
	return [
		{
			"number": row.name,
			"title": _(row.output_title),
			"until": format_date(row.valid_until) if row.valid_until else "",
		}
		for row in rows
	]

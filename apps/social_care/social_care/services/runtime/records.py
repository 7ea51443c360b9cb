"""Records that other apps make of requests: the hook `social_care_request_records`, {code of the service: path of a function
that returns a `Record`}.

An app that keeps a case file of its own takes the requests of a service over: with a step of the office it makes its record, from
then on the steps are taken there, and the request follows. The core knows neither the app nor its record.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.model.document import Document

from social_care.services import versions
from social_care.services.versions import action_between, state_named

HOOK = "social_care_request_records"
PASSED = (
	"draft",
	"open",
	"external",
)  # kinds of states that a request goes through on its way to a later one


class TakenOverError(frappe.ValidationError):
	"""A step of a request that is taken on its record."""


@dataclass(frozen=True)
class Record:
	"""What an app makes of the requests of one service.

	`of` gives (DocType, name) of a request's record or None, in one query. `opens` says of a request without one whether a step of
	its pack makes it: what staff would have to fill before is the record's then. `after_step` is called with the request and the step
	of its pack, in the step's transaction: what it raises refuses the step; the step of an applicant comes as a guest. `told` gives
	headings and plain words for the applicant, who reads them by receipt and telephone: no names, no findings.
	"""

	of: Callable[[Document], tuple[str, str] | None]
	opens: Callable[[Document, dict], bool]
	after_step: Callable[[Document, dict], None]
	told: Callable[[Document], list[list[str]]]


def record_of_service(service: str) -> Record | None:
	"""Of the first app that keeps records of the service's requests."""
	paths = frappe.get_hooks(HOOK, {}).get(service) or []
	return frappe.get_attr(paths[0])() if paths else None


def of_request(doc: Document) -> tuple[str, str] | None:
	"""(DocType, name) of the record that a request has become."""
	record = record_of_service(doc.service)
	return record.of(doc) if record else None


def holds_findings(doc: Document, pack: dict) -> bool:
	"""Whether a record holds what staff find, or will with this step; the request then asks for nothing of it."""
	record = record_of_service(doc.service)
	if not record:
		return False
	if doc.flags.by_record or record.of(doc):
		return True
	before = doc.get_doc_before_save()
	step = action_between(pack, before.status, doc.status) if before else None
	return bool(step) and record.opens(doc, step)


def check_free(doc: Document, pack: dict, action: dict) -> None:
	"""Refuse a step of staff on a request whose steps are taken on its record; asking the applicant, and his answer, stay open."""
	kinds = {state["code"]: state["kind"] for state in pack["workflow"]["states"]}
	asks = "waiting" in {kinds[action["to"]], state_named(pack, doc.get_doc_before_save().status)["kind"]}
	if doc.flags.by_citizen or doc.flags.by_record or asks:
		return
	if found := of_request(doc):
		frappe.throw(
			_("The steps of this request are taken on {0} {1}.").format(_(found[0]), found[1]),
			TakenOverError,
			title=_("Request"),
		)


def after_step(doc: Document) -> None:
	"""Tell the app of a step that this save has taken."""
	step, record = doc.flags.step, record_of_service(doc.service)
	if record and step and not doc.flags.by_record:
		record.after_step(doc, step)


def told(doc: Document) -> list[list[str]]:
	"""What the app tells the applicant of the record: [heading, words] each."""
	record = record_of_service(doc.service)
	return record.told(doc) if record else []


def shown(doc: Document) -> dict | None:
	"""The record for the desk's form: {"doctype", "name"}, for whoever may read it."""
	found = of_request(doc)
	if not found or not frappe.has_permission(found[0], "read", found[1]):
		return None
	return {"doctype": found[0], "name": found[1]}


def bring(doc: Document, state: str, reason: str, values: dict | None = None) -> bool:
	"""Take the request by the steps of its pack to a state (its code), as its record has gone; whether it is there.

	Called by the app's job as the system, which has decided with its own papers and conditions. A state to which no way leads is
	left alone: the request stays where it is.
	"""
	pack = versions.at(doc.service, doc.pack_version)
	titles = {row["code"]: row["title"]["en"] for row in pack["workflow"]["states"]}
	path = way(pack, state_named(pack, doc.status)["code"], state)
	doc.update({name: value for name, value in (values or {}).items() if doc.meta.has_field(name)})
	for code in path or []:
		doc.flags.update({"by_record": True, "by_system": True})
		doc.update({"status": titles[code], "reason": reason})
		doc.save(ignore_permissions=True)
	return path is not None


def way(pack: dict, start: str, goal: str) -> list[str] | None:
	"""The shortest way of a pack from state to state without an end or a waiting between; None where there is none."""
	kinds = {row["code"]: row["kind"] for row in pack["workflow"]["states"]}
	found, waiting = {start: []}, deque([start])
	while waiting and goal not in found:
		state = waiting.popleft()
		if state != start and kinds[state] not in PASSED:
			continue
		for action in pack["workflow"]["actions"]:
			if state in action["from"] and action["to"] not in found:
				found[action["to"]] = [*found[state], action["to"]]
				waiting.append(action["to"])
	return found.get(goal)

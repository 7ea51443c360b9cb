"""Rows of one request: its record, papers, conditions, clock, receipt, and what was issued."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import Any

import frappe
from frappe.model import no_value_fields, table_fields
from frappe.utils import add_months, getdate

from social_care.demo.generator.chance import choose, stream
from social_care.demo.generator.nation import Row
from social_care.demo.generator.records import record, table_row
from social_care.demo.requests.case import INSIDE, Case
from social_care.registry.arabic import normalise
from social_care.services.compiler.fields import table_name
from social_care.services.doctype.service_receipt.service_receipt import LENGTH, SIGNS
from social_care.services.packs import evaluation, expressions
from social_care.services.packs.definition import fields_of
from social_care.services.runtime import certificates
from social_care.services.runtime.beginning import CHANNELS
from social_care.services.runtime.clock import ENDED, KINDS
from social_care.services.runtime.rules import OUTCOMES, WAIVED
from social_care.services.runtime.telephones import phone_key
from social_care.services.working_days import days_used, due_day

COUNTED = ("Int", "Float", "Currency", "Percent", "Check")
REASON = "استكمال المطلوب"
GROUND = "ظروف الحالة"
REMARKS = ("", "", "خدمة سريعة، شكرا لكم", "طال الانتظار", "تعامل محترم من الموظفين")
PAUSES = {"Waiting": "paused_days", "External": "external_days", "Running": "working_days"}


def request_rows(case: Case) -> Iterator[Row]:
	"""(DocType, row) of everything that the request has."""
	request = _request(case)
	clock = list(_clock(case, request))
	_count_days(case, request, clock)
	yield "Service Receipt", _receipt(case, request)
	yield case.pack["document_type"], request
	yield from (("Service Clock Entry", row) for row in clock)
	yield from (("Service Request Document", row) for row in _documents(case, request))
	yield from (("Service Rule Result", row) for row in _rules(case, request))
	yield from _tables(case, request)
	yield from (("Service Certificate", row) for row in _issued(case, request))


@cache
def _empty(doctype: str) -> dict[str, Any]:
	"""Every column of the record type with the value that an empty field has."""
	left_out = {*no_value_fields, *table_fields}
	fields = [df for df in frappe.get_meta(doctype).fields if df.fieldtype not in left_out]
	return {df.fieldname: 0 if df.fieldtype in COUNTED else None for df in fields}


def _request(case: Case) -> dict:
	pack, doctype = case.pack, case.pack["document_type"]
	name = f"{pack['code'].replace('-', '')}-{case.submitted:%y}-{case.number:06}"
	inside = pack["subject"] in ("institution", "child") or any(
		row["role"] in INSIDE for row in pack["access"]
	)
	system = {
		"service": pack["code"],
		"pack_version": case.version,
		"submitted_on": case.submitted,
		"status": case.states[case.path[-1]]["title"]["en"],
		"org_unit": case.place.site.unit,
		"institution": case.place.site.code if inside else None,
		"channel": _channel(case),
		"receipt": f"{case.submitted:%y}-{''.join(case.rng.choices(SIGNS, k=LENGTH))}",
		"priority_points": evaluation.points(pack, case.known_now, case.day),
	}
	if pack["subject"] == "child":
		system["child"] = case.place.child["name"]
	values = _columns(case) | case.applicant | system | _fee(case) | _decision(case)
	row = record(name, case.submitted, case.owner, **(_empty(doctype) | values))
	row["modified"] = case.steps[-1][1] if case.steps else case.submitted
	return row


def _columns(case: Case) -> dict[str, Any]:
	"""Fields of the form, without tables."""
	tables = {field["name"] for field in fields_of(case.pack) if field["type"] == "table"}
	return {name: _stored(value) for name, value in case.filled.items() if name not in tables}


def _stored(value: Any) -> Any:
	return int(value) if isinstance(value, bool) else value


def _channel(case: Case) -> str:
	channels = [name for name in case.pack["channels"] if (name == "citizen") == case.by_citizen]
	return CHANNELS[(channels or case.pack["channels"])[0]]


def _fee(case: Case) -> dict:
	rule = case.pack["fee"]
	if rule["kind"] != "fixed" or expressions.holds(rule.get("exempt_when"), case.known, case.day):
		return {}
	paid = any("fee" in action["requires"] for action, _moment, _who in case.steps)
	return {"fee_amount": rule.get("amount", 0), "fee_receipt": f"R-{case.number:05}" if paid else None}


def _decision(case: Case) -> dict:
	"""Who decided and when, the end, and what the applicant says of it afterwards."""
	kind = case.states[case.path[-1]]["kind"]
	found: dict = {}
	if kind in ENDED:
		_action, moment, who = case.steps[-1]
		found |= {"closed_on": moment}
		if kind in ("accepted", "refused"):
			found |= {"decided_by": who, "decided_on": moment}
		if case.rng.random() < 0.55:
			rating = choose(case.rng, ((5, 5), (4, 6), (3, 3), (2, 1), (1, 1)))
			found |= {"rating": rating, "rating_comment": case.rng.choice(REMARKS)}
	return found


def _clock(case: Case, request: dict) -> Iterator[dict]:
	moments = [case.submitted, *(moment for _action, moment, _who in case.steps)]
	basis = case.pack["clock"]["basis"]
	for number, code in enumerate(case.path):
		state, came = case.states[code], moments[number]
		left = moments[number + 1] if number + 1 < len(moments) else None
		action, _moment, who = case.steps[number - 1] if number else ({}, None, case.owner)
		yield table_row(
			request,
			case.pack["document_type"],
			"clock",
			number + 1,
			state=state["title"]["en"],
			kind="Ended" if state["kind"] in ENDED else KINDS.get(state["kind"], "Running"),
			entered_on=came,
			left_on=left,
			days=days_used(came.date(), left.date(), basis) if left else 0,
			due_on=due_day(came.date(), state["days"], basis) if state["days"] is not None else None,
			action=action["title"]["en"] if action else "",
			moved_by=who,
			reason=REASON if "reason" in action.get("requires", ()) else "",
		)


def _count_days(case: Case, request: dict, clock: list[dict]) -> None:
	"""Days used and paused, the last day, and whether it is past: as the runtime counts them."""
	for kind, column in PAUSES.items():
		request[column] = sum(row["days"] for row in clock if row["kind"] == kind)
	pack, entry = case.pack["clock"], clock[-1]
	total = pack["days"] + request["paused_days"] + request["external_days"]
	request["due_on"] = due_day(case.day, total, pack["basis"])
	request["state_due_on"] = entry["due_on"]
	last = (request["closed_on"] or datetime.combine(case.settings.as_of, datetime.min.time())).date()
	request["overdue"] = int(entry["kind"] in ("Running", "Ended") and request["due_on"] < last)
	if "reason" in (case.steps[-1][0]["requires"] if case.steps else ()):
		request["reason"] = entry["reason"]


def _documents(case: Case, request: dict) -> Iterator[dict]:
	"""The checklist: whole and looked at once papers were asked for, on its way before."""
	asked = {row["code"] for row in evaluation.asked_documents(case.pack, case.known_now, case.day)}
	whole = any({"documents", "verified_documents"} & set(a["requires"]) for a, _moment, _who in case.steps)
	number = 0
	for document in case.pack["documents"]:
		if document["code"] not in asked and document["required_when"]:
			continue
		number += 1
		state = _paper(case, document["code"], whole)
		looked_at = state in ("Verified", "Waived")
		yield table_row(
			request,
			case.pack["document_type"],
			"documents",
			number,
			document_code=document["code"],
			document_title=document["title"]["en"],
			required=int(document["code"] in asked),
			state=state,
			remarks=GROUND if state == "Waived" else "",
			checked_by=case.steps[0][2] if looked_at and case.steps else None,
			checked_on=case.steps[0][1] if looked_at and case.steps else None,
		)


def _paper(case: Case, code: str, whole: bool) -> str:
	if code in case.sample["waived"] and whole:
		return "Waived"
	if code not in case.sample["documents"]:
		return "Missing"
	if whole:
		return "Verified"
	return choose(case.rng, (("Handed In", 3), ("Missing", 1)))


def _rules(case: Case, request: dict) -> Iterator[dict]:
	asked = any("rules" in action["requires"] for action, _moment, _who in case.steps)
	results = evaluation.rule_results(case.pack, case.known_now, case.day)
	for number, (rule, result) in enumerate(zip(case.pack["rules"], results, strict=True), 1):
		failed = result.outcome in (evaluation.FAIL, evaluation.WAIVABLE)
		waived = asked and rule["code"] in case.sample["waived"] and failed
		yield table_row(
			request,
			case.pack["document_type"],
			"rule_results",
			number,
			rule_code=rule["code"],
			rule_title=rule["title"]["en"],
			outcome=WAIVED if waived else OUTCOMES[result.outcome],
			explanation=rule["reason"]["ar"] if failed else "",
			waiver_reason=GROUND if waived else "",
			waived_by=case.user(rule["waivable_by"][0]) if waived else None,
			waived_on=case.steps[-1][1] if waived else None,
			pack_version=case.version,
		)


def _tables(case: Case, request: dict) -> Iterator[Row]:
	for position, field in enumerate(fields_of(case.pack)):
		if field["type"] != "table":
			continue
		doctype = table_name(case.pack, field)
		for number, given in enumerate(case.filled.get(field["name"]) or [], 1):
			values = _empty(doctype) | {key: _stored(value) for key, value in given.items()}
			row = table_row(request, case.pack["document_type"], field["name"], number, **values)
			yield doctype, row | {"name": f"{request['name'].lower()}-{position}-{number}"}


def _receipt(case: Case, request: dict) -> dict:
	given = case.applicant
	return record(
		request["receipt"],
		case.submitted,
		case.owner,
		org_unit=request["org_unit"],
		institution=request["institution"],
		channel=request["channel"],
		received_on=case.submitted,
		received_by=case.owner,
		requests=1,
		applicant_name=given["applicant_name"],
		search_name=normalise(given["applicant_name"]),
		applicant_phone=given["applicant_phone"],
		phone_key=phone_key(given["applicant_phone"]),
	)


def _issued(case: Case, request: dict) -> Iterator[dict]:
	"""One certificate for each output whose state was reached."""
	for output in case.pack["outputs"]:
		if output["on_state"] not in case.path[1:]:
			continue
		_action, moment, who = case.steps[case.path.index(output["on_state"]) - 1]
		signs = stream(case.settings.seed, "certificate", request["name"], output["code"])
		number = "".join(signs.choices(SIGNS, k=certificates.LENGTH))
		yield record(
			f"{case.pack['code']}-{moment:%y}-{number}",
			moment,
			who,
			service=case.pack["code"],
			output_code=output["code"],
			output_title=output["title"]["en"],
			output_kind=certificates.KINDS[output["kind"]],
			org_unit=request["org_unit"],
			institution=request["institution"],
			state="Valid",
			request_type=case.pack["document_type"],
			request=request["name"],
			issued_on=moment.date(),
			issued_by=who,
			valid_until=_last_day(case, output, moment.date()),
		)


def _last_day(case: Case, output: dict, issued: date) -> date | None:
	told = case.filled.get(output["valid_until_field"] or "")
	if told:
		return getdate(told)
	return getdate(add_months(issued, output["valid_months"])) if output["valid_months"] else None

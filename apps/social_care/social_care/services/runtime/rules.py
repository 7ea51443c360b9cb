"""The conditions of a service for one request: evaluated with every save while it is open, waived by whom the pack names."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime, nowdate

from social_care.services.packs import evaluation
from social_care.services.runtime import units
from social_care.services.runtime.facts import facts
from social_care.services.versions import state_named

OUTCOMES = {
	evaluation.PASS: "Passes",
	evaluation.FAIL: "Fails",
	evaluation.WAIVABLE: "May Be Waived",
	evaluation.MISSING: "Not Known Yet",
	evaluation.NOT_APPLICABLE: "Not Applicable",
}
WAIVED = "Waived"
OPEN = ("Fails", "May Be Waived", "Not Known Yet")


class WaiverError(frappe.PermissionError):
	"""A condition that cannot be waived, or not by this user."""


def keep(doc: Document, before: Document) -> None:
	"""A client asks for a waiver by its reason and nothing else of these rows."""
	reasons = {row.rule_code: row.waiver_reason for row in doc.rule_results}
	rows = [row.as_dict() for row in before.rule_results]
	for row in rows:
		row.waiver_reason = reasons.get(row.rule_code, row.waiver_reason)
	doc.set("rule_results", rows)


def evaluate(doc: Document, pack: dict) -> None:
	"""Answers of all rules; after the decision they stay as they were decided upon."""
	before = doc.get_doc_before_save()
	if doc.decided_on and doc.rule_results and not still_asked(pack, before):
		return
	old = {row.rule_code: row for row in doc.rule_results}
	stored = {row.rule_code: row.waiver_reason for row in before.rule_results} if before else {}
	rows = []
	for rule, result in zip(
		pack["rules"], evaluation.rule_results(pack, facts(doc, pack), getdate(nowdate())), strict=True
	):
		row = _row(doc, rule, result)
		if earlier := old.get(rule["code"]):
			_take_waiver(doc, pack, rule, row, earlier, stored.get(rule["code"]))
		rows.append(row)
	if [_seen(row) for row in rows] != [_seen(row) for row in doc.rule_results]:
		doc.set("rule_results", rows)


def still_asked(pack: dict, before: Document | None) -> bool:
	"""Whether a step that asks for conditions is ahead: help that begins at once is decided upon later."""
	state = state_named(pack, before.status)["code"] if before else pack["workflow"]["states"][0]["code"]
	after = {action["to"] for action in pack["workflow"]["actions"] if state in action["from"]}
	return any(
		"rules" in action["requires"] and {state, *after} & set(action["from"])
		for action in pack["workflow"]["actions"]
	)


def _seen(row) -> tuple:
	return tuple(
		str(row.get(key) or "")
		for key in ("rule_code", "outcome", "explanation", "waiver_reason", "waived_by")
	)


def _row(doc: Document, rule: dict, result: evaluation.RuleResult) -> dict:
	failed = result.outcome in (evaluation.FAIL, evaluation.WAIVABLE)
	return {
		"rule_code": rule["code"],
		"rule_title": rule["title"]["en"],
		"outcome": OUTCOMES[result.outcome],
		"explanation": rule["reason"]["ar"] if failed else "",
		"pack_version": doc.pack_version,
	}


def _take_waiver(
	doc: Document, pack: dict, rule: dict, row: dict, earlier: Document, stored: str | None
) -> None:
	reason = (earlier.waiver_reason or "").strip()
	if not reason or row["outcome"] not in ("May Be Waived", "Not Known Yet"):
		return
	signed = {"waived_by": earlier.waived_by, "waived_on": earlier.waived_on}
	if reason != (stored or "").strip() or not earlier.waived_by:
		check_may_waive(doc, pack, rule)
		signed = {"waived_by": frappe.session.user, "waived_on": now_datetime()}
	row.update({"outcome": WAIVED, "waiver_reason": reason, **signed})


def check_may_waive(doc: Document, pack: dict, rule: dict) -> None:
	"""Only a role that the pack names, at the place of the request, and not whoever entered it."""
	user = frappe.session.user
	if user == "Administrator":
		return
	if user == doc.owner:
		_refuse(_("Whoever entered the request waives none of its papers and conditions."))
	if not set(rule["waivable_by"]) & units.roles_now(user, doc, pack):
		_refuse(_("You cannot waive the condition «{0}».").format(_(rule["title"]["en"])))


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, WaiverError, title=_("Waiver"))


def unmet(doc: Document) -> list[str]:
	"""Conditions that stand against a positive decision, each with its answer."""
	return [f"{_(row.rule_title)} ({_(row.outcome)})" for row in doc.rule_results if row.outcome in OPEN]

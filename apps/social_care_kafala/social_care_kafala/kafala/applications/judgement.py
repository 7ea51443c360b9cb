"""The family judged by the conditions in force on the day of its application, with the waivers that were given."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, now_datetime
from social_care.decisions.committees.case_kinds import APPROVAL
from social_care.organisation.grants import roles_at
from social_care.services.packs.messages import sentences

from social_care_kafala.kafala.eligibility import engine, rule_sets
from social_care_kafala.kafala.eligibility.facts import labels
from social_care_kafala.kafala.path import states

INCOMPLETE, MEETS, WAIVED = "Incomplete", "Meets the Conditions", "Meets Them with a Waiver"
NEEDS_WAIVER, FAILS = "Needs a Waiver", "Does Not Meet Them"
GIVERS = {
	"Local Committee": {"Committee Secretary", "Directorate Director"},
	"High Committee": {"General Manager"},
}
HIGH = "High Committee"


def judge(file: Document, facts: dict) -> None:
	"""Write the answers and what follows from them; after the hand-over they stay as they were."""
	before = file.get_doc_before_save()
	if before and before.status not in states.JUDGED:
		file.set("answers", [row.as_dict() for row in before.answers])
		return
	if not before or before.status == states.APPLIED or not file.rule_set:
		file.rule_set = rule_sets.in_force(file.applied_on)
	rows = rows_of(file.rule_set, facts, file.applied_on)
	if not before or [said(row) for row in rows] != [said(row) for row in before.answers]:
		file.set("answers", rows)
		file.evaluated_on = now_datetime()
	else:
		file.set("answers", [row.as_dict() for row in before.answers])


def said(row) -> tuple:
	return tuple(str(row.get(field) or "") for field in ("rule_code", "outcome", "waivable_by", "remark"))


def rows_of(code: str, facts: dict, day) -> list[dict]:
	"""The answers as rows of the file."""
	rules = frappe.get_cached_doc(rule_sets.DOCTYPE, code).rules
	found = rule_sets.answers(code, facts, day)
	names = labels() | sentences()
	return [
		{
			"rule_number": rule.rule_number,
			"rule_code": rule.rule_code,
			"rule": rule.rule,
			"decided_at": rule.decided_at,
			"outcome": answer.outcome,
			"waivable_by": answer.waivable_by,
			"remark": remark(rule, answer, names),
		}
		for rule, answer in zip(rules, found, strict=True)
	]


def remark(rule: Document, answer: engine.Answer, names: dict[str, str]) -> str:
	"""Which fact is missing, or what the family is told."""
	if answer.outcome == engine.MISSING:
		return _("Not known yet: {0}").format(names.get(answer.missing, answer.missing))
	return rule.reason or "" if answer.outcome in (engine.FAIL, engine.WAIVABLE) else ""


def sum_up(file: Document, with_child: bool = False) -> str:
	"""The result of all answers; those of the child count once there is one to be handed over."""
	rows = [
		row
		for row in file.answers
		if with_child or row.decided_at != "Matching" or row.outcome == engine.FAIL
	]
	outcomes = {row.outcome for row in rows}
	waivable = {row.rule_number for row in rows if row.outcome == engine.WAIVABLE}
	given = {cint(row.rule_number) for row in file.waivers}
	if engine.FAIL in outcomes:
		return FAILS
	if engine.MISSING in outcomes:
		return INCOMPLETE
	if waivable - given:
		return NEEDS_WAIVER
	return WAIVED if waivable else MEETS


def take_waivers(file: Document) -> None:
	"""A waiver is of a condition that may be waived, by whoever may, with a reason; given ones stay as they were."""
	before = file.get_doc_before_save()
	stored = list(before.waivers) if before else []
	known = {cint(row.rule_number) for row in stored}
	answers = {row.rule_number: row for row in file.answers}
	rows = [row.as_dict() for row in stored]
	for row in file.waivers:
		if cint(row.rule_number) not in known:
			check_waiver(file, row, answers.get(cint(row.rule_number)))
			rows.append(
				{
					"rule_number": cint(row.rule_number),
					"reason": row.reason,
					"given_by": frappe.session.user,
					"given_on": now_datetime(),
				}
			)
			known.add(cint(row.rule_number))
	file.set("waivers", rows)


def check_waiver(file: Document, row: Document, answer: Document | None) -> None:
	"""Refuse a waiver of what cannot be waived, or by somebody who may not."""
	if not answer or answer.outcome != engine.WAIVABLE:
		file.refuse(_("The condition {0} is not one to be waived here.").format(cint(row.rule_number)))
	if answer.waivable_by == HIGH and file.ruling != APPROVAL:
		file.refuse(_("The High Committee waives the condition {0} in a session.").format(answer.rule_number))
	user = frappe.session.user
	if user != "Administrator" and not GIVERS[answer.waivable_by] & roles_at(user, *file.place()):
		frappe.throw(
			_("The condition {0} is waived by: {1}").format(answer.rule_number, _(answer.waivable_by)),
			frappe.PermissionError,
			title=_("Waivers"),
		)


def check_decidable(file: Document) -> None:
	"""Before the committee's approval: nothing failed, missing or waiting for a waiver. Raises the file's error."""
	if file.eligibility in (MEETS, WAIVED):
		return
	open_rows = [
		row
		for row in file.answers
		if row.outcome in (engine.FAIL, engine.MISSING, engine.WAIVABLE) and row.decided_at != "Matching"
	]
	numbers = ", ".join(str(row.rule_number) for row in open_rows)
	file.refuse(_("{0}. Conditions: {1}").format(_(file.eligibility), numbers))

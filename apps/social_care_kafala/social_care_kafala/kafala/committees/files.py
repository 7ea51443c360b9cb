"""What a committee decides on a family's file, and what the agenda tells of one: no names, nothing above the lowest level."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import cint, format_date
from social_care.decisions.committees.case_kinds import APPROVAL, DEFERRAL, REFERRAL, REJECTION, Ruling, hands

from social_care_kafala.kafala.eligibility import engine
from social_care_kafala.kafala.path import states

LOCAL_ACTIONS = {
	APPROVAL: "Committee Approves",
	DEFERRAL: "Committee Defers",
	REJECTION: "Committee Rejects",
}
HIGH = "High Committee"


class RulingError(frappe.ValidationError):
	"""A decision that the file does not wait for any more."""


def summaries(names: list[str]) -> dict[str, str]:
	"""Kind of family, day of the application and result by the conditions of each file."""
	fields = ["name", "family_kind", "applied_on", "eligibility", "register_serial"]
	rows = frappe.get_all(  # of rows that the caller has looked at; all of the lowest level
		states.DOCTYPE, filters={"name": ["in", names]}, fields=fields
	)
	sentence = _("{0}, applied on {1}, register {2}: {3}", lang="ar")
	return {
		row.name: sentence.format(
			_(row.family_kind, lang="ar"),
			format_date(row.applied_on),
			row.register_serial or "–",
			_(row.eligibility or "Incomplete", lang="ar"),
		)
		for row in rows
	}


def involved(names: list[str]) -> dict[str, set[str]]:
	"""Whoever made a file, wrote on its content or reviewed its forms."""
	return hands(states.DOCTYPE, names, "reviewed_by")


def decide_locally(ruling: Ruling) -> None:
	"""The path goes on as the local committee has decided."""
	file = take(ruling, (states.COMMITTEE,))
	note(file, ruling)
	if ruling.decision == DEFERRAL:
		file.db_set("return_reason", ruling.reasons, update_modified=False)
	apply_workflow(file, LOCAL_ACTIONS[ruling.decision])


def hand_over(ruling: Ruling) -> None:
	"""The contract is signed on the day of the session, or the case goes back to the viewing; put off, it stays."""
	file = take(ruling, (states.HAND_OVER,))
	if ruling.decision == DEFERRAL:
		return
	values = {"ruling": ruling.decision, "hand_over_session": ruling.session}
	if ruling.decision == REFERRAL:
		file.db_set(values | {"return_reason": ruling.reasons}, update_modified=False)
		apply_workflow(file, "Return to the Viewing")
		return
	file.db_set(values | {"handed_over_on": file.handed_over_on or ruling.day}, update_modified=False)
	apply_workflow(file, "Sign the Contract")


def waive(ruling: Ruling) -> None:
	"""The High Committee waives what it alone may waive; what it refuses waits for it no longer."""
	file = take(ruling, (states.COMMITTEE,))
	if ruling.decision == APPROVAL:
		reason = _("{0} (session {1} of {2})", lang="ar").format(
			ruling.reasons or _("Waived by the High Committee.", lang="ar"), ruling.number, ruling.committee
		)
		add_waivers(file, reason, ruling)
	elif ruling.decision == REJECTION:
		file.db_set("waits_for_high", 0, update_modified=False)
		file.add_comment(
			"Info", _("The High Committee waives nothing (session {0}).", lang="ar").format(ruling.number)
		)


def add_waivers(file: Document, reason: str, ruling: Ruling) -> None:
	"""A waiver of each condition that waits for the High Committee, given by whoever closes its session."""
	file.db_set("ruling", ruling.decision, update_modified=False)
	for number in waits_for_high(file):
		file.append("waivers", {"rule_number": number, "reason": reason})
	file.save()


def waits_for_high(file: Document) -> list[int]:
	"""Numbers of the conditions that the High Committee may waive and has not."""
	given = {cint(row.rule_number) for row in file.waivers}
	return [
		cint(row.rule_number)
		for row in file.answers
		if row.outcome == engine.WAIVABLE and row.waivable_by == HIGH and cint(row.rule_number) not in given
	]


def note_waiting(file: Document) -> None:
	"""Whether conditions wait for the High Committee; what it has refused waits no longer, until others come up."""
	before, numbers = file.get_doc_before_save(), waits_for_high(file)
	if before and numbers and numbers == waits_for_high(before):
		file.waits_for_high = before.waits_for_high
	else:
		file.waits_for_high = int(bool(numbers))


def take(ruling: Ruling, allowed: tuple[str, ...]) -> Document:
	"""The file, held for this transaction, where it still waits."""
	file = frappe.get_doc(states.DOCTYPE, ruling.case_name, for_update=True)
	if file.status not in allowed:
		frappe.throw(
			_("File {0} does not wait for this decision any more.").format(file.name),
			RulingError,
			title=_("Committee Session"),
		)
	return file


def note(file: Document, ruling: Ruling) -> None:
	"""What was decided, where and when, stands on the file before its path goes on."""
	file.db_set(
		{
			"ruling": ruling.decision,
			"decided_in": ruling.session,
			"committee_session": ruling.number,
			"committee_date": ruling.day,
			"committee_reasons": ruling.reasons or file.committee_reasons,
		},
		update_modified=False,
	)

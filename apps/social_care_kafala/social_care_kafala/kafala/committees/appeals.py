"""Appeals of rejected families before the High Committee: what waits, what the agenda tells, and what the decision does."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import format_date
from social_care.decisions.committees.case_kinds import APPROVAL, DEFERRAL, Ruling
from social_care.registry.notices import notify, responsible

from social_care_kafala.kafala.committees import files
from social_care_kafala.kafala.path import states

DOCTYPE = "Kafala Appeal"
FILED, WAITING = "Appeal Filed", "Before the High Committee"
ACCEPTED, REJECTED, WITHDRAWN = "Appeal Accepted", "Appeal Rejected", "Appeal Withdrawn"
# Who keeps the file of the family, and tells it.
TOLD = ("Social Administration Manager", "Family and Childhood Specialist")
ACTIONS = {APPROVAL: "Accept the Appeal", "Rejection": "Reject the Appeal"}
# Where a rejected file goes on when its appeal is accepted.
REOPENED = {states.COMMITTEE: "Reopen before the Committee", states.SECURITY: "Reopen the Inquiry"}


def summaries(names: list[str]) -> dict[str, str]:
	"""Day of each appeal and the file that it is about."""
	rows = frappe.get_all(  # of rows that the caller has looked at; all of the lowest level
		DOCTYPE, filters={"name": ["in", names]}, fields=["name", "family_file", "filed_on", "due_on"]
	)
	sentence = _("Appeal of {0} on file {1}, due on {2}", lang="ar")
	return {
		row.name: sentence.format(format_date(row.filed_on), row.family_file, format_date(row.due_on))
		for row in rows
	}


def involved(names: list[str]) -> dict[str, set[str]]:
	"""Whoever worked on the appeal or its file, and whoever approved or closed what is appealed against."""
	rows = frappe.get_all(  # users alone, of rows that the caller has looked at
		DOCTYPE,
		filters={"name": ["in", names]},
		fields=["name", "family_file", "owner", "content_editors"],
	)
	of_file = files.involved([row.family_file for row in rows])
	return {
		row.name: of_file.get(row.family_file, set()) | {row.owner, *(row.content_editors or "").split()}
		for row in rows
	}


def decide(ruling: Ruling) -> None:
	"""An accepted appeal takes the file back to the step in which it was rejected; a deferred one goes on waiting."""
	if ruling.decision == DEFERRAL:
		return
	appeal = frappe.get_doc(DOCTYPE, ruling.case_name, for_update=True)
	if appeal.status != WAITING:
		frappe.throw(
			_("Appeal {0} does not wait for this decision any more.").format(appeal.name),
			files.RulingError,
			title=_("Committee Session"),
		)
	values = {"ruling": ruling.decision, "decided_in": ruling.session, "decided_on": ruling.day}
	appeal.db_set(values | {"reasons": ruling.reasons}, update_modified=False)
	appeal = apply_workflow(appeal, ACTIONS[ruling.decision])
	if ruling.decision == APPROVAL:
		reopen(appeal, ruling)
	tell(appeal)


def tell(appeal: Document) -> None:
	"""The administration of the file learns of the decision at once, by number."""
	sentence = _("Appeal {0} was decided: {1}.", lang="ar")
	users = responsible(appeal.org_unit, TOLD)
	notify(users, sentence.format(appeal.name, _(appeal.status, lang="ar")), DOCTYPE, appeal.name)


def reopen(appeal: Document, ruling: Ruling) -> None:
	"""The file goes on where it was rejected."""
	file = frappe.get_doc(states.DOCTYPE, appeal.family_file, for_update=True)
	file.db_set({"ruling": ruling.decision, "return_reason": ruling.reasons}, update_modified=False)
	apply_workflow(file, REOPENED[rejected_in(file)])


def rejected_in(file: Document) -> str:
	"""The step in which a file was rejected: that of the committee, unless it was the inquiry."""
	steps = [row.step for row in file.step_times if row.step != states.REJECTED]
	return states.SECURITY if steps and steps[-1] == states.SECURITY else states.COMMITTEE

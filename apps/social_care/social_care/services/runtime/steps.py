"""Steps of a request from state to state. The framework's Workflow offers them; what no workflow may loosen stands here:
the role at the place of the request, four eyes, papers, conditions, reasons.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import comma_and, date_diff, getdate, now_datetime, nowdate

from social_care.services.packs import expressions
from social_care.services.runtime import documents, edits, four_eyes, people, records, rules, units
from social_care.services.runtime.facts import facts
from social_care.services.versions import action_between, state_named

APPEAL = "appeal"
DECIDED = ("accepted", "refused")
ENDED = ("accepted", "refused", "withdrawn", "closed")


class StepError(frappe.ValidationError):
	"""A step that is not open now."""


def guard(doc: Document, pack: dict) -> None:
	"""Every rule of a save that moves the request, or edits it where it stands."""
	before = doc.get_doc_before_save()
	if not before:
		doc.asked_users = people.asked(doc, pack, received=True)
	elif before.status == doc.status:
		edits.check(doc, pack, before)
	else:
		take(doc, pack, before)


def take(doc: Document, pack: dict, before: Document) -> None:
	"""Check a step and write down what it decides."""
	action = action_between(pack, before.status, doc.status)
	if not action:
		_refuse(_("There is no step from «{0}» to «{1}».").format(_(before.status), _(doc.status)))
	check_actor(doc, pack, before, action)
	records.check_free(doc, pack, action)
	edits.check(doc, pack, before, with_step=True)
	check_condition(doc, pack, action)
	check_requirements(doc, action)
	units.bring_in(doc, pack)
	state = state_named(pack, doc.status)
	if state["kind"] in DECIDED:
		doc.decided_by, doc.decided_on = frappe.session.user, now_datetime()
	elif state["kind"] not in ENDED:
		doc.decided_by = doc.decided_on = None
	ended = state["kind"] in ENDED
	doc.closed_on = now_datetime() if ended else None
	doc.asked_users = people.asked(doc, pack)
	doc.flags.step = action


def check_actor(doc: Document, pack: dict, before: Document, action: dict) -> None:
	"""The applicant by his page, staff by a role held at the place and never on both sides of a decision."""
	if doc.flags.by_citizen:
		if not action["by_applicant"] or four_eyes.decides_appeal(
			pack, before, state_named(pack, doc.status)
		):
			_refuse(_("This step is not yours to take."), frappe.PermissionError)
		return
	user = frappe.session.user
	if user == "Administrator" or doc.flags.by_system:
		return
	if not set(action["roles"]) & units.roles_in(user, before, state_named(pack, before.status)):
		_refuse(_("This step is not yours to take."), frappe.PermissionError)
	four_eyes.check(doc, pack, before, action)


def check_condition(doc: Document, pack: dict, action: dict) -> None:
	if not is_open(doc, pack, action):
		_refuse(_("This step is not open for this request."))


def is_open(doc: Document, pack: dict, action: dict) -> bool:
	"""Whether the condition of an action holds; of an appeal whether its days since the refusal have not passed."""
	if action["code"] == APPEAL and not _may_appeal(doc, pack):
		return False
	return not action["when"] or expressions.holds(action["when"], facts(doc, pack), getdate(nowdate()))


def _may_appeal(doc: Document, pack: dict) -> bool:
	refused = doc.decided_on or doc.closed_on
	return bool(
		pack["appeal"] and refused and date_diff(nowdate(), getdate(refused)) <= pack["appeal"]["days"]
	)


def check_requirements(doc: Document, action: dict) -> None:
	"""What has to be there before the step; of one that follows a record, the record's own rules have asked."""
	if doc.flags.by_record:
		return
	for need in action["requires"]:
		REQUIREMENTS[need](doc)


def _need_documents(doc: Document) -> None:
	_refuse_open(_("These papers are missing: {0}."), documents.missing(doc, verified=False))


def _need_verified(doc: Document) -> None:
	_refuse_open(_("These papers were not looked at yet: {0}."), documents.missing(doc, verified=True))


def _need_rules(doc: Document) -> None:
	_refuse_open(_("These conditions are not met: {0}."), rules.unmet(doc))


def _need_reason(doc: Document) -> None:
	said = doc.clock[-1].reason if doc.clock else ""
	if not (doc.reason or "").strip() or doc.reason == said:
		_refuse(_("Write the reason of this step."))


def _need_fee(doc: Document) -> None:
	if doc.fee_amount and not (doc.fee_receipt or "").strip():
		_refuse(_("Write the number of the receipt for the fee."))


REQUIREMENTS = {
	"documents": _need_documents,
	"verified_documents": _need_verified,
	"rules": _need_rules,
	"reason": _need_reason,
	"fee": _need_fee,
}


def _refuse_open(sentence: str, open_items: list[str]) -> None:
	if open_items:
		_refuse(sentence.format(comma_and(open_items, add_quotes=False)))


def _refuse(sentence: str, exception: type[Exception] = StepError) -> None:
	frappe.throw(sentence, exception, title=_("Request"))

"""What becomes of beneficiaries: proposed by one, decided by another, for a row or for all rows with one finding at a place.

Listed → Verified (somebody has looked and proposes) → Moved or Excluded (somebody else has decided). Rows are gathered and
moved in chunks, each committed with the decision's position; a stopped decision goes on where it was.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now, now_datetime

from social_care import one_worker
from social_care.cash_support import checking, checks, moving, places, rights
from social_care.cash_support.loading import lock
from social_care.scope.reach import units_below

DECISION, REVIEW = "Beneficiary Decision", "Beneficiary Review"
COLLECTING, PROPOSED, APPROVED, APPLIED, REFUSED = "Collecting", "Proposed", "Approved", "Applied", "Refused"
UNDER_WAY = (COLLECTING, APPROVED, REFUSED)
MOVE, EXCLUDE = "Move", "Exclude"
AT_ONCE = 2000
HOURS = 2
FIELDS = [
	*("name", "campaign", "org_unit", "outcome", "result", "finding", "reason", "status", "rows_count"),
	*("rows_done", "rows_left_out", "position", "single", "proposed_by", "decided_by", "decided_on"),
]


class DecisionError(frappe.ValidationError):
	"""A step that a decision does not take now."""


def propose(
	campaign: str, org_unit: str, outcome: str, reason: str, result: str = "", finding: str = ""
) -> Document:
	"""Propose one outcome for all listed rows of a unit with a result or a finding."""
	rights.check(rights.PROPOSERS, org_unit)
	known = (result or checks.CLEAR) in checks.RESULTS and (not finding or finding in checks.SEVERITY)
	if not known or not (result or finding):
		_refuse(_("Choose which rows are meant: a result or a finding."))
	if outcome == MOVE and checks.FAILS in (result, checks.SEVERITY.get(finding)):
		_refuse(_("Rows that failed a check are moved one by one only, each with its reason."))
	return _new(campaign, org_unit, outcome, reason, result=result, finding=finding)


def propose_single(row: str, outcome: str, reason: str) -> Document:
	"""Propose the outcome of one row, whatever the checks say; the reason stands beside it."""
	doc = frappe.get_doc(REVIEW, row)
	doc.check_permission("read")
	rights.check(rights.PROPOSERS, doc.org_unit)
	if doc.status != "Listed":
		_refuse(_("The row is verified or decided already."))
	judged = {"result": doc.result, "finding": doc.finding}
	return _new(doc.campaign, doc.org_unit, outcome, reason, single=row, **judged)


def _new(campaign: str, org_unit: str, outcome: str, reason: str, **values) -> Document:
	kept = frappe.db.get_value(
		"Beneficiary Review Campaign", campaign, ["status", "target_programme"], as_dict=True
	)
	if not kept or kept.status != "Open":
		_refuse(_("The campaign is closed."))
	if outcome not in (MOVE, EXCLUDE) or (outcome == MOVE and not kept.target_programme):
		_refuse(_("This campaign moves nobody."))
	if not (reason or "").strip():
		_refuse(_("Give a reason."))
	doc = frappe.new_doc(DECISION)
	doc.update(
		{"campaign": campaign, "org_unit": org_unit, "outcome": outcome, "reason": reason.strip(), **values}
	)
	doc.update({"status": COLLECTING, "proposed_by": frappe.session.user, "proposed_on": now()})
	doc.insert(ignore_permissions=True)  # asked above
	enqueue(doc.name)
	return doc


def decide(name: str, approved: bool, refusal: str = "") -> None:
	"""The second signature: everything that was proposed, or nothing of it with a reason."""
	own = frappe.db.get_value(DECISION, name, FIELDS, as_dict=True, for_update=True)
	if not own or own.status != PROPOSED:
		_refuse(_("This decision does not wait for an answer."))
	rights.check(rights.DECIDERS, own.org_unit)
	rights.check_other(own.proposed_by)
	if not approved and not (refusal or "").strip():
		_refuse(_("Give a reason."))
	values = {"decided_by": frappe.session.user, "decided_on": now(), "position": ""}
	values |= {"status": APPROVED} if approved else {"status": REFUSED, "refusal": refusal.strip()}
	doc = frappe.get_doc(DECISION, name)
	doc.update(values)
	doc.save(ignore_permissions=True)  # asked above
	enqueue(name)


def enqueue(name: str) -> None:
	"""Queue what is to be done for a decision now."""
	job_id = f"beneficiary-decision-{name}-{now_datetime():%Y%m%d%H%M%S}"
	one_worker.queue("social_care.cash_support.decisions.run", HOURS, job_id, name=name)


def resume() -> None:
	"""Scheduler: decisions whose worker died, or whose turn it was while another job had the lock."""
	waiting = {"status": ["in", UNDER_WAY], "position": ["!=", "end"]}
	one_worker.queue_again(DECISION, waiting, lock(), enqueue)


def run(name: str) -> None:
	"""The job: the next chunks of the step at which the decision is."""
	with one_worker.alone(lock()) as is_alone:
		while is_alone:
			own = frappe.db.get_value(DECISION, name, FIELDS, as_dict=True)
			if not own or own.status not in UNDER_WAY or own.position == "end":
				return
			STEPS[own.status](own)
			frappe.db.commit()  # the bound of a chunk


def _collect(own: frappe._dict) -> None:
	"""The next listed rows that are meant become verified, or the decision is complete and waits."""
	names = _meant(own)
	if not names:
		frappe.db.set_value(DECISION, own.name, {"status": PROPOSED, "position": ""})
		return
	values = {"status": "Verified", "decision": own.name, "proposal": own.outcome, "reason": own.reason}
	frappe.db.set_value(REVIEW, {"name": ["in", names]}, values)
	_go_on(own, names[-1], rows_count=own.rows_count + len(names))


def _meant(own: frappe._dict) -> list[str]:
	"""Names of the next rows, after the position."""
	if own.single:
		return frappe.get_all(REVIEW, {"name": own.single, "status": "Listed"}, pluck="name")
	lft, rgt = frappe.db.get_value("Org Unit", own.org_unit, ["lft", "rgt"])
	chosen = " and ".join(f"`{field}` = %({field})s" for field in ("result", "finding") if own.get(field))
	return frappe.db.sql(
		f"""select `name` from `tabBeneficiary Review` where `campaign` = %(campaign)s and `status` = 'Listed'
		and `org_unit` in {units_below(lft, rgt)} and `name` > %(position)s and {chosen} order by `name` asc limit %(limit)s""",
		dict(
			own, position=own.position or "", limit=AT_ONCE
		),  # fields of this module, units escaped by social_care.scope
		pluck=True,
	)


def _apply(own: frappe._dict) -> None:
	"""The next verified rows are judged anew and get their outcome. What the checks say otherwise is left out and listed again."""
	rows = _next(own)
	if not rows:
		frappe.db.set_value(DECISION, own.name, {"status": APPLIED, "position": "end"})
		return
	checking.judge_anew(rows, checks.rules(own.campaign), places.root())
	left_out = {row.name for row in rows if _differs(row, own)}
	chosen = [row for row in rows if row.name not in left_out]
	if own.outcome == MOVE:
		left_out |= moving.enrol(chosen, own)
		chosen = [row for row in chosen if row.name not in left_out]
	if chosen:
		values = {
			"status": "Moved Over" if own.outcome == MOVE else "Excluded",
			"decided_on": getdate(own.decided_on),
		}
		frappe.db.set_value(REVIEW, {"name": ["in", [row.name for row in chosen]]}, values)
	_list_again(left_out)
	done = {"rows_done": own.rows_done + len(chosen), "rows_left_out": own.rows_left_out + len(left_out)}
	_go_on(own, rows[-1].name, **done)


def _differs(row: frappe._dict, own: frappe._dict) -> bool:
	"""Whether the checks say something else than was proposed upon. One row is excluded for its own reason, whatever they say."""
	if own.single and own.outcome == EXCLUDE:
		return False
	return any(own[field] and (row[field] or "") != own[field] for field in ("result", "finding"))


def _release(own: frappe._dict) -> None:
	"""The rows of a refused decision are listed again."""
	rows = _next(own)
	_list_again({row.name for row in rows})
	_go_on(own, rows[-1].name if rows else "end")


def _next(own: frappe._dict) -> list[frappe._dict]:
	return frappe.get_all(  # all rows of the decision, whoever decides
		REVIEW,
		{"decision": own.name, "status": "Verified", "name": [">", own.position or ""]},
		list(dict.fromkeys((*checking.COLUMNS, *moving.COLUMNS))),
		order_by="name asc",
		limit=AT_ONCE,
	)


def _list_again(names: set[str]) -> None:
	if names:
		values = {"status": "Listed", "decision": None, "proposal": "", "reason": ""}
		frappe.db.set_value(REVIEW, {"name": ["in", sorted(names)]}, values)


def _go_on(own: frappe._dict, position: str, **values) -> None:
	frappe.db.set_value(DECISION, own.name, {"position": position, **values})
	frappe.publish_realtime(
		"beneficiary_list", {"name": own.name}, doctype=DECISION, docname=own.name, after_commit=True
	)


def _refuse(message: str) -> None:
	frappe.throw(message, DecisionError, title=_("Decision"))


STEPS = {COLLECTING: _collect, APPROVED: _apply, REFUSED: _release}

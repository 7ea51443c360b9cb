"""The plan for the children of a closing: the proposal of the search, the committee's approval."""

from collections import defaultdict

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_to_date, cint, getdate, now_datetime, nowdate, time_diff_in_seconds
from social_care.organisation.grants import roles_at
from social_care.registry.child_paper import editing_roles

from social_care_inspections.inspections.closings import approval, completion, facts, plan_row, solver, states
from social_care_inspections.inspections.closings.plan_row import ClosingPlacementError, reason
from social_care_inspections.inspections.closings.rows import (
	locked_rows,
	regroup,
	regrouped,
	rows_of,
	show_decided,
)
from social_care_inspections.inspections.closings.settings import settings, weights

QUEUED, READING, SEARCHING, WRITING, READY, FAILED = (
	"Queued",
	"Reading",
	"Searching",
	"Writing",
	"Ready",
	"Failed",
)
RUNNING = (QUEUED, READING, SEARCHING, WRITING)
LOG_TITLE = "Proposal for a closing failed"


def open_case(name: str) -> Document:
	"""The closing, locked, while its children are placed and the caller may write it there."""
	case = frappe.get_doc(states.CLOSING, name, for_update=True)
	case.check_permission("write")
	case.check_writer()
	if case.status not in plan_row.OPEN:
		frappe.throw(
			_("The plan for the children is written while they are placed; the closing is: {0}").format(
				_(case.status)
			),
			ClosingPlacementError,
			title=_(states.CLOSING),
		)
	check_editor(case)
	return case


def check_editor(case: Document) -> None:
	"""Whoever edits the case in its present state, at its place; the right to give an opinion on it is not enough."""
	user = frappe.session.user
	if user != "Administrator" and not editing_roles(states.CLOSING, case.status) & roles_at(
		user, *case.place()
	):
		frappe.throw(_("This step is not yours to take."), frappe.PermissionError, title=_(states.CLOSING))


def propose(name: str) -> None:
	"""Begin the search in the background; rows that a person has chosen are kept."""
	case = open_case(name)
	user = frappe.session.user
	asked = "\n".join(sorted({*(case.proposers or "").split(), user}))
	case.db_set(
		{"proposal_state": QUEUED, "proposal_by": user, "proposers": asked, "proposal_on": now_datetime()},
		notify=True,
	)
	frappe.enqueue(
		"social_care_inspections.inspections.closings.plan.search",
		queue="long",
		timeout=timeout(),
		closing=name,
		job_id=f"closing_plan_{name}",
		deduplicate=True,
		enqueue_after_commit=True,
	)


def timeout() -> int:
	"""Seconds after which a search is ended."""
	return max(cint(settings().search_seconds) * 4, 600)


def is_running(case: Document | dict) -> bool:
	"""Whether the search may still write; one that was killed is over when its time is."""
	if case.proposal_state not in RUNNING or not case.proposal_on:
		return False
	return time_diff_in_seconds(now_datetime(), case.proposal_on) < timeout()


def end_killed() -> None:
	"""Searches whose time has passed without an end: they failed, and are begun anew."""
	late = add_to_date(now_datetime(), seconds=-timeout())
	filters = {"proposal_state": ["in", RUNNING], "proposal_on": ["<", late]}
	frappe.db.set_value(states.CLOSING, filters, "proposal_state", FAILED)


def search(closing: str) -> None:
	"""Job: read, search, write. One that was ended leaves the rows as they were, and is begun anew."""
	spoken = frappe.local.lang
	try:
		proposal = found(closing)
		# the reasons on the rows are read in Arabic, whatever language a worker speaks
		frappe.local.lang = "ar"
		write(closing, *proposal)
	except Exception:
		frappe.db.rollback()
		frappe.log_error(LOG_TITLE, reference_doctype=states.CLOSING, reference_name=closing)
		tell_progress(closing, FAILED, 100)
		raise
	finally:
		frappe.local.lang = spoken


def found(closing: str) -> tuple[solver.Proposal, dict[str, str]]:
	"""The proposal, and the kind of next place (small home or other institution) by institution."""
	tell_progress(closing, READING, 10)
	institution, result, successor = frappe.db.get_value(
		states.CLOSING, closing, ["institution", "expected_result", "successor"]
	)
	here = set(completion.residents(institution, for_update=False))
	rows = rows_of(closing, status=["!=", states.ENDED])
	for row, now in regrouped(rows):
		row.update(now)
	rows = [
		row
		for row in rows
		if row.status != states.DRAFT or (row.child in here and row.next_place != states.INDEPENDENT)
	]
	homes = facts.homes(closing, institution, successor if result == states.MERGER else None)
	tell_progress(closing, SEARCHING, 30)
	proposal = solver.solve(facts.residents(rows), homes, weights(), cint(settings().search_seconds) or 60)
	return proposal, {home.code: states.SMALL_HOME if home.small else states.OTHER for home in homes}


def write(closing: str, proposal: solver.Proposal, kinds: dict[str, str]) -> None:
	"""The proposal into rows that are still drafts and not a person's, and its figures into the closing, in one transaction."""
	tell_progress(closing, WRITING, 80)
	case = frappe.get_doc(states.CLOSING, closing, for_update=True)
	regroup(closing)
	asked = proposal.homes.keys() | proposal.unplaced.keys()
	rows = [
		row for row in locked_rows(closing, status=states.DRAFT, chosen_by_person=0) if row.child in asked
	]
	points = facts.places_of({row.institution for row in rows} | set(proposal.homes.values()))
	names = institution_names(set(proposal.homes.values()))
	alike = defaultdict(list)
	for row in rows:
		alike[tuple(proposed(row, proposal, kinds, points, names).items())].append(row.name)
	for values, of_rows in alike.items():
		frappe.db.set_value(states.PLAN, {"name": ["in", of_rows]}, dict(values))
	case.db_set(
		{
			"proposal_state": READY,
			"proposal_proof": proposal.proof,
			"proposal_seconds": proposal.seconds,
			"proposal_kilometres": proposal.kilometres,
			"proposal_school_changes": proposal.school_changes,
			"proposal_objective": proposal.objective,
			"proposal_unplaced": len(proposal.unplaced),
			**(plan_row.NO_OPINION if alike else {}),
		},
		notify=True,
	)
	tell_progress(closing, READY, 100)


def institution_names(codes: set[str]) -> dict[str, str]:
	rows = frappe.get_all(
		"Institution", {"name": ["in", sorted(codes) or [""]]}, ["name", "institution_name"]
	)
	return {row.name: row.institution_name for row in rows}  # of the proposal that the caller asked for


def proposed(row: dict, proposal: solver.Proposal, kinds: dict[str, str], points: dict, names: dict) -> dict:
	"""Values of a row by the proposal; one that it leaves without a home says why."""
	home = proposal.homes.get(row.child)
	rule = proposal.unplaced.get(row.child)
	values = {"to_institution": home, "next_place": kinds.get(home, "") if home else ""}
	values["unplaced_reason"] = reason(rule, cint(row.siblings_here)) if rule else None
	return values | plan_row.target(row, home, names.get(home), points)


def tell_progress(closing: str, state: str, percent: int) -> None:
	"""To whoever looks at the closing's form; numbers only."""
	frappe.publish_realtime(
		"closing_plan",
		{"closing": closing, "state": state, "percent": percent},
		doctype=states.CLOSING,
		docname=closing,
	)
	if state == FAILED:
		frappe.db.set_value(states.CLOSING, closing, "proposal_state", state)
		frappe.db.commit()  # the end of a job that failed


def approve(name: str) -> int:
	"""The committee's decision on every row that is ready; number of rows approved. Transfers are made in a job."""
	case = open_case(name)
	case.need("committee", "plan_decision_number", "plan_decision_date")
	case.check_past("plan_decision_date")
	approval.check_opinion(case)
	if is_running(case):
		case.refuse(_("The search for places is still running; approve its plan when it has ended."))
	approval.hold_homes(name)
	regroup(name)
	here = set(completion.residents(case.institution))
	rows = locked_rows(name, status=["!=", states.ENDED])
	drafts = [row for row in rows if row.status == states.DRAFT and row.child in here]
	if not drafts:
		case.refuse(_("There is no row that waits for the committee's decision."))
	approval.check_approver(case, drafts)
	approval.check_rows(case, drafts, rows)
	approval.check_room(case, drafts)
	decide(case, drafts)
	return len(drafts)


def give_opinion(name: str, opinion: str) -> None:
	"""The legal adviser on the committee's decision; the rules of the case say who, when and about what."""
	case = frappe.get_doc(states.CLOSING, name, for_update=True)
	case.check_permission("write")
	case.plan_legal_opinion = opinion
	case.need("plan_legal_opinion")
	case.save()


def decide(case: Document, drafts: list[dict]) -> None:
	"""The decision onto every row, and the job that makes the transfers."""
	from social_care_inspections.inspections.closings import transfers

	decision = {
		"status": states.APPROVED,
		"decision_number": case.plan_decision_number,
		"decision_date": getdate(case.plan_decision_date),
		"decision_authority": case.committee,
		"approved_by": frappe.session.user,
		"approved_on": now_datetime(),
	}
	names = [row.name for row in drafts]
	frappe.db.set_value(states.PLAN, {"name": ["in", names]}, decision)
	undated = [row.name for row in drafts if not row.effective_date]
	frappe.db.set_value(states.PLAN, {"name": ["in", undated or [""]]}, "effective_date", nowdate())
	show_decided(names)
	case.db_set({"plan_approved_by": frappe.session.user, "plan_approved_on": now_datetime()}, notify=True)
	case.add_comment("Workflow", _("The committee's decision on the children was recorded."))
	transfers.enqueue(case.name)

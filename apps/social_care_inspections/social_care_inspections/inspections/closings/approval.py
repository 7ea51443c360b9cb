"""What keeps the plan of a closing from its approval: opinion, hands, rows that are not ready, institutions without room."""

from collections import Counter, defaultdict

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint
from social_care.organisation.grants import roles_at

from social_care_inspections.inspections.closings import completion, facts, plan_row, states
from social_care_inspections.inspections.closings.rows import rows_of
from social_care_inspections.inspections.closings.settings import settings

APPROVERS = frozenset({"Directorate Director", "Central Administration Head"})
SHOWN = 10


def check_opinion(case: Document) -> None:
	"""Given where the settings ask for it, and by other hands than those that approve."""
	if cint(settings().committee_needs_opinion) and not case.plan_opinion_on:
		case.refuse(_("The legal adviser gives an opinion on the committee's decision first."))
	case.other_hands({case.plan_opinion_by}, _("Whoever gave the opinion on the plan does not approve it."))


def hold_homes(closing: str) -> None:
	"""Institutions of the plan, locked in the order of their codes: of two plans that send children there, one waits."""
	for code in sorted({row.to_institution for row in rows_of(closing, status=states.DRAFT)} - {None, ""}):
		completion.lock(code)


def check_approver(case: Document, drafts: list[dict]) -> None:
	"""A director at the place who neither asked for the proposal nor chose in it."""
	if frappe.session.user != "Administrator" and not APPROVERS & roles_at(
		frappe.session.user, *case.place()
	):
		frappe.throw(_("This step is not yours to take."), frappe.PermissionError, title=_(states.CLOSING))
	hands = set().union(*((row.content_editors or "").split() for row in drafts))
	case.other_hands(
		hands | {case.proposal_by, *(case.proposers or "").split()},
		_("Whoever made the plan for the children does not approve it."),
	)


def check_rows(case: Document, drafts: list[dict], rows: list[dict]) -> None:
	groups = defaultdict(list)
	for row in rows:
		groups[row.sibling_group or row.child].append(row)
	lines = []
	successor = case.successor if case.expected_result == states.MERGER else None
	strange = facts.unsuitable(case, drafts, successor)
	for row in drafts:
		row.unsuitable = row.child in strange
		if wrong := plan_row.faults(row, groups[row.sibling_group or row.child], successor):
			lines.append(f"{row.child}: {'؛ '.join(wrong)}")
	if lines:
		more = [_("and {0} more").format(len(lines) - SHOWN)] if len(lines) > SHOWN else []
		case.refuse("<br>".join([_("These children's rows are not ready:"), *lines[:SHOWN], *more]))


def check_room(case: Document, drafts: list[dict]) -> None:
	"""Every chosen institution takes children and has a place for all that are sent to it."""
	wanted = Counter(row.to_institution for row in drafts if row.to_institution)
	taken = facts.taken_places(case.name, list(wanted))
	own = Counter(row.to_institution for row in drafts if row.to_institution and row.chosen_by_person)
	homes = frappe.get_all(  # that the plan names
		"Institution",
		{"name": ["in", list(wanted) or [""]]},
		["name", "status", "licensed_capacity"],
		order_by="name asc",
	)
	for home in homes:
		free = cint(home.licensed_capacity) - taken[home.name] + own[home.name]
		if home.status != facts.RECEIVING:
			case.refuse(
				_("{0} takes no children in its present state ({1}).").format(home.name, _(home.status))
			)
		if wanted[home.name] > free:
			case.refuse(
				_("The plan sends {1} children to {0}, which has {2} free places.").format(
					home.name, wanted[home.name], max(free, 0)
				)
			)

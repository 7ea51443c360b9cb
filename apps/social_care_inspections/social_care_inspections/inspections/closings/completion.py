"""When a closing may be completed. Asked in the controller, under locks, so that no door leads around it.

Domain: zero residents without a placement; conversion only with residents of age; a merger moves all of them to the successor.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import cint, comma_and, getdate, nowdate
from pypika.queries import QueryBuilder
from social_care import plurals
from social_care.registry.kin.siblings import years

from social_care_inspections.inspections.closings import states, steps
from social_care_inspections.inspections.closings.settings import settings

SHOWN = 10  # codes in a message


def check(case: Document) -> None:
	"""Refuse with everything that is missing; otherwise hold the institution and its placements until the end of the transaction."""
	lock(case.institution)
	if not case.handing_on:
		case.refuse(_("Handing over has not begun yet."))
	RESULTS[case.expected_result](case)
	check_handed_over(case)
	if open_steps := steps.missing(case):
		case.refuse(
			_("These steps have not been taken yet: {0}").format(comma_and(open_steps, add_quotes=False))
		)


def lock(institution: str) -> None:
	"""The institution's row: whoever brings a child into it waits for this one."""
	frappe.db.get_value("Institution", institution, "name", for_update=True)


def care_ended() -> QueryBuilder:
	"""Children whose care has ended: nobody waits for a place, nobody is visited."""
	child = DocType("Child")
	return frappe.qb.from_(child).select(child.name).where(child.life_state.isin(states.GONE))


def residents(institution: str, for_update: bool = True) -> list[str]:
	"""Children whose current placement is there; `for_update`: as others have committed it meanwhile."""
	placement = DocType("Placement")
	query = frappe.qb.from_(placement).select(placement.child).orderby(placement.child)
	query = query.where((placement.institution == institution) & (placement.is_current == 1))
	return (query.for_update() if for_update else query).run(pluck=True)


def absent(institution: str) -> list[str]:
	"""Children whose file belongs to the institution and who live nowhere although their care has not ended, whoever absconded."""
	child = DocType("Child")
	query = frappe.qb.from_(child).select(child.name).orderby(child.name).for_update()
	query = query.where((child.institution == institution) & child.life_state.notin(states.GONE))
	theirs = query.run(pluck=True)
	placed = with_place(theirs)
	return [name for name in theirs if name not in placed]


def check_nobody_left(case: Document) -> None:
	if left := residents(case.institution):
		case.refuse(
			_(
				"{0} children still live in the institution; each needs another placement before the closing is completed: {1}",
				context=plurals.form(len(left)),
			).format(len(left), codes(left))
		)
	check_none_lost(case)


def check_none_lost(case: Document) -> None:
	"""Nobody of the plan or of the institution is without a place: whoever is absent is searched for, and what was done is written."""
	rows = plan_rows(case)
	placed = with_place([row.child for row in rows])
	missing = {row.child for row in rows if row.child not in placed} | set(absent(case.institution))
	if lost := sorted(missing - {row.child for row in rows if (row.absence_note or "").strip()}):
		case.refuse(_("These children have no placement anywhere: {0}").format(codes(lost)))


def plan_rows(case: Document) -> list[dict]:
	"""Child and note of absence of the rows of a closing, as others have committed them meanwhile."""
	fields = ["child", "absence_note"]
	return frappe.db.get_values(
		states.PLAN, {"closing_case": case.name}, fields, as_dict=True, for_update=True, order_by="child asc"
	)


def with_place(children: list[str]) -> set[str]:
	"""Those who have a current placement, or whose care has ended, as others have committed it meanwhile."""
	if not children:
		return set()
	gone = {"name": ["in", children], "life_state": ["in", states.GONE]}
	ended = frappe.db.get_values("Child", gone, "name", for_update=True, order_by="name asc")
	return {row.child for row in placements(children) if row.is_current} | {name for (name,) in ended}


def placements(children: list[str]) -> list[dict]:
	"""Where children live and have lived, as others have committed it meanwhile."""
	return frappe.db.get_values(
		"Placement",
		{"child": ["in", children or [""]]},
		["child", "institution", "is_current", "from_date"],
		as_dict=True,
		for_update=True,
		order_by="name asc",
	)


def check_merged(case: Document) -> None:
	"""Nobody is left, and all who live in another institution now came to the successor first.

	What counts is where the children are, not what the plan had said of them.
	"""
	check_nobody_left(case)
	found = placements([row.child for row in plan_rows(case)])
	begun = getdate(case.ordered_on)
	arrived = {
		row.child for row in found if row.institution == case.successor and getdate(row.from_date) >= begun
	}
	elsewhere = {row.child for row in found if row.is_current and row.institution}
	if astray := sorted(elsewhere - arrived):
		case.refuse(
			_("In a merger the children go to the institution that takes over; these did not: {0}").format(
				codes(astray)
			)
		)


def check_converted(case: Document) -> None:
	"""All residents have reached the age of the settings."""
	if sentence := too_young(case.institution):
		case.refuse(sentence)


def too_young(institution: str) -> str | None:
	"""What keeps an institution from being converted to aftercare; None where all residents are old enough."""
	young = minors(institution)
	if not young:
		return None
	return _(
		"An institution is converted to aftercare when all residents are {0} or older; these are not: {1}"
	).format(cint(settings().aftercare_age), codes(young))


def minors(institution: str) -> list[str]:
	"""Residents younger than the age of the settings, or of no known age."""
	rows = frappe.get_all(  # of the institution whose state the caller changes
		"Child",
		{"name": ["in", residents(institution) or [""]]},
		["name", "birth_date"],
		order_by="name asc",
	)
	age = cint(settings().aftercare_age)
	return [row.name for row in rows if not row.birth_date or years(row.birth_date) < age]


def check_committee(case: Document) -> None:
	"""The institution goes on under a committee, which has to be named."""
	case.need("committee")


RESULTS = {
	states.FINAL: check_nobody_left,
	states.MERGER: check_merged,
	states.CONVERSION: check_converted,
	states.COMMITTEE: check_committee,
}


def check_handed_over(case: Document) -> None:
	"""Assets listed and handed over; files and savings books given to somebody."""
	if case.expected_result not in states.EMPTIED:
		return
	if not case.assets and not (case.no_assets_reason or "").strip():
		case.refuse(_("List the assets, or write why there are none."))
	open_rows = [row.asset for row in case.assets if not row.handed_over_on or not row.custodian]
	if open_rows:
		case.refuse(
			_("These assets have not been handed over: {0}").format(comma_and(open_rows, add_quotes=False))
		)
	early = [row.asset for row in case.assets if getdate(row.handed_over_on) > getdate(nowdate())]
	if early:
		case.refuse(_("{0} lies in the future.").format(_("Handed Over On")))
	check_papers(case)


def check_papers(case: Document) -> None:
	"""The file and the savings book of each moved child went with it, or stay with whoever the closing names."""
	rows = frappe.get_all(  # of the closing that the caller completes
		states.PLAN,
		filters={"closing_case": case.name, "status": states.MOVED, "file_handed_over_on": ["is", "not set"]},
		pluck="child",
		order_by="child asc",
	)
	if rows and not case.files_receiver:
		case.refuse(_("The files of these children have not been handed over: {0}").format(codes(rows)))
	if not case.savings_receiver and frappe.db.exists(
		states.PLAN,
		{"closing_case": case.name, "status": states.MOVED, "savings_handed_over_on": ["is", "not set"]},
	):
		case.need("savings_receiver")


def check_plan_decided(case: Document) -> None:
	"""Handing over begins when a decision stands for every child who lives there."""
	living = set(residents(case.institution))
	decided = set(
		frappe.get_all(
			states.PLAN,
			{"closing_case": case.name, "status": ["in", (states.APPROVED, states.MOVED)]},
			pluck="child",
		)
	)
	if undecided := sorted(living - decided):
		case.refuse(
			_("The committee has not decided yet where these children go: {0}").format(codes(undecided))
		)


def codes(children: list[str]) -> str:
	"""Codes of files for a message, not more than fit into it."""
	more = f" (+{len(children) - SHOWN})" if len(children) > SHOWN else ""
	return "، ".join(children[:SHOWN]) + more

"""What a reported visit proposes for a plan: failed indicators. A person chooses which of them become actions."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from social_care_inspections.inspections.actions import states
from social_care_inspections.inspections.actions.plan import CorrectiveActionPlanError, actions_of
from social_care_inspections.inspections.visits import people
from social_care_inspections.inspections.visits import states as visits

FIELDS = ("indicator_code", "standard_code", "standard", "indicator", "is_critical")


def of_plan(name: str) -> list[dict]:
	"""Failed indicators of the plan's visit that are none of its actions yet, critical standards first."""
	plan = frappe.get_doc(states.PLAN, name)
	plan.check_permission("write")
	if not plan.institution_visit:
		return []
	visit = frappe.get_doc(visits.DOCTYPE, plan.institution_visit)
	visit.check_permission("read")
	taken = {row.indicator_code for row in actions_of(name, ["indicator_code"])}
	rows = [
		{field: row.get(field) for field in FIELDS} | {"score": row.score, "score_max": row.score_max}
		for row in visit.answers
		if failed(row) and row.indicator_code not in taken
	]
	return sorted(rows, key=lambda row: (not row["is_critical"], row["indicator_code"]))


def failed(answer: Document) -> bool:
	"""Whether an answer's score is as low as the settings say."""
	if cint(answer.not_applicable) or answer.score in (None, ""):
		return False
	return cint(answer.score) <= cint(frappe.get_cached_doc("Inspection Settings").action_up_to_score)


def add(name: str, indicators: list[str]) -> int:
	"""Make actions of the chosen indicators, due with the plan; returns how many."""
	plan = frappe.get_doc(states.PLAN, name)
	proposed = {row["indicator_code"]: row for row in of_plan(name)}
	chosen = [proposed[code] for code in dict.fromkeys(indicators) if code in proposed]
	if not chosen:
		frappe.throw(_("Choose at least one indicator."), CorrectiveActionPlanError, title=_(states.PLAN))
	for row in chosen:
		frappe.get_doc(action_values(plan, row)).insert()
	return len(chosen)


def action_values(plan: Document, row: dict) -> dict:
	return {
		"doctype": states.ACTION,
		"corrective_action_plan": plan.name,
		"standard_code": row["standard_code"],
		"indicator_code": row["indicator_code"],
		"is_critical": row["is_critical"],
		"requirement": row["standard"],
		"action": row["indicator"],
		"due_on": plan.due_on,
	}


def pick_owners(name: str | None, text: str, start: int, length: int) -> list[tuple]:
	"""(user, full name) of officers of the plan's institution whose name or address holds the text."""
	plan = frappe.get_doc(states.PLAN, name)
	plan.check_permission("write")
	return people.search(people.officers_of(plan.institution), text, start, length)

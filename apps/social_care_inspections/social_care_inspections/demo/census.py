"""Lines of the census: what the campaign planted, beside what the tables hold."""

from collections import Counter
from datetime import date

import frappe
from social_care.demo.census.report import Line
from social_care.demo.generator.nation import Nation

from social_care_inspections.demo.cases import case_of
from social_care_inspections.demo.closings import STATES as CLOSINGS
from social_care_inspections.demo.closings import closing_sites
from social_care_inspections.demo.complaints import plea_of
from social_care_inspections.demo.interventions import calls
from social_care_inspections.demo.plans_of_correction import CRITICAL, PLAN, critical_state, plan_of
from social_care_inspections.demo.slots import Slot, slots_of
from social_care_inspections.inspections.closings import states as closings
from social_care_inspections.inspections.complaints import states as complaints
from social_care_inspections.inspections.interventions import states as interventions
from social_care_inspections.inspections.violations import states as violations
from social_care_inspections.inspections.visits import states

TO_PLACE = "Children of closings to place"
COMPLAINTS, CASES = "Complaints", "Rapid interventions"
NAMELESS, ABUSE, LATE = (
	"Complaints without a name",
	"Complaints about abuse",
	"Rapid interventions arrived late",
)
FOLLOWED = {
	"Corrective action plans": PLAN,
	"Critical institutions": CRITICAL,
	"Closings": closings.CLOSING,
	COMPLAINTS: complaints.COMPLAINT,
	CASES: interventions.CASE,
}
VISITS, OVERDUE, FAILED = "Visits to institutions", "Planned visits overdue", "Visits with a critical failure"


def lines(nation: Nation | None) -> list[Line]:
	"""Visits by state, overdue ones, failures, grades of institutions, violations, penalties and what followed by state."""
	expected = planted(nation) if nation else None
	counted = found(nation.settings.as_of if nation else date.today())
	titles = sorted(set(expected or {}) | set(counted))
	return [
		Line(title, expected[title] if expected is not None else None, counted[title]) for title in titles
	]


def planted(nation: Nation) -> Counter[str]:
	"""What the seed makes; the tables are not asked."""
	total, grades = Counter(), {}
	for site in nation.sites:
		visits = slots_of(nation, site)
		for slot in visits:
			total += of_visit(slot, nation.settings.as_of) + of_case(slot)
			if slot.state == states.APPROVED and slot.grade:
				grades[slot.site.index] = slot.grade
			if state := plan_of(slot):
				total[f"Corrective action plans: {state}"] += 1
		if state := critical_state(visits):
			total[f"Critical institutions: {state}"] += 1
	total.update(f"Institutions with grade {grade}" for grade in grades.values())
	return +(total + of_closings(nation) + of_reports(nation))


def of_reports(nation: Nation) -> Counter[str]:
	"""Complaints and rapid interventions by state, with what is particular about them."""
	total = Counter()
	for plea in filter(None, (plea_of(nation, site) for site in nation.sites)):
		total[f"{COMPLAINTS}: {plea.state}"] += 1
		total += Counter({NAMELESS: int(plea.nameless), ABUSE: int(plea.abuse)})
	for call in calls(nation):
		total[f"{CASES}: {call.state}"] += 1
		total[LATE] += int(call.late)
	return total


def of_case(slot: Slot) -> Counter[str]:
	case = case_of(slot)
	if not case:
		return Counter()
	return Counter({f"Violations: {case.state}": 1, f"Penalties: {case.penalty}": int(bool(case.penalty))})


def of_closings(nation: Nation) -> Counter[str]:
	"""Closings by state, and the children of those whose children are placed."""
	found = list(zip(closing_sites(nation), CLOSINGS, strict=False))
	total = Counter(f"Closings: {state}" for _site, state in found)
	total[TO_PLACE] = sum(site.size for site, state in found if state == closings.PLACING)
	return total


def of_visit(slot: Slot, as_of: date) -> Counter[str]:
	overdue = slot.state == states.PLANNED and slot.day < as_of
	failed = bool(slot.made and slot.checklist and slot.checklist.found.failed)
	return Counter({VISITS: 1, f"{VISITS}: {slot.state}": 1, OVERDUE: int(overdue), FAILED: int(failed)})


def found(on: date) -> Counter[str]:
	"""What the tables hold, of whatever origin."""
	total = Counter()
	for status, number in by(states.DOCTYPE, "status"):
		total[VISITS] += number
		total[f"{VISITS}: {status}"] = number
	total |= {f"Violations: {status}": number for status, number in by(violations.RECORD, "status")}
	total |= {f"Penalties: {status}": number for status, number in by(violations.PENALTY, "status")}
	total |= {
		f"Institutions with grade {grade}": number for grade, number in by("Institution", "grade") if grade
	}
	total[OVERDUE] = frappe.db.count(states.DOCTYPE, {"status": states.PLANNED, "planned_on": ["<", on]})
	for title, doctype in FOLLOWED.items():
		total |= {f"{title}: {status}": number for status, number in by(doctype, "status")}
	total[TO_PLACE] = frappe.db.count(closings.PLAN, {"status": closings.DRAFT})
	total[NAMELESS] = frappe.db.count(complaints.COMPLAINT, {"is_anonymous": 1})
	total[ABUSE] = frappe.db.count(complaints.COMPLAINT, {"abuse_alleged": 1})
	total[LATE] = frappe.db.count(interventions.CASE, {"arrived_late": 1})
	failures = {"status": ["in", states.MADE], "critical_failed": 1}
	total[FAILED] = frappe.db.count(states.DOCTYPE, failures)
	return +total


def by(doctype: str, field: str) -> list[tuple[str, int]]:
	"""Rows of a table by the values of a column: the whole table, at the command line."""
	row = frappe.qb.DocType(doctype)
	number = frappe.query_builder.functions.Count("*")
	return list(frappe.qb.from_(row).select(row[field], number).groupby(row[field]).run())

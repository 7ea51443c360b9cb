"""A plan of visits: how many each institution needs, spread evenly over days and inspectors, and the visits made of it."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, cint, date_diff, getdate, now_datetime
from social_care.organisation.grants import roles_at
from social_care.registry.file_review import FourEyesError
from social_care.registry.notices import responsible
from social_care.services.working_days import is_working

from social_care_inspections.inspections import risk
from social_care_inspections.inspections.visits.states import INSPECTORS

PLAN = "Visit Plan"
DRAFT, APPROVED = "Draft", "Approved"
CHUNK = 25
YEAR = 365


class VisitPlanError(frappe.ValidationError):
	"""A plan that cannot be drawn up, approved or changed."""


@dataclass(frozen=True)
class Wanted:
	"""So many visits of a kind to an institution within the time of the plan."""

	institution: str
	visit_kind: str
	number: int


@dataclass(frozen=True)
class Planned:
	"""One visit of a plan."""

	institution: str
	visit_kind: str
	planned_on: date
	inspector: str


def draw_up(name: str) -> None:
	"""Write the visits of a draft anew, from the frequencies of the settings and the risk of today."""
	plan = frappe.get_doc(PLAN, name)
	plan.check_permission("write")
	if plan.status != DRAFT:
		refuse(_("An approved plan is not drawn up anew."))
	team, days = inspectors_of(plan.org_unit), working_days(plan.from_date, plan.to_date)
	if not team or not days:
		refuse(_("There is no inspector or no working day for this plan."))
	found = spread(wanted(plan), days, team, involved(team))
	plan.set("visits", [vars(row) for row in found])
	plan.save()


def inspectors_of(unit: str) -> list[str]:
	return sorted(responsible(unit, INSPECTORS))


def working_days(begin, end) -> list[date]:
	"""Days of the working calendar from the first to the last."""
	first = getdate(begin)
	days = (getdate(add_days(first, step)) for step in range(date_diff(end, begin) + 1))
	return [day for day in days if is_working(day)]


def involved(team: list[str]) -> dict[str, set[str]]:
	"""Inspectors with an office in an institution, by institution: they do not visit it."""
	rows = frappe.get_all(  # offices of the plan's own inspectors
		"Staff Assignment",
		filters={"user": ["in", team], "institution": ["is", "set"]},
		fields=["user", "institution"],
		order_by="name asc",
	)
	found = defaultdict(set)
	for row in rows:
		found[row.institution].add(row.user)
	return found


def wanted(plan: Document) -> list[Wanted]:
	"""What each institution below the unit needs, the riskiest first."""
	low, high, level = frappe.db.get_value("Org Unit", plan.org_unit, ["lft", "rgt", "level"])
	units = frappe.get_all(  # units are a reference table
		"Org Unit", filters={"lft": [">=", low], "rgt": ["<=", high]}, pluck="name", order_by="lft asc"
	)
	homes = risk.institutions(org_unit=["in", units])
	points = {name: found.points for name, found in risk.risks(homes).items()}
	rules = [
		row for row in frappe.get_cached_doc("Inspection Settings").visit_frequencies if row.level == level
	]
	share = (date_diff(plan.to_date, plan.from_date) + 1) / YEAR
	homes.sort(key=lambda row: (-points[row.name], row.name))
	return [
		Wanted(home.name, kind, max(round(number * share), 1))
		for home in homes
		for kind, number in frequencies(home, points[home.name], rules).items()
	]


def frequencies(home: dict, points: int, rules: list) -> dict[str, int]:
	"""Visits a year by kind: of the rules that fit, the one with most visits."""
	found: dict[str, int] = {}
	for rule in rules:
		fits = (
			(not rule.institution_type or rule.institution_type == home.institution_type)
			and (not rule.grade or rule.grade == home.grade)
			and points >= cint(rule.risk_from)
		)
		if fits and cint(rule.per_year) > found.get(rule.visit_kind, 0):
			found[rule.visit_kind] = cint(rule.per_year)
	return found


def spread(
	wanted_visits: list[Wanted],
	days: list[date],
	team: list[str],
	excluded: dict[str, set[str]] | None = None,
) -> list[Planned]:
	"""Visits at even distances, each moved to the emptiest day near its own, and given to whoever has fewest.

	An institution is not visited twice in succession by the same inspector where another one can go. The same input gives the
	same plan.
	"""
	excluded, loads, work, last = excluded or {}, Counter(), Counter(), {}
	found = []
	for order, want in enumerate(wanted_visits):
		free = [user for user in team if user not in excluded.get(want.institution, set())]
		if not free:
			continue
		for place in range(want.number):
			day = emptiest_day(want, place, order, days, loads)
			user = next_inspector(free, last.get(want.institution), work)
			loads[day] += 1
			work[user] += 1
			last[want.institution] = user
			found.append(Planned(want.institution, want.visit_kind, days[day], user))
	return sorted(found, key=lambda row: (row.planned_on, row.institution, row.visit_kind))


def emptiest_day(want: Wanted, place: int, order: int, days: list[date], loads: Counter) -> int:
	"""Index of the day with fewest visits in this visit's share of the time; among equals one by the order of the institution."""
	begin = place * len(days) // want.number
	end = max((place + 1) * len(days) // want.number, begin + 1)
	window = range(begin, min(end, len(days)))
	ideal = begin + (order * 7) % len(window)
	return min(window, key=lambda day: (loads[day], abs(day - ideal), day))


def next_inspector(free: list[str], before: str | None, work: Counter) -> str:
	others = [user for user in free if user != before] or free
	return min(others, key=lambda user: (work[user], user))


class Plan(Document):
	"""Visits of a unit in a time. Institutions and inspectors do not read it: it tells of unannounced visits."""

	def validate(self) -> None:
		before = self.get_doc_before_save()
		self.keep_system_fields(before)
		self.check_writer()
		if getdate(self.to_date) < getdate(self.from_date):
			refuse(_("The plan ends before it begins."))
		if before and before.status == APPROVED:
			refuse(_("An approved plan is not changed; its visits are."))
		self.add_editor()
		self.count()

	def on_trash(self) -> None:
		if self.status == APPROVED:
			frappe.throw(
				_("Records of inspection are closed, not deleted."), frappe.PermissionError, title=_(PLAN)
			)

	def keep_system_fields(self, before: Document | None) -> None:
		for field, first in (("status", DRAFT), ("approved_by", None), ("approved_on", None)):
			self.set(field, before.get(field) if before else first)
		self.content_editors = before.content_editors if before else ""

	def check_writer(self) -> None:
		"""Writing counts at the plan's unit."""
		user = frappe.session.user
		able = {row.role for row in self.meta.permissions if row.write}
		if user != "Administrator" and not able & roles_at(user, self.org_unit, None):
			frappe.throw(_("You have no right to plan visits here."), frappe.PermissionError, title=_(PLAN))

	def add_editor(self) -> None:
		editors = set((self.content_editors or "").split()) | {frappe.session.user}
		self.content_editors = "\n".join(sorted(editors))

	def count(self) -> None:
		"""How balanced the plan is."""
		by_inspector = Counter(row.inspector for row in self.visits)
		by_day = Counter(str(row.planned_on) for row in self.visits)
		self.visit_count, self.inspector_count = len(self.visits), len(by_inspector)
		self.most_of_an_inspector = max(by_inspector.values(), default=0)
		self.most_of_a_day = max(by_day.values(), default=0)


def approve(name: str) -> None:
	"""By other hands than those that drew it up; the visits are made in a job, once each."""
	plan = frappe.get_doc(PLAN, name, for_update=True)
	plan.check_permission("write")
	plan.check_writer()
	if plan.status == APPROVED:
		return
	if not plan.visits:
		refuse(_("The plan has no visits yet."))
	if frappe.session.user in {plan.owner, *(plan.content_editors or "").split()}:
		frappe.throw(_("Whoever drew up the plan does not approve it."), FourEyesError, title=_("Four Eyes"))
	plan.db_set(
		{"status": APPROVED, "approved_by": frappe.session.user, "approved_on": now_datetime()}, notify=True
	)
	plan.add_comment("Workflow", _(APPROVED))
	frappe.enqueue(
		"social_care_inspections.inspections.plans.make_visits",
		queue="long",
		plan=name,
		job_id=f"visit_plan_{name}",
		deduplicate=True,
		enqueue_after_commit=True,
	)


def make_visits(plan: str) -> None:
	"""Make the visits that a plan does not have yet: a job that was ended goes on where it stopped."""
	doc = frappe.get_doc(PLAN, plan)
	if doc.status != APPROVED:
		return
	open_rows = [row for row in doc.visits if not row.institution_visit and not row.fault]
	for number, row in enumerate(open_rows, 1):
		make_visit(row)
		if number % CHUNK == 0:
			frappe.db.commit()  # a chunk of a job


def make_visit(row: Document) -> None:
	"""One visit; a row that the rules of visits refuse keeps the reason, and the others go on."""
	frappe.db.savepoint("one_visit")
	try:
		values = {"institution": row.institution, "visit_kind": row.visit_kind, "planned_on": row.planned_on}
		visit = frappe.get_doc(
			{"doctype": "Institution Visit", **values, "inspectors": [{"user": row.inspector}]}
		)
		row.db_set("institution_visit", visit.insert().name)
	except (frappe.ValidationError, frappe.PermissionError) as error:
		frappe.db.rollback(save_point="one_visit")
		frappe.clear_last_message()
		row.db_set("fault", str(error)[:140])


def refuse(message: str) -> None:
	frappe.throw(message, VisitPlanError, title=_(PLAN))

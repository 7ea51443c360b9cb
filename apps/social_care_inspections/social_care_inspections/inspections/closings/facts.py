"""What the search has to know: the children of an institution and the institutions that could take them. Queries are few,
whatever the number of children and institutions.
"""

from collections import Counter, defaultdict

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count
from frappe.utils import cint
from social_care.registry.kin.siblings import years
from social_care.registry.moves import states as movement
from social_care.registry.schooling import newest_years

from social_care_inspections.inspections.closings import governorate, states
from social_care_inspections.inspections.closings.distance import Point
from social_care_inspections.inspections.closings.settings import settings
from social_care_inspections.inspections.closings.solver import AGE, KIND, SEX, Home, Resident, Weights, rules

RECEIVING, WORST = "Operating", "D"
OF_CHILD = ["name", "sex", "birth_date", "family", "disability", "institution"]
OF_HOME = [
	*("name", "institution_type", "sex", "age_from", "age_to", "licensed_capacity", "governorate"),
	*("map_latitude", "map_longitude"),
]


def children(names: list[str]) -> dict[str, dict]:
	"""Sex, age, group of siblings among them, school and special needs by child."""
	if not names:
		return {}
	rows = frappe.get_all(
		"Child", {"name": ["in", names]}, OF_CHILD, order_by="name asc"
	)  # of the caller's closing
	groups, pupils = sibling_groups(rows), in_school(names)
	groups = {row.name: groups[row.name] for row in rows}
	size = Counter(groups.values())
	return {
		row.name: {
			"sex": row.sex,
			"age": years(row.birth_date) or 0,
			"sibling_group": groups[row.name],
			"siblings_here": size[groups[row.name]] - 1,
			"in_school": int(row.name in pupils),
			"special_needs": int((row.disability or "No Disability") != "No Disability"),
		}
		for row in rows
	}


def sibling_groups(rows: list[dict]) -> dict[str, str]:
	"""The lowest code of a child's brothers and sisters among the rows: files of one family, and confirmed pairs, also those through
	a brother or sister who lives elsewhere."""
	names = {row.name for row in rows}
	head = {name: name for name in names}

	def find(name: str) -> str:
		while head.setdefault(name, name) != name:
			name = head[name]
		return name

	for one, other in _pairs(rows):
		low, high = sorted((find(one), find(other)), key=lambda name: (name not in names, name))
		head[high] = low
	return {name: find(name) for name in names}


def _pairs(rows: list[dict]) -> list[tuple[str, str]]:
	by_family = defaultdict(list)
	for row in rows:
		if row.family:
			by_family[row.family].append(row.name)
	names = [row.name for row in rows]
	confirmed = frappe.get_all(  # of the same children
		"Sibling Pair",
		filters={"status": "Siblings"},
		or_filters={"child": ["in", names], "other_child": ["in", names]},
		fields=["child", "other_child"],
		as_list=True,
		order_by="name asc",
	)
	return [(members[0], other) for members in by_family.values() for other in members[1:]] + list(confirmed)


def in_school(names: list[str]) -> set[str]:
	"""Children whose latest year at school says that they are enrolled."""
	return {name for name, (_stage, state) in newest_years(names).items() if state == "Enrolled"}


def residents(plan: list[dict]) -> list[Resident]:
	"""Rows of a plan that wait for a place, as the search wants them. A sibling of a child for whom a person has chosen an institution,
	or for whom it has been decided, follows it."""
	points = places_of({row.institution for row in plan})
	chosen = {
		row.sibling_group: row.to_institution
		for row in plan
		if row.to_institution and (row.chosen_by_person or row.status != states.DRAFT)
	}
	return [
		resident(row, points.get(row.institution, Point()), chosen.get(row.sibling_group, ""))
		for row in plan
		if not row.chosen_by_person and row.status == states.DRAFT
	]


def resident(row: dict, place: Point, only: str = "") -> Resident:
	return Resident(
		row.child,
		row.sex,
		cint(row.age),
		row.sibling_group or row.child,
		place,
		bool(row.in_school),
		bool(row.special_needs),
		only,
	)


def unsuitable(case, plan: list[dict], only: str | None = None) -> set[str]:
	"""Children whose chosen institution the search would not have considered for them, places and distance apart."""
	known = {home.code: home for home in homes(case.name, case.institution, only, taken=Counter())}
	asked = [rule for name, rule in rules(Weights()).items() if name in (KIND, SEX, AGE)]
	found = set()
	for row in plan:
		home, group = known.get(row.to_institution), (resident(row, Point()),)
		if row.to_institution and not (home and all(rule(group, home) for rule in asked)):
			found.add(row.child)
	return found


def places_of(institutions: set[str]) -> dict[str, Point]:
	"""Where institutions lie."""
	rows = frappe.get_all(  # of the plan that the caller works on
		"Institution",
		{"name": ["in", sorted(institutions) or [""]]},
		["name", "map_latitude", "map_longitude", "governorate"],
	)
	return {row.name: point(row) for row in rows}


def point(row: dict) -> Point:
	"""Zero is no coordinate of an institution."""
	return Point(row.map_latitude or None, row.map_longitude or None, row.governorate or "")


def homes(
	closing: str, institution: str, only: str | None = None, taken: Counter | None = None
) -> list[Home]:
	"""Institutions that operate, are not of the worst grade and take a kind of children, with their free places.

	`only`: this one, where the children of a merger go to the successor. `taken`: places that are not free, counted where it is
	not given.
	"""
	kinds = {row.institution_type: row for row in settings().receiving_kinds}
	filters = {
		"status": RECEIVING,
		"name": ["!=", institution],
		"institution_type": ["in", list(kinds) or [""]],
	}
	if only:
		filters = {"name": only}
	rows = frappe.get_all(
		"Institution", filters, [*OF_HOME, "grade"], order_by="name asc"
	)  # names leave by the plan alone
	shut, kinds_shut = governorate.blocked(), governorate.kinds()
	taken = taken_places(closing) if taken is None else taken
	types = {
		row.name: row
		for row in frappe.get_all("Institution Type", fields=["name", "age_from", "age_to", "sex"])
	}
	return [
		_home(row, kinds.get(row.institution_type), types.get(row.institution_type) or frappe._dict(), taken)
		for row in rows
		if only
		or not (row.grade == WORST or (row.governorate in shut and row.institution_type in kinds_shut))
	]


def _home(row: dict, kind: dict | None, of_type: dict, taken: Counter) -> Home:
	sex = row.sex if row.sex in ("Male", "Female") else of_type.sex
	return Home(
		row.name,
		max(cint(row.licensed_capacity) - taken[row.name], 0),
		point(row),
		sex or "Any",
		cint(row.age_from or of_type.age_from),
		cint(row.age_to or of_type.age_to) or 99,
		bool(kind.takes_general) if kind else True,
		bool(kind and kind.takes_special),
		bool(kind and kind.is_small),
	)


def taken_places(closing: str, held: list[str] | None = None) -> Counter:
	"""Children living in institutions, on their way there, or promised a place by a plan; drafts of this closing's own search
	are not counted, what a person has chosen in it is. `held`: of these institutions, whose rows the caller has locked, as
	others have committed it meanwhile."""
	taken = Counter()
	for query, institution in (_living(), _arriving(), _promised(closing)):
		if held is not None:
			query = query.where(institution.isin(held or [""])).for_update()
		taken.update(dict(query.run()))
	return taken


def _living():
	placement = DocType("Placement")
	query = (
		frappe.qb.from_(placement).select(placement.institution, Count("*")).groupby(placement.institution)
	)
	return query.where((placement.is_current == 1) & placement.institution.isnotnull()), placement.institution


def _arriving():
	change = DocType("Placement Change")
	query = frappe.qb.from_(change).select(change.to_institution, Count("*")).groupby(change.to_institution)
	query = query.where(change.movement.isin(movement.RECEIVED) & change.status.isin(movement.WAITING))
	return query.where(change.to_institution.isnotnull()), change.to_institution


def _promised(closing: str):
	"""Only open closings promise places: one that was stopped or completed sends nobody any more."""
	row, case = DocType(states.PLAN), DocType(states.CLOSING)
	query = frappe.qb.from_(row).join(case).on(case.name == row.closing_case)
	query = query.select(row.to_institution, Count("*")).groupby(row.to_institution)
	query = query.where(case.status.isin(states.OPEN))
	query = query.where(row.to_institution.isnotnull() & row.placement_change.isnull())
	query = query.where(row.status.isin((states.DRAFT, states.APPROVED)))
	own_search = (row.closing_case == closing) & (row.status == states.DRAFT) & (row.chosen_by_person == 0)
	return query.where(own_search.negate()), row.to_institution

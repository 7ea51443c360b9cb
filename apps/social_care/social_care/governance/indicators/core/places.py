"""Institutions, their staff and capacity, and the offices above them."""

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import IfNull, Sum
from frappe.utils import nowdate
from pypika.terms import ExistsCriterion, ValueWrapper

from social_care.governance.indicators import counting
from social_care.governance.indicators.cells import Cell
from social_care.governance.indicators.computations import Computation
from social_care.governance.indicators.counting import one_if
from social_care.governance.indicators.periods import Period
from social_care.services.mechanisation import MECHANISED

INSTITUTION = "Institution"
OPERATING = {"status": "Operating"}
NOT_CLOSED = {"status": ["not in", ["Closed", "Converted to Aftercare"]]}
OLDER, EXPATRIATES = "Older Persons", "Women and Expatriates"


def occupancy(_period: Period) -> list[Cell]:
	"""Children living in operating institutions today, of the places that are licensed."""
	at = counting.located(INSTITUTION)
	where = counting.meets(INSTITUTION, OPERATING) & (at.table.licensed_capacity > 0)
	capacity = counting.cells(at, at.table.licensed_capacity, None, where)
	placement = DocType("Placement")
	query = at.query.join(placement).on(placement.institution == at.table.name)
	inside = counting.Located(query, at.table, None, at.institution, at.org_unit)
	lives = counting.cells(inside, ValueWrapper(1), None, where & (placement.is_current == 1))
	return counting.together(lives, capacity)


def _staff(above: str, below: str) -> list[Cell]:
	at, staff = counting.located(INSTITUTION), DocType("Institution Staff Count")
	query = at.query.join(staff).on((staff.parent == at.table.name) & (staff.parenttype == INSTITUTION))
	joined = counting.Located(query, at.table, None, at.institution, at.org_unit)
	where = counting.meets(INSTITUTION, NOT_CLOSED)
	return counting.cells(joined, IfNull(staff[above], 0), IfNull(staff[below], 0), where)


def staff_sufficiency(_period: Period) -> list[Cell]:
	return _staff("available_count", "required_count")


def staff_qualification(_period: Period) -> list[Cell]:
	return _staff("qualified_count", "available_count")


def _of_category(category: str) -> list[Cell]:
	at, kind = counting.located(INSTITUTION), DocType("Institution Type")
	rows = frappe.qb.from_(kind).select(kind.name)
	rows = rows.where((kind.name == at.table.institution_type) & (kind.category == category))
	where = counting.meets(INSTITUTION, NOT_CLOSED) & ExistsCriterion(rows)
	return counting.cells(at, ValueWrapper(1), None, where, {"status": IfNull(at.table.status, "")})


def homes_of_older_persons(_period: Period) -> list[Cell]:
	return _of_category(OLDER)


def hostels(_period: Period) -> list[Cell]:
	return _of_category(EXPATRIATES)


def data_officers(_period: Period) -> list[Cell]:
	"""Directorates with a data officer today, of all directorates."""
	unit, officer = DocType("Org Unit"), DocType("Data Officer")
	active = frappe.qb.from_(officer).select(officer.name).where(officer.directorate == unit.name)
	active = active.where(officer.valid_from <= nowdate())
	active = active.where(officer.valid_to.isnull() | (officer.valid_to >= nowdate()))
	rows = (
		frappe.qb.from_(unit)
		.select(unit.name, Sum(one_if(ExistsCriterion(active))))
		.where(unit.level == "Directorate")
		.groupby(unit.name)
	).run()
	return [Cell(found, 1, org_unit=name) for name, found in rows]


def mechanised_services(_period: Period) -> list[Cell]:
	"""Services that run, of the catalogue; a figure of the nation alone."""
	service = DocType("Service")
	rows = (
		frappe.qb.from_(service)
		.select(service.service_group, service.status)
		.where(service.status != "Dropped")
	).run()
	found = []
	for group, status in rows:
		runs = int(status in MECHANISED)
		found += [Cell(runs, 1), Cell(runs, 1, dimension="service_group", key=group or "")]
	return found


COMPUTATIONS = (
	Computation("occupancy", occupancy),
	Computation("staff_sufficiency", staff_sufficiency),
	Computation("staff_qualification", staff_qualification),
	Computation("homes_of_older_persons", homes_of_older_persons),
	Computation("hostels", hostels),
	Computation("directorates_with_data_officer", data_officers),
	Computation("mechanised_services", mechanised_services),
)


def computations() -> tuple[Computation, ...]:
	"""Hook `social_care_indicators`."""
	return COMPUTATIONS

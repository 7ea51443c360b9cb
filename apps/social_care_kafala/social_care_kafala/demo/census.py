"""Lines of the census: what the plan of the families promises, beside what the tables hold."""

from collections import Counter

import frappe
from frappe.query_builder.functions import Count
from social_care.demo.census.report import Line
from social_care.demo.generator.nation import Nation
from social_care.registry.placements import KAFALA

from social_care_kafala.demo.plan import applications, childhoods
from social_care_kafala.kafala.endings import words
from social_care_kafala.kafala.path import states

LIVING, FAMILIES = "Children living with kafala families", "Kafala families with a child"


def lines(nation: Nation | None) -> list[Line]:
	"""Children, families, files by state, endings by kind and by cause."""
	expected, counted = planted(nation) if nation else None, found()
	titles = sorted(set(expected or {}) | set(counted))
	return [
		Line(title, expected[title] if expected is not None else None, counted[title]) for title in titles
	]


def planted(nation: Nation) -> Counter[str]:
	"""What the seed makes; the tables are not asked."""
	total, families = Counter(), set()
	for child in childhoods(nation):
		for one in child.kafalas:
			total[f"Kafala files: {one.status}"] += 1
			if one.ending:
				total[f"Kafala endings: {one.ending}"] += 1
				total[f"Kafala endings by cause {one.cause or '–'}"] += 1
		if not child.kafalas[-1].ending:
			total[LIVING] += 1
			families.add(child.kafalas[-1].family)
	total.update(f"Kafala files: {one.status}" for one in applications(nation))
	return total + Counter({FAMILIES: len(families)})


def found() -> Counter[str]:
	"""What the tables hold, of whatever origin; the history of the children is asked, not their files."""
	place = frappe.qb.DocType("Placement")
	query = frappe.qb.from_(place).where((place.setting == KAFALA) & (place.is_current == 1))
	children, families = query.select(Count(place.child).distinct(), Count(place.family).distinct()).run()[0]
	total = Counter({LIVING: children, FAMILIES: families})
	total |= {f"Kafala files: {status}": number for status, number in by(states.DOCTYPE, "status")}
	carried_out = {"status": words.CARRIED_OUT}
	total |= {
		f"Kafala endings: {kind}": number for kind, number in by(words.DOCTYPE, "ending_kind", carried_out)
	}
	causes = by(words.DOCTYPE, "ending_cause", carried_out)
	return +(total | Counter({f"Kafala endings by cause {cause or '–'}": number for cause, number in causes}))


def by(doctype: str, field: str, filters: dict | None = None) -> list[tuple[str, int]]:
	"""Rows of a table by the values of a column: the whole table, at the command line."""
	row = frappe.qb.DocType(doctype)
	query = frappe.qb.from_(row).select(row[field], Count("*")).groupby(row[field])
	for name, value in (filters or {}).items():
		query = query.where(row[name] == value)
	return list(query.run())

"""A campaign of visits to every institution of the demonstration nation: a builder of the core's, and what follows from it."""

from collections.abc import Iterator

import frappe
from social_care.demo.generator.institutions import institution_name
from social_care.demo.generator.nation import Nation, Row
from social_care.demo.generator.records import DOMAIN

from social_care_inspections.demo import team
from social_care_inspections.demo.cases import case_of, case_rows
from social_care_inspections.demo.slots import Slot, slots_of
from social_care_inspections.demo.visits import visit_rows
from social_care_inspections.demo.yearly import plan_rows
from social_care_inspections.inspections.visits import states


def build(nation: Nation) -> Iterator[Row]:
	"""Inspectors, visits with their checklists, violations with their penalties, plans."""
	yield from team.rows(nation)
	present: list[Slot] = []
	for site in nation.sites:
		slots = slots_of(nation, site)
		present.append(slots[-1])
		for slot in slots:
			yield from visit_rows(slot)
		for case in filter(None, map(case_of, slots)):
			yield from case_rows(case)
	names = {site.code: institution_name(nation.settings, site) for site in nation.sites}
	yield from plan_rows(nation, present, names)


def settle(_nation: Nation) -> None:
	"""The day of the last visit and the latest approved grade stand on the institutions, as visits write them there."""
	frappe.db.sql(
		"""update `tabInstitution` i join (
			select v.`institution`, max(v.`visited_on`) as visited_on
			from `tabInstitution Visit` v where v.`status` in %(made)s and v.`owner` like %(ours)s group by v.`institution`
		) t on t.`institution` = i.`name` set i.`last_visit_date` = t.`visited_on`""",
		{"made": states.MADE, "ours": f"%@{DOMAIN}"},
	)
	frappe.db.sql(
		"""update `tabInstitution` i join (
			select v.`institution`, v.`grade`, row_number() over (
				partition by v.`institution` order by v.`visited_on` desc, v.`name` desc
			) as place
			from `tabInstitution Visit` v
			where v.`status` = %(approved)s and ifnull(v.`grade`, '') != '' and v.`owner` like %(ours)s
		) t on t.`institution` = i.`name` and t.place = 1 set i.`grade` = t.`grade`""",
		{"approved": states.APPROVED, "ours": f"%@{DOMAIN}"},
	)

"""Children who may suit a family, the best first, with reasons. A person reads them and chooses.

Of a child, wherever he lives, this tells code, sex, age, governorate, how many siblings come along, and reasons; those that touch
health only to who reads that level of a child's file. Neither name, home nor parentage.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint
from social_care.registry.kin.siblings import years
from social_care.registry.levels import HEALTH, readable

from social_care_kafala.kafala.applications import facts
from social_care_kafala.kafala.matching import ranking, states, waiting
from social_care_kafala.kafala.path.clock import settings


def for_file(file: str) -> list[dict]:
	"""[{child, sex, age, governorate, siblings, score, reasons: [{text, good}]}]; for who may reserve a child for the file."""
	states.check_right()
	doc = frappe.get_doc(states.FILE, file)
	doc.check_permission("read")
	if doc.status not in states.LOOKING:
		states.refuse(_("The family is not in a step in which a child is looked for."))
	names = governorates()
	return [shown(weighed, row, names) for weighed, row in best(doc)]


def best(file: Document) -> list[tuple[ranking.Weighed, dict]]:
	"""The children who may come to the family, by their agreement; as many as the settings show. Four queries, whatever their number."""
	near = file.governorate if settings().suggest_from == "Governorate of the Family" else None
	rows = waiting.children(governorate=near)
	together = waiting.siblings([row.name for row in rows])
	free = {row.name for row in rows}
	weights, known, found = ranking.weights(), facts.of_file(file), []
	for row in rows:
		row.siblings = together.get(row.name, [])
		if may_come(file, row, free):
			found.append((ranking.weigh(file, row, weights), row))
	found.sort(key=lambda pair: (-pair[0].score, pair[1].name))
	return first_allowed(file, found, known)


def may_come(file: Document, row: dict, free: set[str]) -> bool:
	"""Siblings come together or not at all, and needs that the family does not accept are none to ask it about."""
	if waiting.has_health_needs(row) and not cint(file.accepts_disability):
		return False
	return not row.siblings or bool(cint(file.accepts_siblings) and set(row.siblings) <= free)


def first_allowed(file: Document, found: list[tuple], known: dict) -> list[tuple]:
	"""The first ones whom the conditions of the legal text allow; the others are not asked about one by one."""
	wanted, answer, asked = cint(settings().suggestions_shown), [], {}
	for weighed, row in found:
		key = (row.religion, row.birth_date)
		if key not in asked:
			asked[key] = not ranking.unmet(file, row, known)
		if asked[key]:
			answer.append((weighed, row))
		if len(answer) >= wanted:
			break
	return answer


def shown(weighed: ranking.Weighed, row: dict, names: dict[str, str]) -> dict:
	"""What leaves this room."""
	health = readable(HEALTH)
	reasons = [
		{"text": reason.text, "good": reason.points >= 0.5}
		for reason in weighed.reasons
		if health or reason.criterion not in ranking.OF_HEALTH
	]
	return {
		"child": row.name,
		"sex": row.sex,
		"age": years(row.birth_date),
		"governorate": names.get(row.governorate, ""),
		"siblings": len(row.siblings),
		"score": weighed.score,
		"reasons": reasons,
	}


def governorates() -> dict[str, str]:
	"""Names of governorates, a reference table."""
	rows = frappe.get_all("Governorate", fields=["name", "governorate_name"])
	return {row.name: row.governorate_name for row in rows}

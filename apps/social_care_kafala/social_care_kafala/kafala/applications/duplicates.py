"""The same family with another application, perhaps in another governorate.

Whoever may see both files sees the other one's number. Whoever sees only this one learns that there is another and which unit may see
both; of the other file neither number, place nor state.
"""

import frappe
from frappe.model.document import Document
from frappe.query_builder import DocType
from social_care.registry.kin.siblings import bounds_of, unit_above

from social_care_kafala.kafala.path import states

ROWS = "Kafala Family Adult"


def others(file: Document) -> list[dict]:
	"""Other running files with an adult of the same national number: {name, org_unit}, whoever may see them."""
	numbers = sorted({row.national_number for row in file.adults if row.national_number})
	if not numbers:
		return []
	row, other = DocType(ROWS), DocType(states.DOCTYPE)
	query = frappe.qb.from_(row).join(other).on(other.name == row.parent)
	query = query.select(other.name, other.org_unit).distinct().orderby(other.name)
	query = query.where((row.parenttype == states.DOCTYPE) & row.national_number.isin(numbers))
	query = query.where((other.name != (file.name or "")) & other.status.notin(states.OVER))
	return query.run(as_dict=True)


def panel(file: Document) -> list[dict]:
	"""What the reader learns of them: {"name"} within his scope, {"ask": unit} outside it; three queries, whatever their number."""
	found = others(file)
	if not found:
		return []
	wanted = {"name": ["in", [row.name for row in found]]}
	seen = set(frappe.get_list(states.DOCTYPE, filters=wanted, pluck="name", limit_page_length=0))
	bounds = bounds_of({file.org_unit, *(row.org_unit for row in found)})
	return [
		{"name": row.name}
		if row.name in seen
		else {"ask": unit_above(bounds.get(file.org_unit), bounds.get(row.org_unit))}
		for row in found
	]

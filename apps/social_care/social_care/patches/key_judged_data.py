"""Digests of what was compared when a pair was judged are keyed; those that still hold are written anew, so that no pair opens again."""

import hashlib
import json

import frappe


def execute() -> None:
	from social_care.registry.matching import columns, near, pairs

	judged = frappe.get_all(
		pairs.CANDIDATE,
		filters={"judged_on_data": ["is", "set"]},
		fields=["name", "person", "other_person", "judged_on_data"],
		order_by=None,
	)
	for row in judged:
		told = [
			columns.compared(near.of_person(name) or {}) for name in sorted((row.person, row.other_person))
		]
		former = hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
		if row.judged_on_data == former:
			keyed = pairs.data_of(row.person, row.other_person)
			frappe.db.set_value(pairs.CANDIDATE, row.name, "judged_on_data", keyed, update_modified=False)

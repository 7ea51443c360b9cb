"""Rules asked of records: one query for one record as for many, so that both get the same answer."""

from collections import Counter

import frappe
from frappe.model.document import Document

from social_care.registry.levels import read_levels
from social_care.registry.quality.records import record_types
from social_care.registry.quality.rules import Rule, rules

Faults = dict[str, list[str]]


def evaluate(record_type: str, names: list[str]) -> list[frappe._dict]:
	"""One row a stored record: {"name", "child", "institution", "faults": [rule, …], "asked", "lacking"}; one query.

	`asked` and `lacking` are weights: of what a complete file holds, and of what of it is missing. Of children also
	`kept_asked` and `kept_lacking`, which stand on the file.
	"""
	asked_of = rules(record_type)
	if not names or record_type not in record_types():
		return []
	table, kind = f"`tab{record_type}`", record_types()[record_type]
	place = {"child": kind.child, "institution": kind.institution}
	columns = {key: f"{table}.`{column}`" if column else "null" for key, column in place.items()}
	columns |= {"faults": _faults(asked_of), "asked": asked(asked_of), "lacking": lacking(asked_of)}
	if record_type == "Child":
		columns |= {f"kept_{name}": f"{table}.`quality_{name}`" for name in ("asked", "lacking")}
	told = ", ".join(f"{sql} as `{name}`" for name, sql in columns.items()).replace("%", "%%")
	query = f"select {table}.`name`, {told} from {table} where {table}.`name` in %(names)s"  # written by the rules' checks
	rows = frappe.db.sql(query, {"names": names}, as_dict=True)
	for row in rows:
		row.faults = [asked_of[int(place)].name for place in row.faults.split(",") if place]
	return rows


def _faults(asked_of: list[Rule]) -> str:
	"""The places in the list of those rules that the record does not meet."""
	parts = [f"if({rule.fault}, '{place}', null)" for place, rule in enumerate(asked_of)]
	return f"concat_ws(',', {', '.join(parts)})" if parts else "''"


def asked(of: list[Rule]) -> str:
	"""SQL of the weight that a complete record holds."""
	weights: Counter[str] = Counter()
	for rule in of:
		weights[rule.due] += rule.weight
	return " + ".join(f"{weight} * ({due})" for due, weight in weights.items() if weight) or "0"


def lacking(of: list[Rule]) -> str:
	"""SQL of the weight that is missing."""
	return " + ".join(f"{rule.weight} * ({rule.fault})" for rule in of if rule.weight) or "0"


def of_record(doc: Document) -> list[Rule]:
	"""Rules that a stored record does not meet, as far as the reader may see the fields that they look at; one query."""
	found = {name for row in evaluate(doc.doctype, [doc.name]) for name in row.faults}
	levels = read_levels(doc.doctype)
	return [rule for rule in rules(doc.doctype) if rule.name in found and rule.level in levels]

"""What saving sets in motion: the record's own faults, and those of records that it is compared with."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import frappe
from frappe.model.document import Document

from social_care.registry.changes import differs
from social_care.registry.quality import checks
from social_care.registry.quality.keeping import refresh

Key = tuple[str, tuple[str, ...], tuple[str, ...]]  # DocType, fields, their values


@dataclass
class Touched:
	"""Records to look at again, and values of which all bearers are looked at again."""

	records: set[tuple[str, str]] = field(default_factory=set)
	keys: set[Key] = field(default_factory=set)


def follow_record(doc: Document, _method: str | None = None) -> None:
	"""Hook `on_update` of any type of records with rules."""
	bring_up_to_date([of_record(doc)])


def follow_placement(placement: Document, _method: str | None = None) -> None:
	"""Hook of Placement: the child, the places that it came to and from, brothers and sisters."""
	bring_up_to_date([of_placement(placement)])


def follow_family(family: Document, _method: str | None = None) -> None:
	"""Hook of Family: its children's files are compared with what is recorded of its members."""
	bring_up_to_date([Touched(keys={("Child", ("family",), (family.name,))})])


def of_record(doc: Document) -> Touched:
	touched = Touched({(doc.doctype, doc.name)})
	before = doc.get_doc_before_save()
	for check in checks.named().values():
		if check.record_type != doc.doctype or not check.keys:
			continue
		values = [tuple(str(row.get(key) or "") for key in check.keys) for row in (before, doc) if row]
		if any(differs(doc, before, field) for field in {*check.keys, *check.fields}):
			touched.keys |= {(doc.doctype, check.keys, each) for each in values if all(each)}
	return touched


def of_placement(placement: Document) -> Touched:
	"""Of an admission only the institution: the new file is looked at when it is stored whole."""
	touched = Touched({("Institution", placement.institution)} if placement.institution else set())
	if placement.flags.admission:
		return touched
	touched.records.add(("Child", placement.child))
	homes = frappe.get_all(  # where the child lives and lived before, whoever moves it
		"Placement",
		filters={"child": placement.child, "institution": ["is", "set"]},
		order_by="from_date desc",
		limit=2,
		pluck="institution",
	)
	touched.records |= {("Institution", home) for home in homes}
	if family := frappe.db.get_value("Child", placement.child, "family"):
		touched.keys.add(("Child", ("family",), (family,)))
	return touched


def bring_up_to_date(touched: Iterable[Touched]) -> None:
	"""Evaluate what was touched; a fixed number of queries, whatever the number of records."""
	touched = list(touched)
	records: dict[str, set[str]] = {}
	for doctype, name in (record for each in touched for record in each.records):
		records.setdefault(doctype, set()).add(name)
	keys: dict[tuple[str, tuple[str, ...]], set[tuple]] = {}
	for doctype, fields, values in (key for each in touched for key in each.keys):
		keys.setdefault((doctype, fields), set()).add(values)
	for (doctype, fields), values in keys.items():
		records.setdefault(doctype, set()).update(_bearers(doctype, fields, sorted(values)))
	for doctype, names in records.items():
		refresh(doctype, list(names))


def _bearers(doctype: str, fields: tuple[str, ...], values: list[tuple]) -> list[str]:
	columns = ", ".join(f"`{column}`" for column in fields)
	marks = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(values))
	query = f"select `name` from `tab{doctype}` where ({columns}) in ({marks})"  # names of the checks
	return frappe.db.sql_list(query, [value for row in values for value in row])

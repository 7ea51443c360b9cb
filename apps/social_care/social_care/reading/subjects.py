"""Which records belong to the file of a person, and to which child's file a record belongs."""

import frappe

from social_care.organisation.grants import request_cache
from social_care.scope import condition, is_scoped, scoped_parents

ROOTS = ("Child", "Person", "Family")


def personal(doctype: str) -> bool:
	"""Whether a record of this type tells of a person in care: it is one, or a scoped record or table that links to one, or has rows that do."""
	cache = request_cache("social_care_personal")
	if doctype not in cache:
		cache[doctype] = _personal(doctype)
	return cache[doctype]


def _personal(doctype: str) -> bool:
	meta = frappe.get_meta(doctype)
	if meta.issingle or not is_scoped(doctype):
		return False
	if meta.istable:
		return any(personal(parent) for parent in scoped_parents(doctype))
	return (
		doctype in ROOTS
		or _links(meta)
		or any(_links(frappe.get_meta(df.options)) for df in meta.get_table_fields())
	)


def _links(meta) -> bool:
	return any(df.options in ROOTS for df in meta.get_link_fields())


def existing(doctypes: list[str], texts: list[str]) -> list[tuple[str, str]]:
	"""(DocType, name) of those of the texts that are names of records of these types within the user's reach; one query."""
	if not doctypes or not texts:
		return []
	query = " union all ".join(
		_named(doctype) for doctype in doctypes
	)  # DocTypes, and conditions of social_care.scope
	return [tuple(row) for row in frappe.db.sql(query, {"texts": texts})]


def _named(doctype: str) -> str:
	user = frappe.session.user
	where = condition(doctype, user) if user != "Administrator" else ""
	own = f" and {where}" if where else ""
	return f"select '{doctype}' as kind, `name` from `tab{doctype}` where `name` in %(texts)s{own}"


def children_of(doctype: str, names: list[str]) -> dict[str, str]:
	"""The child's file that each of the records belongs to, where it is one child's; one query, or two over persons."""
	if doctype == "Child":
		return {name: name for name in names}
	if doctype == "Person":
		return _by_person({name: name for name in names})
	fields = {df.options: df.fieldname for df in reversed(frappe.get_meta(doctype).get_link_fields())}
	field = fields.get("Child") or fields.get("Person")
	if frappe.get_meta(doctype).istable:
		return {}
	if not field:
		return _by_rows(doctype, names)
	# what was read is found after the answer: rights were asked before it
	rows = frappe.get_all(doctype, {"name": ["in", names]}, ["name", f"{field} as target"], order_by=None)
	linked = {row.name: row.target for row in rows if row.target}
	return linked if fields.get("Child") else _by_person(linked)


def _by_rows(doctype: str, names: list[str]) -> dict[str, str]:
	"""The first child whom the rows of a record name."""
	for table in frappe.get_meta(doctype).get_table_fields():
		field = next(
			(
				df.fieldname
				for df in frappe.get_meta(table.options).get_link_fields()
				if df.options == "Child"
			),
			None,
		)
		if field:
			# what was read is found after the answer: rights were asked before it
			rows = frappe.get_all(
				table.options,
				{"parenttype": doctype, "parent": ["in", names]},
				["parent", f"{field} as target"],
				order_by="idx desc",
			)
			return {row.parent: row.target for row in rows if row.target}
	return {}


def children_of_families(names: list[str]) -> list[tuple[str, str]]:
	"""(family, child) of every file that hangs on one of the families; one query."""
	wanted = {"family": ["in", names]}
	# what was read is found after the answer: rights were asked before it
	return [
		tuple(row)
		for row in frappe.get_all("Child", wanted, ["family", "name"], as_list=True, order_by="name")
	]


def _by_person(persons: dict[str, str]) -> dict[str, str]:
	"""Names of records by person become names of records by that person's file."""
	wanted = {"person": ["in", list(set(persons.values()))]}
	files = dict(frappe.get_all("Child", wanted, ["person", "name"], as_list=True, order_by=None))
	return {name: files[person] for name, person in persons.items() if person in files}

"""Two rows that may be one human. A clash never costs a form: it opens a Duplicate Candidate for the data officer."""

import hashlib

import frappe
from frappe import _
from frappe.model.document import Document

SAME_NUMBER, SAME_NAME = "Same National Number", "Same Name and Birth Date"
LIMIT = 20


def note_clashes(person: Document) -> None:
	"""Open candidates for other persons with the same national number, or the same name and birth date."""
	opened = [open_candidate(person.name, other, reason) for other, reason in clashes(person)]
	if any(opened):
		frappe.msgprint(
			_(
				"A person with the same data is already registered. Your entry is kept and the directorate's data officer will compare the two."
			),
			title=_("Possible Duplicate"),
			indicator="orange",
		)


def clashes(person: Document) -> list[tuple[str, str]]:
	"""Other persons who may be the same, as (name, reason), in one query over two indexes.

	All persons are compared, whoever may see them; the user is told only that there is one.
	"""
	values = {
		"name": person.name,
		"number": person.national_number or None,
		"search_name": person.search_name,
		"birth_date": person.birth_date or None,
		"limit": LIMIT,
	}
	rows = frappe.db.sql(
		"""(select name, 1 from `tabPerson` where national_number = %(number)s and name != %(name)s
			order by name limit %(limit)s)
		union all
		(select name, 0 from `tabPerson` where search_name = %(search_name)s and birth_date = %(birth_date)s
			and name != %(name)s order by name limit %(limit)s)""",
		values,
	)
	by_number = {name for name, same_number in rows if same_number}
	by_name = {name for name, same_number in rows if not same_number} - by_number
	return [(name, SAME_NUMBER) for name in sorted(by_number)] + [
		(name, SAME_NAME) for name in sorted(by_name)
	]


def pair_key(one: str, other: str) -> str:
	"""The same key for a pair in either order."""
	return hashlib.sha256("|".join(sorted((one, other))).encode()).hexdigest()


def open_candidate(person: str, other: str, reason: str) -> bool:
	"""Open a candidate unless the pair was met before (a pair judged «not the same» stays judged)."""
	key = pair_key(person, other)
	if frappe.db.exists("Duplicate Candidate", {"pair_key": key}):
		return False
	candidate = frappe.new_doc("Duplicate Candidate")
	candidate.update({"person": person, "other_person": other, "reason": reason, "pair_key": key})
	candidate.insert(ignore_permissions=True)  # found by the system, for whoever is the data officer there
	return True


def has_open_number_clash(person: str) -> bool:
	"""Whether another person with the same national number still waits for a decision."""
	return bool(
		frappe.db.sql(
			"""select 1 from `tabDuplicate Candidate`
			where status = 'Open' and reason = %(reason)s and (person = %(person)s or other_person = %(person)s) limit 1""",
			{"person": person, "reason": SAME_NUMBER},
		)
	)


def scan_number_clashes() -> int:
	"""Open candidates for every pair with one national number; catches two forms saved in the same instant."""
	pairs = frappe.db.sql(
		"""select a.name, b.name from `tabPerson` a join `tabPerson` b
		on a.national_number = b.national_number and a.name < b.name
		where a.national_number != '' order by a.name, b.name limit 1000"""
	)
	return sum(open_candidate(one, other, SAME_NUMBER) for one, other in pairs)

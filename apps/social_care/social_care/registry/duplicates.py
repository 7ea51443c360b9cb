"""Two rows that may be one human. A clash never costs a form: it opens a Duplicate Candidate for the data officer."""

import hashlib

import frappe
from frappe import _
from frappe.model.document import Document

SAME_NUMBER, SAME_NAME = "Same National Number", "Same Name and Birth Date"
LIMIT = 20


def note_clashes(person: Document) -> None:
	"""Open candidates for other persons with the same national number, or the same name and birth date."""
	by_number = _others({"national_number": person.national_number}, person) if person.national_number else []
	by_name = (
		_others({"search_name": person.search_name, "birth_date": person.birth_date}, person) if person.birth_date else []
	)
	opened = [open_candidate(person.name, other, SAME_NUMBER) for other in by_number]
	opened += [open_candidate(person.name, other, SAME_NAME) for other in by_name if other not in by_number]
	if any(opened):
		frappe.msgprint(
			_("A person with the same data is already registered. Your entry is kept and the directorate's data officer will compare the two."),
			title=_("Possible Duplicate"),
			indicator="orange",
		)


def _others(filters: dict, person: Document) -> list[str]:
	# All persons are compared, whoever may see them; the user is told only that there is one.
	return frappe.get_all("Person", filters=filters | {"name": ["!=", person.name]}, pluck="name", limit=LIMIT)


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

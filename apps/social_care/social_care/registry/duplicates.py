"""Two rows that may be one human. A clash never costs a form: it opens a Duplicate Candidate for the data officer."""

import hashlib
from functools import partial

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cstr

SAME_NUMBER, SAME_NAME = "Same National Number", "Same Name and Birth Date"
OPEN, REFERRED = "Open", "Referred to Headquarters"
LIMIT = 20
WAITING = "persons_to_compare"


def note_clashes(person: Document) -> None:
	"""Open candidates for other persons with the same national number, or the same name and birth date."""
	if person.flags.batch:
		person.flags.batch.note("clash", person.name)
		return
	compare_later([person.name])
	if open_clashes([person.name]):
		frappe.msgprint(
			_(
				"A person with the same data is already registered. Your entry is kept and the directorate's data officer will compare the two."
			),
			title=_("Possible Duplicate"),
			indicator="orange",
		)


def compare_later(persons: list[str]) -> None:
	"""Weigh the persons against those who are like them, in the background, once they are stored."""
	if persons:
		frappe.db.after_commit.add(partial(_wait, list(persons)))


def _wait(persons: list[str]) -> None:
	frappe.cache.sadd(WAITING, *persons)
	enqueue_comparison()


def enqueue_comparison() -> None:
	"""Queue the one job that compares whoever waits; every ten minutes again, should one have ended as another came."""
	if waits():
		frappe.enqueue(
			"social_care.registry.duplicates.compare_waiting",
			queue="long",
			job_id="compare-waiting",
			deduplicate=True,
		)


def waits() -> list[str]:
	"""Persons whom the background job has not taken yet."""
	return sorted(map(cstr, frappe.cache.smembers(WAITING)))


def compare_waiting() -> None:
	"""The job: whoever waits, until nobody does. Whom a killed worker leaves behind the search of the night finds.

	Each person is a transaction: what is found of one keeps nobody waiting who saves another.
	"""
	while names := waits():
		for name in names:
			frappe.cache.srem(WAITING, name)  # before it is read: a change from now on is compared again
			frappe.db.rollback()  # read what others have committed
			compare([name])
			frappe.db.commit()


def compare(persons: list[str]) -> int:
	"""The job: candidates for each of the persons; how many were new."""
	from social_care.registry.matching import pairs  # Splink takes a second to load, and only workers need it

	return sum(pairs.open_for(person) for person in persons)


def open_clashes(persons: list[str]) -> int:
	"""Open candidates for stored persons and whoever may be the same; a pair among them is the later one's. How many were new."""
	later = {name: place for place, name in enumerate(persons)}
	found = {
		pair_key(one, other): (one, other, reason)
		for one, other, reason in clashes(persons)
		if later.get(other, -1) < later[one]
	}
	# pairs that were met before, whoever may see them: nothing of them is told
	met = {"pair_key": ["in", list(found)]}
	known = set(frappe.get_all("Duplicate Candidate", filters=met, pluck="pair_key")) if found else set()
	new = [key for key in found if key not in known]
	for key in new:
		insert_candidate(key, *found[key])
	return len(new)


def clashes(persons: list[str]) -> list[tuple[str, str, str]]:
	"""Others who may be the same as these persons, as (person, other, reason), in one query over two indexes.

	All persons are compared, whoever may see them; the user is told only that there is one.
	"""
	if not persons:
		return []
	rows = frappe.db.sql(
		f"""select person, other, max(by_number) from (
			{_pairs(1, "mine.national_number = other.national_number and mine.national_number != ''")}
			union all {_pairs(0, "mine.search_name = other.search_name and mine.birth_date = other.birth_date")}
		) pairs where place <= %(limit)s group by person, other order by person, max(by_number) desc, other""",
		{"persons": persons, "limit": LIMIT},  # the two conditions above and nothing else
	)
	return [(person, other, SAME_NUMBER if by_number else SAME_NAME) for person, other, by_number in rows]


def _pairs(by_number: int, same: str) -> str:
	return f"""select mine.name as person, other.name as other, {by_number} as by_number,
			row_number() over (partition by mine.name order by other.name) as place
			from `tabPerson` mine join `tabPerson` other on {same} and other.name != mine.name
			where mine.name in %(persons)s"""


def pair_key(one: str, other: str) -> str:
	"""The same key for a pair in either order."""
	return hashlib.sha256("|".join(sorted((one, other))).encode()).hexdigest()


def open_candidate(person: str, other: str, reason: str) -> bool:
	"""Open a candidate unless the pair was met before (a pair judged «not the same» stays judged)."""
	key = pair_key(person, other)
	if frappe.db.exists("Duplicate Candidate", {"pair_key": key}):
		return False
	insert_candidate(key, person, other, reason)
	return True


def insert_candidate(key: str, person: str, other: str, reason: str, **weighed) -> None:
	"""Open a candidate, once; `weighed` is the score and the levels of agreement, where the pair was weighed."""
	candidate = frappe.new_doc("Duplicate Candidate")
	candidate.flags.weighed = weighed
	candidate.update({"person": person, "other_person": other, "reason": reason, "pair_key": key})
	frappe.db.savepoint("duplicate_candidate")
	try:
		candidate.insert(
			ignore_permissions=True
		)  # found by the system, for whoever is the data officer there
	except frappe.UniqueValidationError:  # found by another request in the same instant
		frappe.db.rollback(save_point="duplicate_candidate")
		frappe.clear_last_message()
	else:
		frappe.db.release_savepoint("duplicate_candidate")


def has_open_number_clash(person: str) -> bool:
	"""Whether another person with the same national number still waits for a decision."""
	return bool(
		frappe.db.sql(
			"""select 1 from `tabDuplicate Candidate`
			where status in ('Open', 'Referred to Headquarters') and reason = %(reason)s and (person = %(person)s or other_person = %(person)s) limit 1""",
			{"person": person, "reason": SAME_NUMBER},
		)
	)


def waiting(person: str) -> list[str]:
	"""Other persons who may be the same as this one and about whom nothing is decided yet."""
	return frappe.db.sql(
		"""select if(person = %(person)s, other_person, person) from `tabDuplicate Candidate`
		where status in ('Open', 'Referred to Headquarters') and (person = %(person)s or other_person = %(person)s) order by creation""",
		{"person": person},
		pluck=True,
	)


def scan_number_clashes(at_once: int = 1000) -> int:
	"""Open candidates for pairs with one national number that were not met before, so many in a run; how many were new.

	Catches two forms saved in the same instant.
	"""
	pairs = frappe.db.sql(
		"""select a.name, b.name from `tabPerson` a join `tabPerson` b
		on a.national_number = b.national_number and a.name < b.name
		where a.national_number != '' and not exists (select 1 from `tabDuplicate Candidate` met where met.pair_key
			in (sha2(concat(a.name, '|', b.name), 256), sha2(concat(b.name, '|', a.name), 256)))
		order by a.name, b.name limit %s""",
		at_once,
	)
	return sum(open_candidate(one, other, SAME_NUMBER) for one, other in pairs)

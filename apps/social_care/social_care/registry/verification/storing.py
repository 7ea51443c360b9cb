"""Answers become states: many at a time, in a fixed number of statements, each answer held against its own question."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import frappe
from frappe.utils import getdate, now, nowdate

from social_care import compat
from social_care.registry.together.statements import insert_rows, update_rows
from social_care.registry.verification import (
	CHANGED,
	CONFIRMED,
	DIED,
	DIFFERENCE,
	DIFFERS,
	FIELDS,
	NOT_FOUND,
	QUESTION,
	WAITING,
	WATCHED,
)
from social_care.registry.verification.columns import Clean
from social_care.registry.verification.fingerprints import fingerprint, fits
from social_care.registry.verification.judging import Judgement, judge
from social_care.registry.verification.standing import UNDECIDED

ANSWERED = (CONFIRMED, DIFFERS, NOT_FOUND, DIED)
PERSON = ("name", *WATCHED, "is_deceased", "death_date", "identity_state")


@dataclass
class Taken:
	"""What became of answers. `rejected` are (row, code of the reason)."""

	taken: int = 0
	known: int = 0
	open: int = 0
	rejected: list[tuple[int, str]] = field(default_factory=list)


class Store:
	"""Takes the answers of one batch of a source, whoever brought them."""

	def __init__(self, batch: str, source) -> None:
		self.batch, self.source = batch, source.name
		self.compared = [row.field for row in source.fields if row.compared]

	def take(self, answers: Iterable[Clean]) -> Taken:
		"""Write what can be written; whoever is not answered about goes on waiting."""
		self.found, self.at = Taken(), now()
		self.questions, self.persons, self.differences = {}, {}, []
		rows = [answer for answer in answers if self._is_told(answer)]
		known = self._questions([row.key for row in rows])
		fitting = [(row, known[row.key]) for row in rows if self._fits(row, known)]
		persons = self._locked([question.person for _row, question in fitting])
		for row, question in fitting:
			self._take(row, question, persons.get(question.person))
		self._write()
		return self.found

	def _is_told(self, answer: Clean) -> bool:
		if answer.says_nothing:
			self.found.open += 1
		elif answer.fault:
			self._reject(answer, answer.fault)
		return not (answer.says_nothing or answer.fault)

	def _reject(self, answer: Clean, reason: str) -> None:
		self.found.rejected.append((answer.number, reason))

	def _questions(self, keys: list[str]) -> dict[str, frappe._dict]:
		"""Those of this batch, locked."""
		fields = "`name`, `person`, `state`, `national_number`, `fingerprint`"
		rows = frappe.db.sql(
			f"select {fields} from `tab{QUESTION}` where `name` in %(keys)s and `batch` = %(batch)s for update",
			{"keys": keys or [""], "batch": self.batch},
			as_dict=True,
		)
		return {row.name: row for row in rows}

	def _fits(self, row: Clean, known: dict[str, frappe._dict]) -> bool:
		"""Whether the answer belongs to an open question of this batch, and is the first to it."""
		question = known.get(row.key)
		if not question:
			self._reject(row, "foreign")
		elif not fits(row.key, question.fingerprint, row.check):
			self._reject(row, "code")
		elif row.national_number and row.national_number != question.national_number:
			self._reject(row, "other_number")
		elif question.state in ANSWERED:
			self.found.known += 1
		elif question.state != WAITING:
			self._reject(row, "closed")
		else:
			return True
		return False

	def _locked(self, names: list[str]) -> dict[str, frappe._dict]:
		columns = ", ".join(f"`{column}`" for column in PERSON)
		rows = frappe.db.sql(
			f"select {columns} from `tabPerson` where `name` in %(names)s order by `name` for update",
			{"names": names or [""]},
			as_dict=True,
		)
		return {row.name: row for row in rows}

	def _take(self, row: Clean, question: frappe._dict, person: frappe._dict | None) -> None:
		if row.key in self.questions:
			self._reject(row, "twice")
		elif not person or fingerprint(person) != question.fingerprint:
			self.questions[row.key] = {"state": CHANGED, "answered_on": self.at}
			self._reject(row, "changed")
		elif (judged := judge(row, _plain(person), self.compared)).fault:
			self._reject(row, judged.fault)
		else:
			self._settle(question, judged)

	def _settle(self, question: frappe._dict, judged: Judgement) -> None:
		self.found.taken += 1
		self.questions[question.name] = {"state": judged.state, "answered_on": self.at}
		self.persons[question.person] = {
			"identity_state": judged.state,
			"identity_state_on": nowdate(),
			"identity_source": self.source,
		}
		self.differences += [(question, *difference) for difference in judged.differences]

	def _write(self) -> None:
		update_rows(QUESTION, self.questions)
		if not self.persons:
			return
		undecided = {"person": ["in", list(self.persons)], "state": ["in", UNDECIDED]}
		frappe.db.set_value(DIFFERENCE, undecided, "state", "Void")
		update_rows("Person", self.persons)
		insert_rows(DIFFERENCE, self._rows())
		compat.forget_documents([("Person", name) for name in self.persons])

	def _rows(self) -> list[dict]:
		files = _files([question.person for question, *_values in self.differences])
		user = frappe.session.user
		return [
			{
				"name": frappe.generate_hash(length=10),
				"creation": self.at,
				"modified": self.at,
				"owner": user,
				"modified_by": user,
				"person": question.person,
				"child": files.get(question.person),
				"question": question.name,
				"source": self.source,
				"answered_on": self.at,
				"state": "Not Yet Decided",
				"field": label,
				"our_value": ours,
				"registry_value": theirs,
			}
			for question, label, ours, theirs in self.differences
		]


def _files(persons: list[str]) -> dict[str, str]:
	"""The child's file of each person, where there is one; asked before by the right to the batch."""
	rows = frappe.get_all(
		"Child",
		{"person": ["in", persons or [""]], "life_state": ["!=", "Merged"]},
		["person", "name"],
		order_by="name",
	)
	return {row.person: row.name for row in rows}


def _plain(person: frappe._dict) -> dict[str, str]:
	"""The person's values as plain texts, dates as year-month-day."""
	values = {field: str(person.get(field) or "") for field in FIELDS.values()}
	death = getdate(person.death_date).isoformat() if person.death_date else ""
	return values | {"death_date": death, "is_deceased": "1" if person.is_deceased else ""}

"""What an answer says of a person: pure, without the database."""

from dataclasses import dataclass, field

from social_care.registry.arabic import normalise
from social_care.registry.verification import CONFIRMED, DEATH, DIED, DIFFERS, FIELDS, NOT_FOUND
from social_care.registry.verification.columns import FOUND, Clean


@dataclass
class Judgement:
	"""`differences` are (field as chosen, our value, value of the source). A `fault` says why the answer is none."""

	state: str = ""
	differences: list[tuple[str, str, str]] = field(default_factory=list)
	fault: str = ""


def judge(answer: Clean, person: dict[str, str], compared: list[str]) -> Judgement:
	"""Judge an answer by the fields that its source compares (as chosen), against the person's plain values.

	What was said decides, not the outcome's word: «matches» beside another name differs. «Found» confirms only where
	every compared field was said, because what was not said was not compared.
	"""
	told = {label: answer.values[FIELDS[label]] for label in compared if answer.values.get(FIELDS[label])}
	if answer.result == NOT_FOUND:
		return Judgement(fault="contradicts") if told or answer.death_date else Judgement(NOT_FOUND)
	if answer.death_date and answer.result != DIED:
		return Judgement(fault="contradicts")
	if answer.result == FOUND and any(label not in told for label in compared if person.get(FIELDS[label])):
		return Judgement(fault="incomplete")
	found = [
		(label, person.get(FIELDS[label]) or "", value)
		for label, value in told.items()
		if not same(person.get(FIELDS[label]), value)
	]
	if answer.result == DIED:
		return Judgement(DIED, found + _death(answer, person))
	if answer.result == FOUND and not told:
		return Judgement(fault="incomplete")
	return Judgement(DIFFERS if found else CONFIRMED, found)


def same(ours: str | None, theirs: str) -> bool:
	"""Spellings of one name are one; dates and sexes are compared as they are."""
	return normalise(ours or "") == normalise(theirs)


def _death(answer: Clean, person: dict[str, str]) -> list[tuple[str, str, str]]:
	"""A death that we do not know of, or of another day."""
	known = person.get("death_date") or ""
	if person.get("is_deceased") and known == answer.death_date:
		return []
	return [(DEATH, known, answer.death_date)]

"""Columns of questions and answers (setup/data/identity_columns.csv), and the cells of an answer made values."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache

from social_care.cash_support import lists
from social_care.cash_support.cleaning import Cleaner, Fault
from social_care.registry.arabic import normalise
from social_care.registry.verification import CONFIRMED, DIED, NOT_FOUND
from social_care.registry.verification.sources import Answer

CONTENTS = "Answers on Identity"
KEYS = ("key", "check", "national_number", "result")
FOUND = "Found"
SENT, SAID = "sent_", "registry_"
# What registries write as the outcome, folded.
RESULTS = {
	CONFIRMED: ("مطابق", "مطابقة", "متطابق", "confirmed", "match", "matches"),
	FOUND: ("موجود", "موجودة", "مسجل", "مسجلة", "found"),
	NOT_FOUND: ("غير موجود", "غير موجودة", "غير مسجل", "غير مسجلة", "لا يوجد", "not found"),
	DIED: ("متوفى", "متوفاة", "متوف", "توفي", "died", "deceased", "dead"),
}


@dataclass
class Clean:
	"""An answer as values: "" where the source said nothing. `fault` is the code for which it cannot be taken."""

	number: int
	key: str = ""
	check: str = ""
	national_number: str = ""
	result: str = ""
	values: dict[str, str] = field(default_factory=dict)
	death_date: str = ""
	fault: str = ""

	@property
	def says_nothing(self) -> bool:
		"""Whether the row is a question that came back as it went: neither an outcome nor a reason to refuse it."""
		return not (self.result or self.fault)


@cache
def words() -> dict[str, str]:
	"""Outcomes by their folded spelling."""
	return {normalise(word): result for result, spellings in RESULTS.items() for word in spellings}


def clean(answer: Answer, cleaner: Cleaner) -> Clean:
	"""The values of an answer; the first cell that cannot be read is its fault."""
	found = Clean(answer.number)
	for column in lists.columns(CONTENTS):
		if column.key.startswith(SENT):
			continue  # what we sent tells nothing
		value = cleaner.cell(column.kind, answer.cells.get(column.key))
		if isinstance(value, Fault):
			found.fault = found.fault or value.args[0]
		elif value is not None:
			_put(found, column.key, value.isoformat() if isinstance(value, date) else str(value))
	if not found.result and found.death_date:
		found.fault = found.fault or "no_result"
	return found


def _put(found: Clean, key: str, value: str) -> None:
	if key == "result":
		found.result = words().get(normalise(value), "")
		found.fault = found.fault or ("" if found.result else "result")
	elif key in (*KEYS, "death_date"):
		setattr(found, key, value)
	else:
		found.values[key.removeprefix(SAID)] = value

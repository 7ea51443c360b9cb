"""Why a row of answers was not taken: a code that is kept, and the sentence that a reader is told in his language."""

from frappe import _

from social_care.cash_support import faults


def sentence(code: str) -> str:
	"""The sentence of a code."""
	return _own().get(code) or faults.sentence(code)


def _own() -> dict[str, str]:
	return {
		"foreign": _("No question of this batch has this key."),
		"code": _("The check code does not belong to this key; the row was mixed up or changed."),
		"other_number": _("The national number is not the one that was asked about."),
		"closed": _("The question is not open any more."),
		"changed": _("The person's data was changed after the question; it is asked anew."),
		"twice": _("Another row of the file answers the same question."),
		"result": _("The outcome is none of those agreed upon."),
		"no_result": _("There are values without an outcome."),
		"contradicts": _("The outcome and the values of the row contradict each other."),
		"incomplete": _("The row does not say all that has to be compared."),
	}

"""What can be wrong with a cell of a list: a code that is kept, and the sentence that a reader is told in his language."""

from frappe import _


def sentence(code: str) -> str:
	"""The sentence of a code."""
	return (_of_numbers() | _of_cells() | _of_rows())[code]


def _of_numbers() -> dict[str, str]:
	return {
		"digits": _("The national number must have 14 digits."),
		"century": _("The first digit of the national number tells a century that is not in use."),
		"number_date": _("Digits 2 to 7 of the national number are not a date."),
		"number_future": _("The birth date in the national number is in the future."),
		"number_governorate": _("Digits 8 and 9 of the national number are not the code of a governorate."),
		"birth_differs": _("The birth date in the national number differs from the birth date of the file."),
		"sex_differs": _("The sex in the national number differs from the sex in the file."),
		"number_or_birth": _("Without a national number the birth date is needed."),
	}


def _of_cells() -> dict[str, str]:
	return {
		"empty": _("The cell is empty; this column is needed."),
		"formula": _("The cell holds a formula; write the value itself."),
		"markup": _("The text holds the sign «<» directly before a letter; leave a space after it."),
		"too_long": _("The text is longer than the column takes."),
		"name": _("A name has at least two words and no digits."),
		"date": _("This is not a date; write day, month and year, for example 25/01/2015."),
		"calendar": _("This day is not in the calendar; write day, month and year, for example 25/01/2015."),
		"future": _("The day is in the future."),
		"sex": _("Write male or female."),
		"governorate": _("There is no governorate of this name."),
		"number": _("This is not a number."),
		"whole": _("A whole number is needed."),
		"negative": _("The number cannot be negative."),
		"mother_state": _("Write pregnant or mother."),
	}


def _of_rows() -> dict[str, str]:
	return {
		"dead": _("The person has died, by the list of deaths or the registry."),
		"in_programme": _("The person is in a programme together with which this support is not given."),
		"in_round": _("The person is in this round already."),
		"outside": _("The place of this row is outside the unit that loads the list."),
		"listed": _("The person stands in an earlier row of this list."),
	}

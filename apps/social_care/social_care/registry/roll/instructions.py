"""The instructions sheet of the workbook."""

from frappe import _


def sentences() -> list[str]:
	"""One sentence a line."""
	return [
		_("How to fill in this roll"),
		_("Each row is the file of one child. Correct the white cells; grey cells are locked."),
		_(
			"For a child who has no file yet, fill in a blank row below the others and leave the file code empty."
		),
		_("Leave the file code as it is: by it the system finds the file again."),
		_("Where a cell has an arrow, choose from its list. Dates are written as day/month/year."),
		_("An emptied cell empties the field. A column that you remove stays as it is in the system."),
		_("Formulas are not accepted; write the values themselves."),
		_("Nothing changes at the upload: first every difference is shown, and you choose what is applied."),
		_(
			"If somebody else has changed the same field meanwhile, the system shows both values and asks you."
		),
		_(
			"The workbook holds personal data of children. Keep it safe and delete it when you have uploaded it."
		),
	]

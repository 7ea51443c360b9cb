import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

NEEDED = ("emergency_hours", "tries_a_day", "grant_longest_days", "ask_within_days")
NEEDED += ("many_files_an_hour", "many_rows_an_hour")
LONGEST_OF_PARTS = 15  # minutes; longer would leave readings out of the log


class ReadingControlSettings(Document):
	"""How long files open beyond the own place, and what counts as unusual."""

	def validate(self) -> None:
		for field in NEEDED:
			if cint(self.get(field)) <= 0:
				sentence = _("{0}: a number above 0 is needed.").format(_(self.meta.get_label(field)))
				frappe.throw(sentence, title=_("Settings"))
		if cint(self.parts_minutes) > LONGEST_OF_PARTS:
			frappe.throw(
				_("Parts of an opened file count as one reading for {0} minutes at most.").format(
					LONGEST_OF_PARTS
				),
				title=_("Settings"),
			)

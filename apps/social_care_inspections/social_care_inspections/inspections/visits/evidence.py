"""Evidence of a visit: private files, with what they show and the indicator they belong to."""

from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

PICTURES = (".jpg", ".jpeg", ".png", ".webp")
PRIVATE = "/private/files/"


def check(visit: Document) -> None:
	"""As `check_files`; a file that names an indicator belongs to one of the checklist."""
	check_files(visit)
	codes = {row.indicator_code for row in visit.answers}
	for row in visit.evidence:
		if row.indicator_code and row.indicator_code not in codes:
			visit.refuse(_("The checklist has no indicator {0}.").format(row.indicator_code))


def check_files(paper: Document) -> None:
	"""Each file is private and not of the future."""
	for row in paper.evidence:
		if not (row.file or "").startswith(PRIVATE):
			paper.refuse(_("Evidence must be uploaded as a private file."))
		if row.taken_on and (get_datetime(row.taken_on) - now_datetime()).total_seconds() > 300:
			paper.refuse(_("{0} lies in the future.").format(_("Photographed On")))


def pictures(visit: Document) -> list[dict]:
	"""Photographs for the print: {address, caption, indicator, taken_on}."""
	return [
		{
			"address": row.file,
			"caption": row.caption,
			"indicator": row.indicator_code or "",
			"taken_on": row.taken_on,
		}
		for row in visit.evidence
		if row.file.lower().endswith(PICTURES)
	]


def papers(visit: Document) -> list[str]:
	"""What the other files are."""
	return [row.caption for row in visit.evidence if not row.file.lower().endswith(PICTURES)]

"""The viewing letter as an official print: which family may visit which child, where, until when."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, format_date
from social_care.prints.digits import in_digits
from social_care.prints.sheet import sheet, speak_arabic
from social_care.reading.notes import note

from social_care_kafala.kafala.matching import states
from social_care_kafala.kafala.path.clock import settings

KIND = "Kafala Viewing Letter"
OF_CHILD = ["full_name", "sex", "birth_date", "institution_name", "governorate"]


def viewing_letter(doc: Document) -> dict:
	"""Everything the letter shows: {sheet, to, family, children, sentence, notes, signatures}. Raises before it is issued."""
	speak_arabic()
	states.check_right()
	if not doc.letter_on:
		states.refuse(_("The viewing letter is not issued yet."))
	file = frappe.get_doc(states.FILE, doc.family_file)
	file.check_permission("read")
	note("Child", [row.child for row in doc.children], "Print", KIND)
	rows = [child(row.child) for row in doc.children]
	shown = {
		"to": _("To the director of: {0}").format(rows[0]["place"]),
		"family": [
			[_(row.part), row.full_name or "", in_digits(row.national_number or "–")] for row in file.adults
		],
		"children": [[row["name"], row["code"], row["sex"], row["born"]] for row in rows],
		"sentence": sentence(doc),
		"notes": notes(),
		"signatures": [_("Specialist"), _("Director of the Directorate")],
	}
	period = _("Number of the Letter: {0}").format(doc.letter_number)
	return shown | {"sheet": sheet(KIND, _("Viewing Letter"), shown, doc.org_unit, unit_name(doc), period)}


def unit_name(doc: Document) -> str:
	return frappe.db.get_value("Org Unit", doc.org_unit, "unit_name") or ""


def child(name: str) -> dict[str, str]:
	"""What the letter says of a child, whose file its reader may not open: name, code, sex, birth date and home; no parentage, no health."""
	row = frappe.db.get_value("Child", name, OF_CHILD, as_dict=True)
	return {
		"name": row.full_name or "",
		"code": name,
		"sex": _(row.sex or ""),
		"born": in_digits(format_date(row.birth_date)),
		"place": row.institution_name or "",
	}


def sentence(doc: Document) -> str:
	"""What is allowed, from when to when."""
	text = _("The family is allowed to visit the child at the institution, from {0} to {1}; visits: {2}.")
	days = (format_date(doc.letter_on), format_date(doc.expires_on))
	return in_digits(text.format(*days, cint(settings().visits_wanted)))


def notes() -> list[str]:
	"""What holds for the visits."""
	return [
		_("The specialist attends the visits and writes down how the child reacts and what he says."),
		_("The child is not handed over by this letter."),
		_("The child's data are confidential."),
	]

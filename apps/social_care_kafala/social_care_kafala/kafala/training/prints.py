"""The certificate of the mandatory training as an official print; of whoever has passed."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date
from social_care.prints.digits import in_digits
from social_care.prints.sheet import sheet, speak_arabic
from social_care.registry.levels import field_readable

from social_care_kafala.kafala.training.results import COURSE, PASSED

KIND = "Kafala Training Certificate"


def kafala_training_certificate(trainee: Document) -> dict:
	"""Everything the print shows: {sheet, sentence, facts, days, signatures}. Raises where there is no pass to certify."""
	speak_arabic()
	if not field_readable(trainee.doctype, "trainee_name"):
		frappe.throw(
			_("Names of trainees are not yours to read."), frappe.PermissionError, title=_(trainee.doctype)
		)
	if trainee.result != PASSED:
		frappe.throw(_("The training has not been passed."), title=_(trainee.doctype))
	course = frappe.get_doc(COURSE, trainee.course)
	shown = {
		"sentence": _("{0} has passed the mandatory training of families that apply for kafala.").format(
			trainee.trainee_name
		),
		"facts": facts(trainee, course),
		"days": [
			[
				in_digits(format_date(row.day)),
				row.topic,
				in_digits(f"{row.hours:g}"),
				_("Yes") if row.was_present else _("No"),
			]
			for row in trainee.attendance
		],
		"signatures": [_("Who Gives the Training"), _("Directorate")],
	}
	place = frappe.db.get_value("Org Unit", course.org_unit, "unit_name") or ""
	period = _("Number of the File: {0}").format(trainee.family_file)
	title = _("Certificate of the Mandatory Training")
	return shown | {"sheet": sheet(KIND, title, shown, course.org_unit, place, period)}


def facts(trainee: Document, course: Document) -> list[list[str]]:
	hours = _("{0} of {1}").format(f"{trainee.hours_attended:g}", f"{course.total_hours:g}")
	return [
		[_("Title of the Course"), course.title],
		[_("Who Gives the Training"), course.provider],
		[_("Place of the Training"), course.held_at],
		[_("Hours Attended"), in_digits(hours)],
		[_("Day of the Training Result"), in_digits(format_date(trainee.result_on))],
		[_("Kafala Trainee"), trainee.name],
	]

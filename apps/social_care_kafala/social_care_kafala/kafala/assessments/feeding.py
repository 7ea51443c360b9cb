"""What an assessment finds is written into the family's file, once: by the completed assessment, and then by no other hand."""

import frappe
from frappe import _
from frappe.model.document import Document
from social_care.registry.file_review import changed_fields

from social_care_kafala.kafala.assessments import tools
from social_care_kafala.kafala.path import states

ASSESSMENT = "Kafala Assessment"
DRAFT, COMPLETED, REVIEWED = "Draft", "Assessment Completed", "Assessment Reviewed"
STEP = {tools.INITIAL: states.VISIT, tools.DETAILED: states.DETAILED}
KIND = {step: kind for kind, step in STEP.items()}
OWN = {
	tools.INITIAL: {"initial_visit_on", "initial_visit_result"},
	tools.DETAILED: {"administration_inquiry"},
}


def values(doc: Document) -> dict:
	"""Fields of the file by what was found; of the initial visit its day and result, of the study the administration's inquiry."""
	found = {
		row.feeds: row.amount if row.feeds == tools.AMOUNT else row.finding
		for row in doc.answers
		if row.feeds and (row.finding or row.amount)
	}
	if doc.assessment_kind == tools.INITIAL:
		return found | {"initial_visit_on": doc.last_visit_on, "initial_visit_result": doc.recommendation}
	return found | {"administration_inquiry": doc.recommendation}


def feed(doc: Document) -> None:
	"""Write the findings, by the right of whoever completes the assessment; the file's own rules hold."""
	file = frappe.get_doc(states.DOCTYPE, doc.family_file)
	if file.status != STEP[doc.assessment_kind]:
		doc.refuse(
			_("The file is «{0}»; this assessment is completed in the step «{1}».").format(
				_(file.status), _(STEP[doc.assessment_kind])
			)
		)
	file.update(values(doc))
	file.flags.from_assessment = True
	file.save()


def rows_of(file: str) -> list[dict]:
	"""Assessments of a file: name, kind, status, tool; one query, by the right to the file."""
	# they belong to the file, which the user has at hand
	return frappe.get_all(
		ASSESSMENT,
		filters={"family_file": file},
		fields=["name", "assessment_kind", "status", "tool"],
		order_by="creation",
	)


def fields_fed(row: dict) -> set[str]:
	return OWN[row.assessment_kind] | {item.feeds for item in tools.items(row.tool).values() if item.feeds}


def keep_fed(file: Document) -> None:
	"""Refuse to write by hand what a completed assessment of the file has written."""
	before = file.get_doc_before_save()
	if not before or file.flags.from_assessment:
		return
	changed = changed_fields(file, before) & FED
	if not changed:
		return
	for row in rows_of(file.name):
		if row.status != DRAFT and (own := changed & fields_fed(row)):
			label = _(file.meta.get_label(sorted(own)[0]))
			file.refuse(_("{0} is written by the assessment {1}.").format(label, row.name))


FED = {
	*("home_suitable", "home_in_egypt", "has_stable_income", "monthly_income", "association_inquiry"),
	*("criminal_record", "foreign_record", "hepatitis_free", "drug_test", "psychological_test"),
	*("credit_result", "administration_inquiry", "initial_visit_on", "initial_visit_result"),
}


def check_step(file: Document, step: str) -> None:
	"""No step of the file while its assessment of this step is still being written."""
	for row in rows_of(file.name):
		if row.assessment_kind == KIND[step] and row.status == DRAFT:
			file.refuse(_("The assessment {0} is not completed yet.").format(row.name))


def review_all(file: Document) -> None:
	"""With the forms the directorate reviews the assessments of the file; from then on they are read only."""
	for row in rows_of(file.name):
		if row.status == COMPLETED:
			doc = frappe.get_doc(ASSESSMENT, row.name)
			doc.status = REVIEWED
			doc.save()

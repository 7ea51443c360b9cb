"""Results of the mandatory training: by the hours attended, given when a course is closed, and from there in the families' files."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, flt, nowdate
from social_care.registry.file_review import changed_fields

from social_care_kafala.kafala.path import clock, states

TRAINEE, COURSE = "Kafala Trainee", "Kafala Training Course"
PASSED, FAILED = "Passed", "Did Not Pass"
FED = {"training_result", "training_on"}


def lay_out(trainee: Document, course: Document) -> None:
	"""A row for each day of the course; of what was sent only the presence counts."""
	present = {str(row.day): cint(row.was_present) for row in trainee.attendance}
	before = trainee.get_doc_before_save()
	stored = {str(row.day): row for row in before.attendance} if before else {}
	rows = []
	for day in course.days:
		old = stored.get(str(day.day))
		was_present = present.get(str(day.day), old.was_present if old else 0)
		values = {"day": day.day, "hours": day.hours, "topic": day.topic, "was_present": was_present}
		rows.append(values | ({"name": old.name} if old else {}))
	trainee.set("attendance", rows)


def sum_up(trainee: Document) -> None:
	"""Hours attended, and their share of the hours of the course in percent."""
	whole = sum(flt(row.hours) for row in trainee.attendance)
	trainee.hours_attended = sum(flt(row.hours) for row in trainee.attendance if row.was_present)
	trainee.attended_percent = flt(100 * trainee.hours_attended / whole, 2) if whole else 0


def result_of(trainee: Document) -> str:
	"""Passed from the least share of the settings on."""
	least = flt(clock.settings().least_attendance_percent)
	return PASSED if flt(trainee.attended_percent) >= least else FAILED


def give(course: Document) -> None:
	"""The results of all trainees of a course that is closed, then those of their families; a course has few dozen trainees."""
	# the course is the user's to close; trainees follow their families' files
	names = frappe.get_all(TRAINEE, filters={"course": course.name}, pluck="name", order_by="name")
	files = set()
	for name in names:
		trainee = frappe.get_doc(TRAINEE, name)
		trainee.flags.update({"gives_result": True, "ignore_permissions": True})
		trainee.save()
		files.add(trainee.family_file)
	for name in sorted(files):
		feed(name)


def feed(name: str) -> None:
	"""Write into a family's file what its adults have reached, where the path has not gone past the training."""
	file = frappe.get_doc(states.DOCTYPE, name)
	result = of_family(file)
	if not result or result == file.training_result or file.status not in states.UNDECIDED:
		return
	file.update({"training_result": result, "training_on": nowdate()})
	file.flags.update({"from_training": True, "ignore_permissions": True})  # by the closed course
	file.save()


def of_family(file: Document) -> str | None:
	"""Passed once every adult has passed in some course; None while one has no result yet."""
	found = results(file.name)
	parts = {row.part for row in file.adults}
	if all(PASSED in found.get(part, set()) for part in parts):
		return PASSED
	return FAILED if all(found.get(part) for part in parts) else None


def results(file: str) -> dict[str, set[str]]:
	"""Results of a family by adult."""
	# they belong to the file that is at hand
	rows = frappe.get_all(
		TRAINEE, filters={"family_file": file, "result": ["is", "set"]}, fields=["part", "result"]
	)
	found: dict[str, set[str]] = {}
	for row in rows:
		found.setdefault(row.part, set()).add(row.result)
	return found


def keep_fed(file: Document) -> None:
	"""Refuse to write by hand a result that a course has given."""
	before = file.get_doc_before_save()
	if not before or file.flags.from_training or not changed_fields(file, before) & FED:
		return
	if results(file.name):
		file.refuse(_("The result of the training is given by the course."))

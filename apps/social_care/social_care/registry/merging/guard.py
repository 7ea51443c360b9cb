"""What has to hold when two records are compared, put forward and made one: the reviewer's files, and that nothing changed since."""

import frappe
from frappe import _

from social_care import keyed
from social_care.registry import identity
from social_care.registry.merging import MergeError, history, values
from social_care.registry.merging.journal import plain

PLACE = ("institution", "current_placement")


def files_of(persons: list[str]) -> list[str]:
	"""Files of the persons, whoever may see them."""
	return frappe.get_all("Child", {"person": ["in", persons]}, pluck="name", order_by="name asc")


def reaches(persons: list[str], right: str) -> bool:
	"""Whether the session user holds the right to every file of the persons. A person is also seen through a family."""
	return all(frappe.has_permission("Child", right, name) for name in files_of(persons))


def check_files(persons: list[str], right: str) -> None:
	"""Raises PermissionError, which names no file."""
	if not reaches(persons, right):
		frappe.throw(
			_("The file of one of the two lies outside your scope; headquarters compares them."),
			frappe.PermissionError,
			title=_("Not Permitted"),
		)


def file_now(person: str) -> str | None:
	"""The file of a person as it is after whoever held the lock before."""
	return frappe.db.get_value("Child", {"person": person}, "name", for_update=True)


def check_one_file(survivor_child: str | None, merged_child: str | None) -> None:
	"""Where only one of the two has a file, its person stays."""
	if merged_child and not survivor_child:
		_refuse(_("Only one of the two has a file; the person with the file has to stay."))


def check_same_files(doc: frappe._dict) -> None:
	"""The files are those of the proposal."""
	for person, child in ((doc.survivor, doc.survivor_child), (doc.merged, doc.merged_child)):
		if (file_now(person) or "") != (child or ""):
			_refuse(
				_("A file of the two was added or removed since the merge was proposed; propose it anew.")
			)


def seen(doc: frappe._dict) -> str:
	"""A digest of what is compared of the two: data of persons and files, and their placements."""
	told = [_data("Person", name, list(identity.FIELDS)) for name in (doc.survivor, doc.merged)]
	for child in (doc.survivor_child, doc.merged_child):
		if child:
			told.append(_data("Child", child, [*identity.FIELDS, *values.child_fields(), *PLACE]))
			told.append([[plain(value) for value in stay.values()] for stay in history.stays(child)])
	return keyed.digest("merge", told)


def check_unchanged(doc: frappe._dict) -> None:
	"""What is made one is what the proposal compared."""
	if seen(doc) != doc.seen:
		_refuse(_("The data of the two changed since the merge was proposed; propose it anew."))


def _data(doctype: str, name: str, fields: list[str]) -> dict:
	row = frappe.db.get_value(doctype, name, fields, as_dict=True, for_update=True)
	return {field: str(plain(value) or "") for field, value in row.items()}


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, MergeError, title=_("Merging"))

"""The data of the record that stays: for each field the one value or the other."""

import frappe
from frappe.model import no_value_fields, table_fields
from frappe.model.document import Document

from social_care.registry import identity
from social_care.registry.changes import differs
from social_care.registry.file_review import APPROVED, REVIEWED, SUBMITTED, protected_fields
from social_care.registry.merging.journal import Journal
from social_care.registry.verification import standing

COMPUTED = {"full_name", "search_name", "national_number_check", "national_number_status_date"}
PERSON_FIELDS = tuple(field for field in identity.FIELDS if field not in COMPUTED)
# A number stands or falls with what is said of it, and so does a photograph.
TOGETHER = {
	"national_number": ("national_number_status", "national_number_reason"),
	"photo": ("photo_date",),
}
FOLLOWING = {field for fields in TOGETHER.values() for field in fields}
OF_THE_PATH = {
	"naming_series",
	"institution",
	"admission_date",
	"return_reason",
	"case_manager",
	"photo",
	"duplicate_reason",
}
MERGED, SURVIVOR = "merged", "survivor"


def child_fields() -> list[str]:
	"""Fields of a file that are chosen one by one besides those of the person."""
	return [
		df.fieldname
		for df in frappe.get_meta("Child").fields
		if df.fieldtype not in (*no_value_fields, *table_fields)
		and not (df.read_only or df.get("is_virtual"))
		and df.fieldname not in OF_THE_PATH
		and df.fieldname not in identity.FIELDS
	]


def chosen_fields(has_files: bool) -> list[str]:
	"""Fields for which one of two values is picked."""
	own = [field for field in PERSON_FIELDS if field not in FOLLOWING]
	return own + (child_fields() if has_files else [])


def side(survivor: Document, merged: Document, field: str, chosen: dict[str, str]) -> str:
	"""Whose value stands in the end: as chosen, otherwise that of the one who has one."""
	empty = survivor.get(field) in (None, "") and merged.get(field) not in (None, "")
	return chosen.get(field, MERGED if empty else SURVIVOR)


def picked(survivor: Document, merged: Document, fields: list[str], chosen: dict[str, str]) -> dict:
	"""Values taken from the record that goes: those chosen, and those that the one that stays has not."""
	taken = {}
	for field in fields:
		if side(survivor, merged, field, chosen) != MERGED:
			continue
		for each in (field, *TOGETHER.get(field, ())):
			if differs(survivor, merged, each):
				taken[each] = merged.get(each)
	return taken


def write_person(journal: Journal, survivor: Document, merged: Document, chosen: dict[str, str]) -> dict:
	"""Write the person's data as chosen, completed and checked as ever; what is on the file afterwards, too."""
	taken = picked(survivor, merged, chosen_fields(has_files=False), chosen)
	before = {field: survivor.get(field) for field in identity.FIELDS}
	survivor.update(taken)
	if taken:
		identity.complete_identity(survivor)
	values = {field: survivor.get(field) for field in identity.FIELDS if survivor.get(field) != before[field]}
	state = standing.after_merge(values, before)
	journal.write("Person", survivor.name, values | state | _life(survivor, merged))
	return values


def _life(survivor: Document, merged: Document) -> dict:
	"""A death that one of the two records knows of."""
	known = merged.is_deceased and not survivor.is_deceased
	return {"is_deceased": 1, "death_date": merged.death_date} if known else {}


def write_child(
	journal: Journal,
	survivor: Document,
	merged: Document | None,
	identity_values: dict,
	chosen: dict,
	hands: set[str],
) -> None:
	"""Write the file's data as chosen. Protected data of a reviewed file that changes is reviewed again; `hands` (who proposed
	and accepted the merge) and the editors of both files neither review nor approve it."""
	taken = (picked(survivor, merged, child_fields(), chosen) if merged else {}) | identity_values
	if taken.keys() & protected_fields() and survivor.file_state in (APPROVED, REVIEWED):
		taken |= {"file_state": SUBMITTED, "reviewed_by": None, "reviewed_on": None}
		taken |= {"approved_by": None, "approved_on": None}
	texts = [doc.content_editors or "" for doc in (survivor, merged) if doc]
	editors = hands.union(*(text.split() for text in texts))
	journal.write("Child", survivor.name, taken | {"content_editors": "\n".join(sorted(editors))})

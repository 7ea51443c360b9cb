"""Which fields of a child's file a column of an old registry may be, and the headings by which they are known."""

from collections.abc import Iterable

from frappe import _

from social_care.registry.arabic import normalise
from social_care.registry.roll import columns
from social_care.registry.roll.columns import Column
from social_care.setup.tables import table

LEGACY_ID, FULL_NAME, INSTITUTION = "legacy_id", "full_name", "institution"
# The words in which a field is chosen, and the field.
FIELDS = {
	"Number in the Old Registry": "legacy_id",
	"Full Name": "full_name",
	"First Name": "first_name",
	"Father's Name": "father_name",
	"Grandfather's Name": "grandfather_name",
	"Family Name": "family_name",
	"Known As": "nickname",
	"National Number": "national_number",
	"Sex": "sex",
	"Birth Date": "birth_date",
	"Governorate of Birth": "birth_governorate",
	"Place of Birth": "birth_place",
	"Religion": "religion",
	"Mother's Full Name": "mother_full_name",
	"Parentage": "parentage",
	"How the Child Came": "how_found",
	"Institution": "institution",
	"Admission Date": "admission_date",
	"Reason for Admission": "admission_reason",
	"Referred By": "referral_authority",
	"Decision Number": "decision_number",
	"Decision Date": "decision_date",
	"Deciding Authority": "decision_authority",
	"Room or Group": "room_group",
}
LABELS = {field: label for label, field in FIELDS.items()}
OWN = (LEGACY_ID, FULL_NAME, INSTITUTION)  # read by rules of their own


def plain_columns() -> dict[str, Column]:
	"""Columns of the file by field: type, length and lists. Asked as the system: who may import was asked before."""
	found = {column.fieldname: column for column in columns.columns("Administrator") if not column.row}
	return {field: found[field] for field in FIELDS.values() if field in found and field not in OWN}


def heading(label: str) -> str:
	"""The words of a field in the reader's language."""
	return _(label, context="Child")


def known_headings() -> dict[str, str]:
	"""Labels by folded heading: spellings of setup/data/legacy_headings.csv, the field's own label, and its name."""
	found: dict[str, str] = {}
	for row in table("legacy_headings"):
		found |= dict.fromkeys(map(normalise, row["headings"].split("|")), row["label"])
	for label, field in FIELDS.items():
		for text in _spellings(label, field):
			found.setdefault(normalise(text), label)
	return found


def _spellings(label: str, field: str) -> Iterable[str]:
	return (_(label, lang="ar", context="Child"), _(label, lang="ar"), label, field)

"""Children's files of an earlier registry brought in (docs/legacy-import.md).

`receiving` keeps a file, `mapping` says what its columns and words mean, `rows` reads one row, `finding` looks whose file it
is, `comparing` holds it against the file, `checking` does so for all rows without changing a file, `deciding` takes what a
human says, and `applying` writes what was accepted.
"""

import frappe

SOURCE, IMPORT, ROW = "Legacy Source", "Legacy Import", "Legacy Row"

MAPPING, CHECKING, CHECKED, APPLYING, APPLIED, BROKEN = (
	"Waiting for the Mapping",
	"Checking",
	"Checked",
	"Applying",
	"Applied",
	"Not Readable",
)
NEW, SAME, POSSIBLE, REJECTED = "New", "Same Child", "Possible Match", "Rejected"
TAKE, LEAVE = "Take", "Leave Out"
DONE, REFUSED = "Applied", "Refused"


class LegacyImportError(frappe.ValidationError):
	"""A step of an import that is not open now, or what a mapping lacks."""


def key_of(source: str, legacy_id: str) -> str:
	"""What is unique among all files: the old registry with its number."""
	return f"{source}/{legacy_id}"

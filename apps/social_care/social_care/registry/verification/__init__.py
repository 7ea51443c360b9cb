"""Identity of persons, asked of outside registries in batches (docs/identity-verification.md).

A person's state says what a registry answered of the values that stand now. No answer is ever assumed: whoever was not
answered about is waiting, and whose values change afterwards was never asked.
"""

import frappe

SOURCE, BATCH, ANSWERS = "Identity Source", "Identity Verification Batch", "Identity Answer File"
QUESTION, DIFFERENCE = "Identity Question", "Identity Difference"

NOT_ASKED, WAITING, CONFIRMED, DIFFERS = "Not Asked", "Waiting", "Confirmed", "Differs"
NOT_FOUND, DIED = "Not Found", "Died"
CHANGED, ANEW, WITHDRAWN = "Changed Meanwhile", "Asked Anew", "Withdrawn"

# Fields that are asked about, by the words in which they are chosen.
FIELDS = {
	"First Name": "first_name",
	"Father's Name": "father_name",
	"Grandfather's Name": "grandfather_name",
	"Family Name": "family_name",
	"Sex": "sex",
	"Birth Date": "birth_date",
}
DEATH = "Date of Death"
WATCHED = ("national_number", *FIELDS.values())


class VerificationError(frappe.ValidationError):
	"""A step of the verification that is not open now."""

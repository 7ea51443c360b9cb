"""What the core's test of read-only fields has to know of this app's records."""

from social_care.tests import factories


def rows() -> dict:
	"""Values that the rules of a record want; the number that a tool's first version, taken over from paper, begins with."""
	return {
		"values": {
			"Assessment Tool": {"grade_a_from": 80, "grade_b_from": 60, "grade_c_from": 40},
			"Corrective Action Plan": {
				"plan_kind": "Institution Improvement",
				"institution_visit": None,
				"violation_record": None,
			},
			"Complaint Sender": {"sender_kind": "Citizen", "full_name": "سعاد", "child": None},
			"Institution Complaint": {"channel": "Telephone", "ask_institution": 0, "outcome": None}
			| dict.fromkeys(("institution_visit", "violation_record", "rapid_intervention_case")),
			"Inspection Sealed Note": {"note_kind": "Internal Remark", "child": None},
			"Institution Worker": {"national_number": factories.national_number("1990-01-01")},
		},
		"left_on_insert": ["Assessment Tool.version"],
	}

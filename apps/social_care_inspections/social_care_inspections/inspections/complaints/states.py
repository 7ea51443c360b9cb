"""Words of a complaint: its states and outcomes, and which fields are still written in each."""

COMPLAINT, SENDER, RECEIPT = "Institution Complaint", "Complaint Sender", "Complaint Receipt"

RECEIVED, EXAMINED, DECIDED, CLOSED = "Received", "In Examination", "Decided", "Closed"

PAGE = "Public Page"
UNFOUNDED, VISIT, VIOLATION = "Unfounded", "Visit Ordered", "Violation Recorded"
INTERVENTION, REFERRAL = "Rapid Intervention", "Referral"

CONTENT = frozenset(
	{
		"institution",
		"governorate",
		"channel",
		"complaint_kind",
		"abuse_alleged",
		"institution_as_written",
		"against_unit",
		"box_opened_on",
		"description",
		"evidence",
	}
)
EXAMINATION = frozenset(
	{"examination_notes", "ask_institution", "text_for_institution", "evidence", "institution"}
) | {"governorate", "against_unit", "abuse_alleged", "complaint_kind"}
DECISION = frozenset(
	{
		"outcome",
		"institution_visit",
		"violation_record",
		"rapid_intervention_case",
		"referral_authority",
		"referral_number",
		"decision_reasons",
		"answer",
	}
)
REPLY = frozenset({"institution_reply"})
HOME = frozenset({"Institution Director"})

# What those who handle a complaint and the institution that was asked write in each state.
WRITTEN = {
	RECEIVED: {"handler": CONTENT - {"channel"} | {"examination_notes"}},
	EXAMINED: {"handler": EXAMINATION | DECISION, "institution": REPLY},
	DECIDED: {"handler": frozenset({"answer", "closing_note", "return_reason"})},
}
# The field that says what an outcome led to, and the DocType of records.
LEADS_TO = {
	VISIT: ("institution_visit", "Institution Visit"),
	VIOLATION: ("violation_record", "Violation Record"),
	INTERVENTION: ("rapid_intervention_case", "Rapid Intervention Case"),
}

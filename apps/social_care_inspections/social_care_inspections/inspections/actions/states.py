"""Words of a corrective action plan and its actions: states, and which fields are still written in each."""

PLAN, ACTION = "Corrective Action Plan", "Corrective Action"

DRAFT, RUNNING, FOLLOW_UP = "Draft", "In Progress", "Follow-Up Ordered"
CLOSED, CANCELLED = "Closed", "Cancelled"
STARTED = (RUNNING, FOLLOW_UP)
CORRECTIVE, IMPROVEMENT = "Corrective Actions", "Institution Improvement"

TO_DO, REPORTED = "To Be Done", "Reported Done"
ACCEPTED, NOT_DONE, WITHDRAWN = "Accepted", "Not Done", "Withdrawn"
OPEN = (TO_DO, REPORTED)
ENDED = (ACCEPTED, NOT_DONE, WITHDRAWN)

ALL_REPORTED, TIME_ENDED = "All Actions Reported Done", "Time of the Plan Has Ended"
BY_VISIT, BY_ACCEPTANCE = "Findings of the Follow-Up Visit", "Acceptance of All Actions"

HOME = frozenset({"Institution Director"})

# Of a plan: what its supervising level writes in each state.
PLAN_WRITTEN = {
	DRAFT: frozenset(
		{"plan_kind", "institution_visit", "violation_record", "goal", "due_on", "cancel_reason"}
	),
	RUNNING: frozenset({"closing_note", "cancel_reason"}),
	FOLLOW_UP: frozenset({"closing_note"}),
}
TERMS = frozenset(
	{
		"due_on",
		"extension_reason",
		"requirement",
		"standard_code",
		"indicator_code",
		"is_critical",
		"action",
		"responsible_name",
		"responsible_user",
		"budget",
		"funding_source",
	}
)
PROGRESS = frozenset({"progress_note", "percent_done", "evidence"})
# Of an action: what the supervising level and the institution write in each state.
ACTION_WRITTEN = {
	TO_DO: {"supervisor": TERMS | {"outcome_note"}, "institution": PROGRESS},
	REPORTED: {"supervisor": frozenset({"return_reason", "outcome_note"})},
}

"""Words of a violation and its penalty: states, and which fields are still written in each."""

RECORD, PENALTY = "Violation Record", "Violation Penalty"

OBSERVED, INVESTIGATED = "Observed", "In Investigation"
PROVEN, NOT_PROVEN = "Proven", "Not Proven"
PENALISED, APPEALED, EXECUTED, CLOSED = "Penalised", "Under Appeal", "Executed", "Closed"
FOLLOWING = (PROVEN, PENALISED, APPEALED, EXECUTED)  # of a concluded violation: what its penalties say
OPEN = (OBSERVED, INVESTIGATED, PROVEN, PENALISED, APPEALED, EXECUTED)

CRIME = "Suspected Crime"
ABUSE = "Abuse of Children"

FOUND = frozenset(
	{
		"violation_type",
		"severity",
		"found_on",
		"institution_visit",
		"children_affected",
		"description",
		"against",
		"accused_user",
		"accused_name",
		"accused_number",
		"accused_job",
	}
)
REFERRAL = frozenset({"referral_number", "referral_authority"})
INQUIRY = frozenset(
	{"investigation_report", "hearing_on", "did_not_appear", "hearing_statement", "conclusion", "evidence"}
)
WRITTEN = {
	OBSERVED: FOUND | REFERRAL | {"evidence"},
	INVESTIGATED: INQUIRY | REFERRAL | {"accused_name", "accused_number", "accused_job", "accused_user"},
	PROVEN: REFERRAL | {"closing_note"},
	NOT_PROVEN: frozenset({"closing_note"}),
	PENALISED: REFERRAL | {"closing_note"},
	APPEALED: REFERRAL,
	EXECUTED: frozenset({"closing_note"}),
}

DRAFT, WITH_ADVISER, OPINION = "Draft", "Before the Legal Adviser", "Opinion Given"
DECIDED, CANCELLED = "Decided", "Cancelled"
IN_FORCE = (DECIDED, APPEALED, EXECUTED)
GRANTED = "Appeal Granted"

TERMS = frozenset(
	{"penalty_kind", "target", "amount", "valid_from", "valid_to", "details", "legal_basis", "cancel_reason"}
)
DECISION = frozenset({"decision_number", "decision_date", "decision_authority", "decision_document"})
APPEAL = frozenset({"appeal_text"})
ANSWER = frozenset({"appeal_result", "appeal_reasons"})
EXECUTION = frozenset({"executed_on", "execution_document"})
# Of a penalty: what its drafters, the legal adviser, the institution write in each state.
PENALTY_WRITTEN = {
	DRAFT: {"drafter": TERMS | DECISION},
	WITH_ADVISER: {"adviser": frozenset({"legal_opinion"})},
	OPINION: {"drafter": DECISION | {"legal_basis", "cancel_reason"}},
	DECIDED: {"drafter": APPEAL | EXECUTION, "institution": APPEAL},
	APPEALED: {"drafter": ANSWER},
}

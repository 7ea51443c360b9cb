"""Words of a closing: states, results, and who writes what in each state."""

CLOSING, PLAN, FOLLOW_UP = "Closing Case", "Closing Placement", "Closing Follow-up"
SETTINGS = "Closing Settings"

MEMO, WITH_ADVISER, OPINION = "Memo", "Before the Legal Adviser", "Opinion Given"
ORDERED, SUPERVISED, PLACING = "Ordered", "Interim Supervision", "Re-placement"
HANDING, COMPLETED, CANCELLED = "Handing Over", "Completed", "Cancelled"
OPEN = (MEMO, WITH_ADVISER, OPINION, ORDERED, SUPERVISED, PLACING, HANDING)
IN_FORCE = (ORDERED, SUPERVISED, PLACING, HANDING)  # the institution is «Closing» and takes no children

FINAL, CONVERSION, MERGER, COMMITTEE = (
	*("Final Closing", "Conversion to Aftercare", "Merger", "Interim Committee"),
)
EMPTIED = (FINAL, MERGER)  # results that leave nobody in the institution

FAMILY, KAFALA, SMALL_HOME, OTHER, INDEPENDENT = (
	*("Family", "Kafala Family", "Small Home", "Other Institution", "Independent Living"),
)
TO_INSTITUTION = (SMALL_HOME, OTHER)

DRAFT, APPROVED, MOVED, ENDED = "Draft", "Approved", "Moved", "Ended"
# What the institution that closes reads of the plan, from the committee's decision on, and what it is a copy of.
SHOWN = {
	"decided_place": "next_place",
	"decided_institution_name": "to_institution_name",
	"decided_day": "effective_date",
}

ADVISER = frozenset({"Legal Adviser"})
GONE = ("Left Care", "Deceased")  # care has ended
TERMS = frozenset(
	{
		*("reason", "reason_details", "violation_record", "expected_result", "successor"),
		*("memo", "memo_document"),
	}
)
OPINION_FIELDS = frozenset({"legal_opinion", "return_reason"})
ORDER = frozenset(
	{"decision_number", "decision_date", "decision_authority", "decision_document", "return_reason"}
)
SUPERVISION = frozenset({"supervisor_name", "supervisor_job", "supervision_from"})
COMMITTEE_FIELDS = frozenset({"committee", "plan_decision_number", "plan_decision_date"})
PLAN_OPINION = frozenset({"plan_legal_opinion"})  # the adviser's, while the children are placed
WORK = frozenset(
	{
		*("steps", "assets", "no_assets_reason", "files_receiver", "savings_receiver", "handing_document"),
		*("licence_cancelled_on", "completion_note", "closing_reason"),
	}
)
# In each state: what the legal adviser writes, and what the Workflow's other editors write.
WRITTEN = {
	MEMO: (frozenset(), TERMS | {"closing_reason"}),
	WITH_ADVISER: (OPINION_FIELDS, frozenset({"closing_reason"})),
	OPINION: (frozenset(), ORDER | {"closing_reason"}),
	ORDERED: (frozenset(), SUPERVISION | WORK),
	SUPERVISED: (frozenset(), SUPERVISION | WORK),
	PLACING: (frozenset(), COMMITTEE_FIELDS | WORK),
	HANDING: (frozenset(), COMMITTEE_FIELDS | WORK | {"return_reason"}),
}

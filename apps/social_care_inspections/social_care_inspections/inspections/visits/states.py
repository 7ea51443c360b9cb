"""Words of an Institution Visit: its kinds, its states, and what stands open to whom in each."""

DOCTYPE = "Institution Visit"

PLANNED, BEGUN, COMPLETED, REPORTED = "Planned", "Begun", "Completed", "Reported"
ADMINISTRATION = "Reviewed by Administration"
DIRECTORATE = "Reviewed by Directorate"
APPROVED, CANCELLED = "Approved", "Cancelled"
OPEN = (PLANNED, BEGUN, COMPLETED, REPORTED, ADMINISTRATION, DIRECTORATE)
UNDER_REVIEW = (REPORTED, ADMINISTRATION, DIRECTORATE)
MADE = (COMPLETED, REPORTED, ADMINISTRATION, DIRECTORATE, APPROVED)  # visits that have taken place

UNANNOUNCED = "Unannounced"
AUDIT = "Accessibility Audit"
# Kinds that are not complete without a checklist.
SCORED = ("Periodic", UNANNOUNCED, "Quality Evaluation", AUDIT)

INSPECTORS = ("Inspector", "Judicial Seizure Officer", "Family and Childhood Specialist")
INSTITUTION = ("Institution Director",)
PLANNERS = (
	"Inspection Adviser",
	"Social Administration Manager",
	"Directorate Director",
	"Central Administration Head",
	"General Manager",
)

PLAN = frozenset(
	{
		"visit_kind",
		"is_unannounced",
		"planned_on",
		"order_number",
		"order_date",
		"inspectors",
		"assessment_tool",
		"cancel_reason",
	}
)
PRESENCE = frozenset({"visited_on", "children_present", "staff_present"})
REPORT = frozenset({"findings", "recommendations", "evidence"})
SIGNATURE = frozenset(
	{
		"representative_name",
		"representative_job",
		"representative_signature",
		"refused_to_sign",
		"refusal_reason",
		"inspector_signature",
	}
)
REPLY = frozenset({"institution_reply"})
REVIEW = frozenset({"review_note", "return_reason"})
NOTHING: frozenset[str] = frozenset()

# In each state, what planners, the visit's inspectors, the institution and reviewers still write.
WRITTEN = {
	PLANNED: {"planner": PLAN, "inspector": frozenset({"visited_on"})},
	BEGUN: {"inspector": PRESENCE - {"visited_on"} | REPORT | SIGNATURE | {"answers"}},
	COMPLETED: {"inspector": REPORT | SIGNATURE},
	REPORTED: {"institution": REPLY, "reviewer": REVIEW},
	ADMINISTRATION: {"institution": REPLY, "reviewer": REVIEW},
	DIRECTORATE: {"institution": REPLY, "reviewer": REVIEW},
}
# Steps that only somebody who makes the visit takes.
INSPECTORS_STEPS = {(PLANNED, BEGUN), (BEGUN, COMPLETED), (COMPLETED, BEGUN), (COMPLETED, REPORTED)}

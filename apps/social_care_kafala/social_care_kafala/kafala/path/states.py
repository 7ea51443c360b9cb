"""Words of a Kafala Family File: its steps in their order, its ends, and who is responsible for which."""

DOCTYPE = "Kafala Family File"
SETTINGS = "Kafala Settings"

APPLIED, PAPERS, VISIT, DETAILED = (
	"Application Submitted",
	"Interview and Papers",
	"Initial Visit",
	"Detailed Assessment",
)
REVIEW, TRAINING = "Forms under Review", "Family in Training"
COMMITTEE, SECURITY, VIEWING = "Before the Local Committee", "Security Inquiry", "Viewing Letter"
VISITS, DEPOSIT, CHARTER = "Visits to the Child", "Deposit for the Child", "Ethical Charter"
HAND_OVER, INTEGRATION, CARD = "Central Hand-Over", "Transitional Integration", "Family Card"
FOLLOW_UP, ENDED = "Kafala Follow-Up", "Kafala Ended"
REJECTED, WITHDRAWN = "Application Rejected", "Application Withdrawn"

STEPS = (
	*(APPLIED, PAPERS, VISIT, DETAILED, REVIEW, TRAINING, COMMITTEE, SECURITY),
	*(VIEWING, VISITS, DEPOSIT, CHARTER, HAND_OVER, INTEGRATION, CARD, FOLLOW_UP, ENDED),
)
OVER = (ENDED, REJECTED, WITHDRAWN)
# Until the committee has decided the conditions are judged anew at each save; those of the child until the hand-over.
UNDECIDED = STEPS[: STEPS.index(SECURITY)]
JUDGED = STEPS[: STEPS.index(HAND_OVER)]

COUPLE, MAN_ALONE = "Married Couple", "Man Alone"

# What whoever decides or moves the case writes: it makes nobody an author.
DECIDING = {
	"committee_session",
	"committee_date",
	"committee_reasons",
	"return_reason",
	"security_sent_on",
	"security_result",
	"waivers",
	"pause_reason",
	"viewing_letter_on",
	"end_reason",
	"contract_number",
	"handed_over_on",
	"case_manager",
}

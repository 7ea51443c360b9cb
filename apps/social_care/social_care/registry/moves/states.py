"""Words of a Placement Change: its movements, its states, and what stands open in each."""

TRANSFER, ADMISSION, LEAVE, EXIT = "Transfer", "Admission", "Temporary Leave", "Exit"
RECEIVED = (TRANSFER, ADMISSION)  # movements that a receiving institution answers

DRAFT = "Draft"
APPROVAL = "Awaiting Approval"
ACCEPTANCE = "Awaiting Acceptance"
SCHEDULED = "Scheduled"
CONFIRMATION = "Awaiting Confirmation"
ON_LEAVE = "On Leave"
CARRIED_OUT = "Carried Out"
DECLINED, CANCELLED, EXPIRED = "Declined", "Cancelled", "Expired"

WAITING = (DRAFT, APPROVAL, ACCEPTANCE, SCHEDULED)  # nothing has moved yet
OPEN = (*WAITING, CONFIRMATION, ON_LEAVE)
CLOSED = (CARRIED_OUT, DECLINED, CANCELLED, EXPIRED)

INDEPENDENT = "Independent Living"
ENDS_CARE = ("Left Care", "Absconding", "Death")

DECISION = frozenset({"decision_number", "decision_date", "decision_authority", "legal_basis"})
CLOSING = frozenset({"closing_reason"})
ANSWER = frozenset({"decline_reason", "receiver_remarks"})
DELIVERY = frozenset({"delivered_by", "handed_over_items"})
RECEPTION = frozenset({"handed_over_on", "received_by", "receiver_remarks"}) | DELIVERY
RETURN = frozenset({"due_back_on", "returned_on", "return_remarks"})
NOTHING: frozenset[str] = frozenset()
# What is still written in each state: by the sending side, by the receiving side. A draft is open as a whole.
WRITTEN = {
	APPROVAL: (DECISION | CLOSING, NOTHING),
	ACCEPTANCE: (CLOSING, ANSWER),
	SCHEDULED: (CLOSING | DELIVERY, RECEPTION),
	CONFIRMATION: (DECISION | DELIVERY, RECEPTION),
	ON_LEAVE: (RETURN, NOTHING),
	CARRIED_OUT: (NOTHING, RECEPTION - {"handed_over_on"}),
}
# States in which the receiving institution works on the request, and steps that it takes.
RECEIVER_WRITES = (ACCEPTANCE, SCHEDULED, CONFIRMATION, CARRIED_OUT)
RECEIVER_STEPS = {
	(ACCEPTANCE, SCHEDULED),
	(ACCEPTANCE, DECLINED),
	(SCHEDULED, CARRIED_OUT),
	(CONFIRMATION, CARRIED_OUT),
}

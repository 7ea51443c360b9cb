"""Words of a rapid intervention case: its states, and which fields are still written in each."""

CASE = "Rapid Intervention Case"

RECEIVED, DISPATCHED, ARRIVED = "Received", "Dispatched", "Arrived"
ACTED, FOLLOWED = "Action Taken", "In Follow-Up"
CLOSED, NOT_ACCEPTED = "Closed", "Not Accepted"
PLACED, RECORDED, REFERRED = "Placed in a Home", "Official Record", "Referral"

RESPONDERS = ("Rapid Intervention Member",)

REPORT = frozenset(
	{
		"case_kind",
		"channel",
		"channel_reference",
		"reported_on",
		"institution",
		"address",
		"latitude",
		"longitude",
		"adults",
		"children",
		"description",
	}
)
TEAM = frozenset({"team", "vehicle"})
FOUND = frozenset({"adults", "children", "latitude", "longitude", "evidence"})
ACTION = frozenset(
	{
		"action_taken",
		"receiving_institution",
		"received_by",
		"record_number",
		"referral_authority",
		"action_details",
	}
)
WRITTEN = {
	RECEIVED: REPORT | TEAM | {"closing_note"},
	DISPATCHED: TEAM | {"arrived_on"},
	ARRIVED: FOUND | ACTION,
	ACTED: frozenset({"evidence", "follow_ups", "closing_note"}),
	FOLLOWED: frozenset({"evidence", "follow_ups", "closing_note"}),
}
# What an action needs besides what the team did.
NEEDED = {
	PLACED: ("receiving_institution", "received_by"),
	RECORDED: ("record_number",),
	REFERRED: ("record_number", "referral_authority"),
}

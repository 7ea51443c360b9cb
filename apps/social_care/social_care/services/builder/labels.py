"""What the values of a pack are called in the tables. The texts are English and have their Arabic in the translations."""

FIELD_KINDS = {
	"text": "Line of Text",
	"long_text": "Several Lines of Text",
	"integer": "Whole Number",
	"number": "Decimal Number",
	"money": "Amount of Money",
	"percent": "Percentage",
	"date": "Day",
	"time": "Time of Day",
	"datetime": "Day and Time",
	"yes_no": "Yes or No",
	"choice": "Choice from a List",
	"link": "Record of the System",
	"phone": "Telephone Number",
	"email": "E-mail Address",
	"table": "Table of Rows",
}
STATE_KINDS = {
	"draft": "Being Filled In",
	"open": "In Progress",
	"waiting": "Waiting for the Applicant",
	"external": "At Another Authority",
	"accepted": "Granted",
	"refused": "Refused",
	"withdrawn": "Withdrawn",
	"closed": "Closed",
}
OUTPUT_KINDS = {
	"certificate": "Certificate",
	"card": "Card",
	"letter": "Official Letter",
	"decision": "Decision",
	"record": "Record",
	"licence": "Licence",
	"permit": "Permit",
}
INDICATOR_KINDS = {
	"count": "Number of Requests",
	"open": "Open Requests",
	"overdue": "Overdue Requests",
	"decided_in_time": "Share Decided in Time",
	"average_days": "Average Days to a Decision",
	"sum": "Sum of a Field",
}
FEE_KINDS = {"free": "Free of Charge", "fixed": "Fixed", "varies": "Varies", "unknown": "Unknown"}
FILLED_BY = {"applicant": "Applicant", "staff": "Staff"}
SUBJECTS = {
	"person": "The Applicant",
	"child": "A Child",
	"institution": "An Institution",
	"association": "An Association",
	"family": "A Family",
}
DAY_KINDS = {"working": "Working Days", "calendar": "Calendar Days"}
LEVEL_KINDS = {0: "Everybody", 1: "Identity", 2: "Health and Inquiry", 3: "Parentage and Abuse"}
SEXES = {"Male": "Male", "Female": "Female"}

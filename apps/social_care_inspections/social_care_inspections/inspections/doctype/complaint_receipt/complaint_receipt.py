from social_care_inspections.inspections.complaints.receipt import Receipt


class ComplaintReceipt(Receipt):
	"""What follows a complaint without an account: a number that nobody guesses, and the digest of a word. No role reads it."""

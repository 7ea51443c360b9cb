from social_care_inspections.inspections.complaints.sender import Sender


class ComplaintSender(Sender):
	"""Who complained, apart from the complaint: nothing of it stands in versions, and no role of an institution opens it."""

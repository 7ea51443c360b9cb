from frappe.model.document import Document


class InterventionTeamMember(Document):
	"""One member of a team that is sent out."""

from frappe.model.document import Document


class KafalaCampaignActivity(Document):
	pass

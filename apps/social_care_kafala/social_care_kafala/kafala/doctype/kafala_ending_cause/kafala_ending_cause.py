from frappe.model.document import Document


class KafalaEndingCause(Document):
	"""Why a kafala ended before the child came of age."""

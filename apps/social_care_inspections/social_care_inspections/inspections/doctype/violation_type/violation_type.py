from frappe.model.document import Document

SUSPECTED_CRIME = "Suspected Crime"


class ViolationType(Document):
	"""A kind of violation that an inspector may find in an institution."""

	def validate(self) -> None:
		self.mark_crime()

	def mark_crime(self) -> None:
		"""What is usually a suspected crime always raises the suspicion; lesser severities may raise it too."""
		if self.default_severity == SUSPECTED_CRIME:
			self.is_criminal_suspicion = 1

"""Rows of the builder's tables. They are a view of a pack's definition and stored nowhere else."""

from frappe.model.document import Document


class PackRow(Document):
	"""A row that is read from the definition when a form is opened, and written into it when the form is saved."""

	def db_insert(self, *args, **kwargs) -> None:
		"""Nothing is stored: the definition holds it."""

	def db_update(self, *args, **kwargs) -> None:
		"""Nothing is stored: the definition holds it."""

	def load_from_db(self) -> None:
		"""Rows come with their form only."""
		super(Document, self).__init__({"doctype": self.doctype, "name": self.name})

	def delete(self, *args, **kwargs) -> None:
		"""Nothing is stored: the definition holds it."""

	@staticmethod
	def get_list(args) -> list:
		return []

	@staticmethod
	def get_count(args) -> int:
		return 0

	@staticmethod
	def get_stats(args) -> dict:
		return {}

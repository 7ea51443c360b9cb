import frappe
from frappe import _
from frappe.model.document import Document


class RollUpload(Document):
	"""A workbook or an archive of photographs of one institution, from the upload to what was applied of it.

	Its rows hold personal data, so they and the file are removed after the days of the settings.
	"""

	def before_insert(self) -> None:
		self.uploaded_by = frappe.session.user

	def validate(self) -> None:
		"""Only the program writes these rows, for people whom it has asked for their rights on the files."""
		if not self.flags.ignore_permissions:
			frappe.throw(
				_("An upload is changed by its own buttons only."),
				frappe.PermissionError,
				title=_("Not Permitted"),
			)

	def on_trash(self) -> None:
		from social_care.registry.roll.upkeep import remove_rows

		remove_rows(self.name)

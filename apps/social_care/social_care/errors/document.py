"""Error Log without values (hook `override_doctype_class`)."""

from frappe.core.doctype.error_log.error_log import ErrorLog

from social_care.errors.traces import cleared, masked, without_messages


class ClearedErrorLog(ErrorLog):
	"""Cleared from the moment it is made: a row may wait in Redis, and leave it, before it is inserted."""

	def __init__(self, *args, **kwargs) -> None:
		super().__init__(*args, **kwargs)
		self.clear_values()

	def before_validate(self) -> None:
		self.clear_values()

	def clear_values(self) -> None:
		"""Take values out of the traceback and out of the title, which the framework makes of the message."""
		if self.error:
			self.error = cleared(self.error)
		if self.method:
			self.method = masked(without_messages(self.method))

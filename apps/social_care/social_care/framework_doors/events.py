"""Document events of the framework's rows that would carry something out of scope."""

import frappe
from frappe import _
from frappe.desk.doctype.notification_log.notification_log import NotificationLog
from frappe.model.document import Document

from social_care.framework_doors.rows import may_see


class ScopedNotificationLog(NotificationLog):
	"""Notice that neither rings nor is mailed where its receiver may not see the record; its row stays hidden from him."""

	def after_insert(self) -> None:
		if not self.document_name or may_see(self.document_type, self.document_name, self.for_user):
			super().after_insert()


def check_assignee(doc: Document, method: str | None = None) -> None:
	"""ToDo validate hook: nobody is given a task on a record outside his scope."""
	if not (doc.allocated_to and doc.reference_type and doc.reference_name):
		return
	given = doc.is_new() or doc.has_value_changed("allocated_to") or doc.has_value_changed("reference_name")
	if given and not may_see(doc.reference_type, doc.reference_name, doc.allocated_to):
		frappe.throw(
			_("This person has no access to the record and cannot be given a task on it."),
			frappe.PermissionError,
			title=_("Outside Scope"),
		)


def keep_following_off(doc: Document, method: str | None = None) -> None:
	"""User validate hook: mails about followed records carry every changed value, whatever their level; nobody gets them."""
	if doc.get("document_follow_notify"):
		doc.document_follow_notify = 0


def align_notifications(doc: Document, method: str | None = None) -> None:
	"""User hook: the framework saves the person's settings as whoever saves the account, a guest with a reset link too."""
	if not doc.is_new():
		frappe.db.set_value("Notification Settings", doc.name, "enabled", int(bool(doc.enabled)))

"""Text messages: the sender learns how many went out, not whose numbers they went to."""

import frappe
from frappe import _
from frappe.core.doctype.sms_settings import sms_settings
from frappe.email.doctype.notification.notification import Notification


@frappe.whitelist(methods=["POST"])
def send_sms(receiver_list: str | list, msg: str, sender_name: str = "", success_msg: bool = True) -> None:
	"""As the framework's, with a count instead of the numbers."""
	receivers = frappe.parse_json(receiver_list) if isinstance(receiver_list, str) else receiver_list
	receivers = receivers if isinstance(receivers, list) else [receivers]
	sms_settings.send_sms([str(number) for number in receivers], msg, sender_name, success_msg=False)
	if success_msg and has_gateway():
		frappe.msgprint(_("The message was handed over for {0} receivers.").format(len(receivers)))


def has_gateway() -> bool:
	"""Whether the site can send text messages at all."""
	return bool(frappe.db.get_single_value("SMS Settings", "sms_gateway_url", cache=True))


class QuietNotification(Notification):
	"""Notices by text message tell whoever saved the record neither the numbers nor that there is no gateway."""

	def send_sms(self, doc, context) -> None:
		if not has_gateway():
			return
		muted, frappe.flags.mute_messages = frappe.flags.mute_messages, True
		try:
			super().send_sms(doc, context)
		finally:
			frappe.flags.mute_messages = muted

"""Text messages: the sender learns how many went out, not whose numbers they went to."""

import frappe
from frappe import _
from frappe.core.doctype.sms_settings import sms_settings


@frappe.whitelist(methods=["POST"])
def send_sms(receiver_list: str | list, msg: str, sender_name: str = "", success_msg: bool = True) -> None:
	"""As the framework's, with a count instead of the numbers."""
	receivers = frappe.parse_json(receiver_list) if isinstance(receiver_list, str) else receiver_list
	receivers = receivers if isinstance(receivers, list) else [receivers]
	sms_settings.send_sms([str(number) for number in receivers], msg, sender_name, success_msg=False)
	if success_msg and frappe.db.get_single_value("SMS Settings", "sms_gateway_url"):
		frappe.msgprint(_("The message was handed over for {0} receivers.").format(len(receivers)))

"""The way of a request for devices: requested, approved or rejected by headquarters, delivered, received at the place.

Nobody decides his own request, and whoever delivered does not receive."""

from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import cint, date_diff, nowdate

from social_care.organisation.grants import roles_at

REQUEST = "Device Request"


class DeviceRequestError(frappe.ValidationError):
	"""A step that a request does not allow now."""


@dataclass(frozen=True)
class Step:
	"""What may be done in which state, by whom, and what it leads to. `but` is who must not take it."""

	before: str
	after: str
	roles: tuple[str, ...]
	by: str
	on: str
	but: str


HEADQUARTERS = ("Central Administration Head", "General Manager")
DIRECTORATE = ("Directorate Director", "Directorate Data Officer")
AT_PLACE = ("Institution Director", "Institution Entry User", "Social Administration Manager", *DIRECTORATE)
STEPS = {
	"approve": Step("Requested", "Approved", HEADQUARTERS, "approved_by", "approved_on", "requested_by"),
	"reject": Step("Requested", "Rejected", HEADQUARTERS, "approved_by", "approved_on", "requested_by"),
	"deliver": Step(
		"Approved", "Delivered", (*HEADQUARTERS, *DIRECTORATE), "delivered_by", "delivered_on", ""
	),
	"receive": Step("Delivered", "Receipt Confirmed", AT_PLACE, "received_by", "received_on", "delivered_by"),
}


def take(name: str, step: str, number: int | None = None, reason: str = "") -> str:
	"""Take a step; the new state. `number` is how many are approved or received, `reason` that of a rejection."""
	if step not in STEPS or not frappe.get_list(REQUEST, filters={"name": name}, pluck="name", limit=1):
		frappe.throw(_("You may not open this request."), frappe.PermissionError, title=_("Not Permitted"))
	request = frappe.db.get_value(REQUEST, name, "*", as_dict=True, for_update=True)
	wanted = STEPS[step]
	if request.status == wanted.after and request[wanted.by] == frappe.session.user:
		return request.status  # a second click
	_check(request, wanted)
	values = {"status": wanted.after, wanted.by: frappe.session.user, wanted.on: nowdate()}
	frappe.db.set_value(REQUEST, name, values | _told(request, step, number, reason))
	return wanted.after


def _check(request: dict, step: Step) -> None:
	if not roles_at(frappe.session.user, request.org_unit, request.institution) & set(step.roles):
		frappe.throw(
			_("Your role may not take this step here."), frappe.PermissionError, title=_("Not Permitted")
		)
	if request.status != step.before:
		_refuse(_("The request is {0}; this step is not open.").format(_(request.status)))
	if step.but and request[step.but] == frappe.session.user:
		_refuse(_("Somebody else has to take this step: the one before was yours."))


def _told(request: dict, step: str, number: int | None, reason: str) -> dict:
	reason = frappe.utils.strip_html(reason or "").strip()
	if step == "reject":
		if not reason:
			_refuse(_("Please give the reason."))
		return {"rejection_reason": reason}
	if step == "approve":
		return {"approved_quantity": _number(number, request.quantity)}
	if step == "receive":
		days = max(0, date_diff(nowdate(), request.requested_on))
		return {"received_quantity": _number(number, request.approved_quantity), "days_to_provide": days}
	return {}


def _number(number: int | None, most: int) -> int:
	number = cint(most if number in (None, "") else number)
	if not 0 < number <= cint(most):
		_refuse(_("The number lies between 1 and {0}.").format(most))
	return number


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, DeviceRequestError, title=_("Device Request"))

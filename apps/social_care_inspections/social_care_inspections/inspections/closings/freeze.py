"""Times in which no institution of a kind is newly licensed, and what they refuse."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, getdate, nowdate

from social_care_inspections.inspections.paper import never_deleted

FREEZE = "Licensing Freeze"
NOT_LICENSED = ("", "Under Licensing", "Unlicensed")
LICENSED = ("Under Licensing", "Operating")
LICENCE = ("licence_number", "licence_date")


class LicensingFreezeError(frappe.ValidationError):
	"""A licence or an institution that a freeze does not allow, or a freeze that makes no sense."""


class FreezePeriod(Document):
	"""A row of dates, with the decision that it stands on. It is ended by a date, not deleted."""

	def validate(self) -> None:
		if self.to_date and getdate(self.to_date) < getdate(self.from_date):
			refuse(_("The freeze ends before it begins."))
		if getdate(self.decision_date) > getdate(nowdate()):
			refuse(_("{0} lies in the future.").format(_("Decision Date")))
		self.check_past()

	def check_past(self) -> None:
		"""What has begun keeps its kind, place and beginning; it may be ended."""
		before = self.get_doc_before_save()
		if not before or getdate(before.from_date) > getdate(nowdate()):
			return
		fixed = ("institution_type", "governorate", "from_date", "decision_number")
		if any(str(self.get(field) or "") != str(before.get(field) or "") for field in fixed):
			refuse(_("A freeze that has begun is ended by its last day; the rest stays."))

	def on_trash(self) -> None:
		never_deleted()


def in_force(institution_type: str, governorate: str | None, day=None) -> dict | None:
	"""The freeze that holds for a kind of institution in a governorate on a day: {name, from_date, decision_number, to_date}."""
	day = getdate(day or nowdate())
	rows = frappe.get_all(  # a reference table
		FREEZE,
		filters={"institution_type": institution_type, "from_date": ["<=", day]},
		fields=["name", "governorate", "from_date", "to_date", "decision_number"],
		order_by="from_date desc, name asc",
	)
	holding = (row for row in rows if not row.to_date or getdate(row.to_date) >= day)
	return next((row for row in holding if row.governorate in (None, "", governorate)), None)


def check_institution(institution: Document, _method: str | None = None) -> None:
	"""Institution hook: no new institution, no new licence while a freeze holds; what was licensed before it may be entered."""
	if not asks_for_licence(institution):
		return
	found = in_force(institution.institution_type, institution.governorate)
	if not found:
		return
	earlier = institution.licence_date and getdate(institution.licence_date) < getdate(found.from_date)
	if earlier and not is_another(institution):
		return
	until = format_date(found.to_date) if found.to_date else _("further notice")
	refuse(
		_("Licensing of this kind of institution is frozen by decision {0} until {1}.").format(
			found.decision_number, until
		)
	)


def asks_for_licence(institution: Document) -> bool:
	"""A new institution, one that becomes of another kind or place, goes from unlicensed to licensed, gets its first licence, or
	begins to operate without one."""
	before = institution.get_doc_before_save()
	if not before or is_another(institution):
		return True
	begins = institution.status == "Operating" and before.status != "Operating"
	if begins and not institution.licence_number and not institution.flags.by_closing:
		return True
	if (
		(before.status or "") in NOT_LICENSED
		and institution.status in LICENSED
		and institution.status != before.status
	):
		return True
	return any(institution.get(field) and not before.get(field) for field in LICENCE)


def is_another(institution: Document) -> bool:
	"""Of another kind, or in another governorate, than the one that was licensed."""
	before = institution.get_doc_before_save()
	fields = ("institution_type", "governorate")
	return bool(before) and any(
		(institution.get(field) or "") != (before.get(field) or "") for field in fields
	)


def refuse(message: str) -> None:
	frappe.throw(message, LicensingFreezeError, title=_(FREEZE))

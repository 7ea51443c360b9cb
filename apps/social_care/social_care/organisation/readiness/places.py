"""The place of a record that belongs to a unit or to one of its institutions; and which places have to be ready."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import nowdate

LEVELS = ("Directorate", "Social Administration", "Social Unit", "Office")  # units that enter data


class PlaceError(frappe.ValidationError):
	"""A record of no place."""


def set_place(doc: Document) -> None:
	"""Unit of the institution where one is named, and the governorate of the unit; a record keeps its place."""
	before = doc.get_doc_before_save()
	if before:
		doc.update({field: before.get(field) for field in ("institution", "org_unit", "governorate")})
		return
	if doc.institution:
		doc.org_unit = frappe.db.get_value("Institution", doc.institution, "org_unit")
	if not doc.org_unit:
		frappe.throw(_("Choose the institution or the unit."), PlaceError, title=_("Place"))
	doc.governorate = frappe.db.get_value("Org Unit", doc.org_unit, "governorate")


def accounts(institution: str | None, unit: str) -> int:
	"""People who may work there today: with an assignment to the institution, or to the unit itself."""
	place = ("institution", institution) if institution else ("org_unit", unit)
	scope = "= 'Institution'" if institution else "!= 'Institution'"
	return frappe.db.sql(
		f"""select count(distinct own.`user`) from `tabStaff Assignment` own join `tabUser` user on user.`name` = own.`user`
		where own.`{place[0]}` = %(place)s and own.`scope` {scope} and user.`enabled` = 1 and own.`valid_from` <= %(today)s
			and (own.`valid_to` is null or own.`valid_to` >= %(today)s)""",  # columns of this module
		{"place": place[1], "today": nowdate()},
	)[0][0]

"""What happens to uploads by the clock: those whose worker died go on, those that are old go."""

import frappe
from frappe.utils import add_days, add_to_date, now_datetime

from social_care.registry.roll.limits import limit

AT_ONCE = 200
PATIENCE_MINUTES = 10
UNDER_WAY = ("Uploaded", "Checking", "Confirmed", "Applying")


def resume_stopped() -> None:
	"""Queue anew the job of every upload that has not moved for some minutes, as its user."""
	from social_care.registry.roll.decisions import start

	before = add_to_date(now_datetime(), minutes=-PATIENCE_MINUTES)
	filters = {"status": ["in", UNDER_WAY], "modified": ["<", before]}
	user = frappe.session.user
	for name in frappe.get_all(
		"Roll Upload", filters=filters, pluck="name", order_by="modified asc", limit=AT_ONCE
	):
		doc = frappe.get_doc("Roll Upload", name)
		frappe.set_user(doc.confirmed_by or doc.uploaded_by)
		start(doc)
	frappe.db.commit()  # the jobs are queued with the commit, under the users set above
	frappe.set_user(user)


def remove_old() -> None:
	"""Remove uploads with rows and file after the days of the settings: they hold personal data."""
	before = add_days(now_datetime(), -limit("roll_keep_days"))
	filters = {"creation": ["<", before]}
	for name in frappe.get_all(
		"Roll Upload", filters=filters, pluck="name", order_by="creation asc", limit=AT_ONCE
	):
		frappe.delete_doc("Roll Upload", name, ignore_permissions=True, force=True, delete_permanently=True)


def remove_rows(upload: str) -> None:
	"""The rows of an upload that goes."""
	frappe.db.delete("Roll Upload Row", {"roll_upload": upload})

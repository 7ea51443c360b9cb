"""A child's savings: deposits and withdrawals one after another, a balance that is never negative.

A withdrawal counts when a second person has signed it. What is posted stays; a mistake is set right by a further entry.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.query_builder.functions import Sum
from frappe.utils import flt, fmt_money, now_datetime
from pypika import Case

from social_care.registry.case_work.records import four_eyes, refuse
from social_care.registry.child_paper import lock_child

DEPOSIT, WITHDRAWAL, WAITING, POSTED = "Deposit", "Withdrawal", "Waiting for Second Signature", "Posted"
WRITTEN = (
	"balance_after",
	"first_signature",
	"first_signed_on",
	"second_signature",
	"second_signed_on",
	"status",
)


def begin(entry: Document) -> None:
	"""A deposit is posted at once, a withdrawal waits for the second signature."""
	if flt(entry.amount) <= 0:
		refuse(_("The amount is greater than zero."), _("Savings"))
	entry.first_signature, entry.first_signed_on = frappe.session.user, now_datetime()
	if entry.entry_kind == DEPOSIT:
		lock_child(entry.child)
		post(entry)
	else:
		entry.expect(("purpose",), _("Please fill in: {0}"))
		entry.status = WAITING
		lock_child(entry.child)
		check_cover(entry)


def post(entry: Document) -> None:
	"""Write the balance after this entry; the child's row is locked."""
	sign = 1 if entry.entry_kind == DEPOSIT else -1
	entry.status = POSTED
	entry.balance_after = flt(balance(entry.child) + sign * flt(entry.amount), 2)


def check_cover(entry: Document) -> None:
	if flt(entry.amount) > balance(entry.child):
		refuse(
			_("The savings are {0}; more cannot be taken out.").format(fmt_money(balance(entry.child))),
			_("Savings"),
		)


def balance(child: str, lock: bool = True) -> float:
	"""Posted deposits less posted withdrawals, in EGP; `lock` counts what others have committed meanwhile."""
	row = DocType("Child Savings Entry")
	signed = Case().when(row.entry_kind == DEPOSIT, row.amount).else_(-row.amount)
	query = frappe.qb.from_(row).select(Sum(signed)).where((row.child == child) & (row.status == POSTED))
	return flt((query.for_update() if lock else query).run()[0][0], 2)


def sign(name: str) -> None:
	"""Second signature of a withdrawal, by another person; signing twice posts once."""
	entry = frappe.get_doc("Child Savings Entry", name)
	entry.check_permission("write")
	lock_child(entry.child)
	entry = frappe.get_doc("Child Savings Entry", name, for_update=True)
	if entry.status == POSTED:
		return
	four_eyes(entry, {entry.owner, entry.first_signature}, _("The second signature is another person's."))
	check_cover(entry)
	post(entry)
	entry.second_signature, entry.second_signed_on = frappe.session.user, now_datetime()
	entry.flags.signing = True
	entry.save()


def keep(entry: Document) -> None:
	"""A stored entry is not changed but by the second signature; what the system writes is nobody else's to send."""
	before = entry.get_doc_before_save()
	if before:
		entry.freeze()
	if not entry.flags.signing:
		entry.update({field: before.get(field) if before else None for field in WRITTEN})

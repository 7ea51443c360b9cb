"""When a child's next review is due.

UN Guidelines for the Alternative Care of Children, 67: a review "preferably at least every three months". The first is
counted from the day the child came (or came back) into institutional care, the next ones from the last review held. The
day stands on the child's file, so that lists, cards and filters need no computing.
"""

from datetime import date

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from social_care.registry.case_work import rules

IN_CARE = "child.`life_state` = 'Active' and ifnull(child.`institution`, '') != ''"


def refresh(children: list[str] | None = None) -> None:
	"""Write the day anew on the files of these children (None: of all), in one statement; only rows that differ change."""
	only = "where `child` in %(children)s" if children else "where 1=1"
	mine = "and child.`name` in %(children)s" if children else ""
	frappe.db.sql(
		f"""update `tabChild` child
		left join (select `child`, max(`from_date`) as entered from `tabPlacement` {only}
			and `setting` = 'Institution' and `movement` != 'Transfer' group by `child`) care on care.`child` = child.`name`
		left join (select `child`, max(concat(`held_on`, `next_review_on`)) as last from `tabCare Review` {only}
			and `status` = 'Completed' group by `child`) review on review.`child` = child.`name`
		set child.`next_review_due` = {_due()}
		where not (child.`next_review_due` <=> {_due()}) {mine}""",  # built of this module's own words
		{"children": children},
	)


def _due() -> str:
	entered = "ifnull(care.entered, child.`admission_date`)"
	first = f"date_add({entered}, interval {rules.sql_period(rules.REVIEW, entered)} month)"
	following = "cast(substring(review.last, 11, 10) as date)"
	after_entry = f"cast(left(review.last, 10) as date) >= {entered}"
	return f"(case when not ({IN_CARE}) then null when {after_entry} then {following} else {first} end)"


def refresh_all() -> None:
	"""Daily job: files that passed into another state meanwhile."""
	refresh()


def follow_placement(placement: Document, _method: str | None = None) -> None:
	"""Placement hook: a child who comes back into care is due from that day."""
	refresh([placement.child])


def due_on(child: str) -> date | None:
	"""The day by which the child's next review has to be held."""
	found = frappe.db.get_value("Child", child, "next_review_due")
	return getdate(found) if found else None


def entered_on(child: str) -> date | None:
	"""The day on which the child came, or last came back, into institutional care."""
	found = frappe.get_all(  # of a child whose file the caller has opened
		"Placement",
		filters={"child": child, "setting": "Institution", "movement": ["!=", "Transfer"]},
		order_by="from_date desc",
		limit=1,
		pluck="from_date",
	)
	return getdate(found[0] if found else frappe.db.get_value("Child", child, "admission_date"))

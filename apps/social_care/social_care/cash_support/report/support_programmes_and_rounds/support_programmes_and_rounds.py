"""Programmes with rounds: how many households were to be reached and were, rounds planned and approved, money."""

import frappe
from frappe import _

from social_care.cash_support import burn_down
from social_care.prints.layout import Layout, as_of

FROZEN = ("Approved", "Paid")


def execute(filters: dict | None = None) -> tuple:
	"""One row a programme with rounds, in the order of their codes; two queries."""
	return get_columns(), get_data()


def get_columns() -> list[dict]:
	columns = (
		*(
			("programme_name", "Programme Name", "Data", 280),
			("target_households", "Households to Reach", "Int", 130),
		),
		*(("reached", "Households Reached", "Int", 130), ("share", "Reached of Target (%)", "Percent", 120)),
		*(("rounds_planned", "Rounds Planned", "Int", 110), ("rounds", "Rounds Approved", "Int", 110)),
		("amount", "Amount Approved", "Currency", 150),
	)
	return [
		{"fieldname": name, "label": _(label), "fieldtype": kind, "width": width}
		for name, label, kind, width in columns
	]


def get_data() -> list[dict]:
	programmes = frappe.get_list(
		"Support Programme",
		{"kind": "Support in Rounds"},
		["name", "programme_name", "target_households", "rounds_planned"],
		order_by="name asc",
	)
	figures = {row.programme: row for row in reached()}
	return [_row(programme, figures.get(programme.name) or frappe._dict()) for programme in programmes]


def reached() -> list[dict]:
	"""Households in approved rounds at the reader's places, each counted once a programme."""
	where = burn_down.places("Support Round Entry")
	return frappe.db.sql(
		f"""select `tabSupport Round Entry`.`programme`, count(distinct `national_number`) as reached,
			count(distinct `support_round`) as rounds, sum(`amount`) as amount
		from `tabSupport Round Entry` join `tabSupport Round` round on round.`name` = `tabSupport Round Entry`.`support_round`
		where round.`status` in %(frozen)s{f" and {where}" if where else ""} group by `tabSupport Round Entry`.`programme`""",
		{"frozen": FROZEN},  # the condition is built by social_care.scope
		as_dict=True,
	)


def _row(programme: dict, found: dict) -> dict:
	target, count = programme.target_households or 0, found.get("reached") or 0
	return programme | {
		"reached": count,
		"share": round(100 * count / target, 1) if target else None,
		"rounds": found.get("rounds") or 0,
		"amount": found.get("amount") or 0,
	}


def print_layout(filters: dict) -> Layout:
	return Layout.of(filters, period=as_of(None), landscape=True)

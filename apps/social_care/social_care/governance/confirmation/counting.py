"""How much of a confirmation is done: counters beside it, brought up to date by each decision and by night."""

import frappe
from frappe.utils import cint, nowdate

from social_care.governance.confirmation import CONFIRMATION, CYCLE, PRESENT, ROW
from social_care.governance.confirmation.opening import add_rows
from social_care.registry import figures
from social_care.registry.dashboards.rows import percent


def follow_children() -> None:
	"""Rows for children who came since the cycle was opened."""
	add_rows()


def recount(name: str | None = None) -> None:
	"""Count the open confirmations (or one) anew: children present today, and what was decided of them; one query."""
	one = "and k.`name` = %(name)s" if name else ""
	frappe.db.sql(
		f"""update `tab{CONFIRMATION}` k
		left join (select `tabChild`.`institution`, count(*) as children from `tabChild`
			{f"join `tab{CONFIRMATION}` k on k.`institution` = `tabChild`.`institution`" if name else ""}
			where {PRESENT} {one} group by `tabChild`.`institution`) here on here.`institution` = k.`institution`
		left join (select held.`confirmation`, sum(held.`state` = 'Confirmed') as confirmed,
				sum(held.`state` = 'To Correct') as to_correct
			from `tab{ROW}` held join `tab{CONFIRMATION}` k on k.`name` = held.`confirmation`
			join `tabChild` on `tabChild`.`name` = held.`child` and `tabChild`.`institution` = held.`institution` and {PRESENT}
			where k.`status` = 'Open' {one} group by held.`confirmation`) done on done.`confirmation` = k.`name`
		set k.`children` = ifnull(here.`children`, 0), k.`confirmed` = ifnull(done.`confirmed`, 0),
			k.`to_correct` = ifnull(done.`to_correct`, 0)
		where k.`status` = 'Open' {one}""",  # of this module's own words
		{"name": name},
	)


def current_cycle() -> str | None:
	"""The cycle that is open, or was last."""
	found = frappe.get_all(  # the period that counts for everybody
		CYCLE,
		filters={"status": ["in", ["Open", "Closed"]]},
		pluck="name",
		order_by="from_date desc",
		limit=1,
	)
	return found[0] if found else None


def sums(cycle: str, where: str = "") -> frappe._dict:
	"""{"children", "confirmed", "to_correct", "institutions", "signed"} at the reader's places."""
	parts = [f"`tab{CONFIRMATION}`.`cycle` = %(cycle)s", figures.places(CONFIRMATION), where]
	(row,) = frappe.db.sql(
		f"""select sum(`children`) as children, sum(`confirmed`) as confirmed, sum(`to_correct`) as to_correct,
			count(*) as institutions, sum(`status` = 'Signed') as signed
		from `tab{CONFIRMATION}` where {" and ".join(f"({part})" for part in parts if part)}""",
		{"cycle": cycle},
		as_dict=True,
	)
	return frappe._dict({key: cint(value) for key, value in row.items()})


def freshness() -> float | None:
	"""Children confirmed in this period, in per cent of those present, at the reader's places; None without any."""
	cycle = current_cycle()
	row = sums(cycle) if cycle else None
	return percent(row.confirmed, row.children) if row else None


def overdue() -> int:
	"""Confirmations of the reader's places that nobody signed by their day."""
	return figures.count(
		CONFIRMATION,
		f"`tab{CONFIRMATION}`.`status` = 'Open' and `tab{CONFIRMATION}`.`due_on` < '{nowdate()}'",
	)

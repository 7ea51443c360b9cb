"""What should have been done by now: next steps of searches, follow-ups after a return and after leaving, extensions."""

import frappe
from frappe.utils import date_diff, nowdate

from social_care.scope import condition

TRACING, RETURNED, LEFT, EXTENSION = (
	"Family Tracing",
	"Reintegration Case",
	"Aftercare Plan",
	"Stay Extension",
)
SOURCES = {
	TRACING: """select t.name, t.child, t.next_step_due as due from `tabFamily Tracing` t
		where t.status = 'Open' and t.next_step_due < {today}""",
	RETURNED: """select c.name, c.child, min(f.due_date) as due from `tabReintegration Case` c
		join `tabCare Follow-up` f on f.parent = c.name and f.parenttype = 'Reintegration Case'
		where c.status in ('Reintegrated', 'Follow-up') and c.separated_again = 0
		and f.visit_date is null and f.due_date < {today} group by c.name, c.child""",
	LEFT: """select p.name, p.child, min(f.due_date) as due from `tabAftercare Plan` p
		join `tabCare Follow-up` f on f.parent = p.name and f.parenttype = 'Aftercare Plan'
		where p.status = 'Approved' and f.visit_date is null and f.due_date < {today} group by p.name, p.child""",
	EXTENSION: """select e.name, e.child, e.valid_until as due from `tabStay Extension` e
		where e.status = 'Requested' and e.valid_from < {today}""",
}


def overdue_sql(user: str | None = None) -> str:
	"""SQL of (kind, name, child, due) over all sources; of a user's own papers where one is named."""
	today = frappe.db.escape(nowdate())
	return " union all ".join(
		f"select {frappe.db.escape(kind)} as kind, s.* from ({sql.format(today=today)}) s{_of_user(kind, user)}"
		for kind, sql in SOURCES.items()
	)


def _of_user(kind: str, user: str | None) -> str:
	where = condition(kind, user) if user and user != "Administrator" else ""
	return f" where s.name in (select `name` from `tab{kind}` where {where})" if where else ""


def overdue(governorate: str | None = None) -> list[dict]:
	"""Rows of the reader's scope, the oldest first: kind, name, child, due, days_overdue, institution_name, governorate."""
	rows = frappe.db.sql(f"select o.* from ({overdue_sql(frappe.session.user)}) o", as_dict=True)
	if not rows:
		return []
	filters = {"name": ["in", sorted({row.child for row in rows})]}
	filters |= {"governorate": governorate} if governorate else {}
	fields = ["name", "institution_name", "governorate"]
	seen = {
		child.name: child
		for child in frappe.get_list(
			"Child", filters=filters, fields=fields, limit_page_length=0, order_by="name asc"
		)
	}
	found = [row for row in rows if row.child in seen]
	for row in found:
		row.update({"days_overdue": date_diff(nowdate(), row.due)})
		row.update({field: seen[row.child][field] for field in fields[1:]})
	return sorted(found, key=lambda row: (row.due, row.name))


def overdue_by_place() -> list[tuple[str, int, int]]:
	"""(institution, lft of the child's unit, steps) over the whole country."""
	return frappe.db.sql(
		f"""select c.institution, u.lft, count(*) from ({overdue_sql()}) o join `tabChild` c on c.name = o.child
		join `tabOrg Unit` u on u.name = c.org_unit group by c.institution, u.lft"""
	)


def overdue_condition() -> str:
	"""SQL on `tabChild`: something about this child is overdue."""
	return f"`tabChild`.`name` in (select o.child from ({overdue_sql()}) o)"

"""Aftercare plans with what belongs to each young person: goals, next follow-up, housing and grants."""

from collections import defaultdict

import frappe

HOUSING = ("Housing Unit in Usufruct", "Shared Flat", "Rent Support")
GRANTED = ("Approved", "Delivered", "Ended")
FIELDS = ["name", "child", "plan_date", "status"]
CHILD_FIELDS = ["name", "full_name", "life_state", "governorate"]


def plans(from_date=None, to_date=None, governorate: str | None = None) -> list[dict]:
	"""Plans of the reader's scope in a period, newest first; five queries, whatever the number of rows.

	Adds: goals_all, goals_reached, next_follow_up, housing_kind, housing_status, grants (EGP), approved and housed (0/1).
	"""
	conditions = [["plan_date", ">=", from_date]] if from_date else []
	conditions += [["plan_date", "<=", to_date]] if to_date else []
	found = frappe.get_list(
		"Aftercare Plan",
		filters=conditions,
		fields=FIELDS,
		order_by="plan_date desc, name desc",
		limit_page_length=0,
	)
	children = _children({row.child for row in found}, governorate)
	rows = [row for row in found if row.child in children]
	names = [row.name for row in rows]
	goals, due, supports = _goals(names), _due(names), _supports(set(children))
	for row in rows:
		row.update({field: children[row.child][field] for field in CHILD_FIELDS[1:]})
		row["goals_all"], row["goals_reached"] = goals.get(row.name, (0, 0))
		row["next_follow_up"] = due.get(row.name)
		row.update(_support(supports.get(row.child, [])))
		row["approved"] = int(row.status in ("Approved", "Completed"))
	return rows


def _children(names: set[str], governorate: str | None) -> dict[str, dict]:
	if not names:
		return {}
	filters = {"name": ["in", sorted(names)]} | ({"governorate": governorate} if governorate else {})
	rows = frappe.get_list(
		"Child", filters=filters, fields=CHILD_FIELDS, limit_page_length=0, order_by="name asc"
	)
	return {row.name: row for row in rows}


def _goals(plans: list[str]) -> dict[str, tuple[int, int]]:
	if not plans:
		return {}
	rows = frappe.db.sql(
		"""select parent, count(*), sum(progress = 'Reached') from `tabAftercare Goal`
		where parenttype = 'Aftercare Plan' and parent in %s group by parent""",
		[plans],
	)
	return {parent: (int(total), int(reached or 0)) for parent, total, reached in rows}


def _due(plans: list[str]) -> dict:
	if not plans:
		return {}
	return dict(
		frappe.db.sql(
			"""select parent, min(due_date) from `tabCare Follow-up`
			where parenttype = 'Aftercare Plan' and visit_date is null and parent in %s group by parent""",
			[plans],
		)
	)


def _supports(children: set[str]) -> dict[str, list[dict]]:
	"""Supports of children that the reader was shown, by child."""
	found: dict[str, list[dict]] = defaultdict(list)
	if children:
		fields = ["child", "kind", "status", "amount"]
		filters = {"child": ["in", sorted(children)]}
		for row in frappe.get_all(
			"Aftercare Support", filters=filters, fields=fields, order_by="creation asc"
		):
			found[row.child].append(row)
	return found


def _support(rows: list[dict]) -> dict:
	housing = [row for row in rows if row.kind in HOUSING]
	newest = housing[-1] if housing else frappe._dict()
	return {
		"housing_kind": newest.kind,
		"housing_status": newest.status,
		"housed": int(any(row.status == "Delivered" for row in housing)),
		"grants": sum(row.amount or 0 for row in rows if row.status in GRANTED),
	}

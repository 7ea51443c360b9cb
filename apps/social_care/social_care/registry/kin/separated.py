"""Siblings who live apart in institutions (UN Guidelines for the Alternative Care of Children, 17): with a reason or without."""

import frappe

from social_care.registry.kin.siblings import years

# Pairs (child, sibling) in care whose institutions differ: by family, and by confirmed pair.
APART = """
	select a.name as child, b.name as sibling from `tabChild` a join `tabChild` b on b.family = a.family and b.name != a.name
	where {care} {only}
	union
	select a.name, b.name from `tabSibling Pair` p
	join `tabChild` a on a.name in (p.child, p.other_child)
	join `tabChild` b on b.name in (p.child, p.other_child) and b.name != a.name
	where p.status = 'Siblings' and {care} {only}
"""
CARE = (
	"a.life_state = 'Active' and b.life_state = 'Active'"
	" and a.institution is not null and b.institution is not null and a.institution != b.institution"
)
FIELDS = ["name", "full_name", "sex", "birth_date", "institution_name", "governorate", "org_unit"]


def apart_sql(only: str = "") -> str:
	"""SQL of (child, sibling) pairs that live apart; `only` is a further condition on `a`."""
	return APART.format(care=CARE, only=only)


def separated(governorate: str | None = None, without_reason: bool = False) -> list[dict]:
	"""Children of the reader's scope who live apart from a sibling.

	Adds to each: apart (how many live elsewhere), since (begin of the placement) and reason (written with it).
	"""
	counts = dict(frappe.db.sql(f"select t.child, count(*) from ({apart_sql()}) t group by t.child"))
	if not counts:
		return []
	filters = {"name": ["in", sorted(counts)]} | ({"governorate": governorate} if governorate else {})
	rows = frappe.get_list(
		"Child", filters=filters, fields=FIELDS, order_by="governorate asc, name asc", limit_page_length=0
	)
	placed = _placements([row.name for row in rows])
	for row in rows:
		since, reason = placed.get(row.name, (None, ""))
		row.update(
			{"apart": counts[row.name], "since": since, "reason": reason or "", "age": years(row.birth_date)}
		)
	return [row for row in rows if not (without_reason and row.reason)]


def _placements(children: list[str]) -> dict[str, tuple]:
	if not children:
		return {}
	rows = frappe.get_all(
		"Placement",
		filters={"child": ["in", children], "is_current": 1},
		fields=["child", "from_date", "sibling_separation_reason"],
	)
	return {row.child: (row.from_date, row.sibling_separation_reason) for row in rows}


def without_reason_condition() -> str:
	"""SQL on `tabChild`: lives apart from a sibling, and the current placement says no reason."""
	return (
		f"`tabChild`.`name` in (select t.child from ({apart_sql()}) t)"
		" and not exists (select 1 from `tabPlacement` p where p.`child` = `tabChild`.`name` and p.`is_current` = 1"
		" and ifnull(p.`sibling_separation_reason`, '') != '')"
	)

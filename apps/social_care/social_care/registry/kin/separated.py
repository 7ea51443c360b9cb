"""Siblings who live apart in institutions (UN Guidelines for the Alternative Care of Children, 17): with a reason or without."""

import frappe

from social_care.registry.kin.siblings import years

# Children in institutions whose family has children in more than one; read once over the index of families.
SPLIT = """(
	select name, family, institution from (
		select name, family, institution, min(institution) over (partition by family) as lowest,
			max(institution) over (partition by family) as highest
		from `tabChild` where family > '' and life_state = 'Active' and institution > ''
	) members where lowest != highest
)"""
CARE = (
	"a.life_state = 'Active' and b.life_state = 'Active'"
	" and a.institution is not null and b.institution is not null and a.institution != b.institution"
)
# Pairs (child, sibling) in care whose institutions differ: by family, and by confirmed pair, from either side. Each join finds
# its rows by a key, so that the number of files without a family or a pair does not matter.
APART = f"""
	select a.name as child, b.name as sibling from {SPLIT} a join {SPLIT} b
	on b.family = a.family and b.institution != a.institution
	union
	select a.name, b.name from `tabSibling Pair` p
	join `tabChild` a on a.name = p.child join `tabChild` b on b.name = p.other_child
	where p.status = 'Siblings' and {CARE}
	union
	select a.name, b.name from `tabSibling Pair` p
	join `tabChild` a on a.name = p.other_child join `tabChild` b on b.name = p.child
	where p.status = 'Siblings' and {CARE}
"""
FIELDS = ["name", "full_name", "sex", "birth_date", "institution_name", "governorate", "org_unit"]


def separated(governorate: str | None = None, without_reason: bool = False) -> list[dict]:
	"""Children of the reader's scope who live apart from a sibling.

	Adds to each: apart (how many live elsewhere), since (begin of the placement) and reason (written with it).
	"""
	counts = dict(frappe.db.sql(f"select t.child, count(*) from ({APART}) t group by t.child"))
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
		f"`tabChild`.`name` in (select t.child from ({APART}) t)"
		" and not exists (select 1 from `tabPlacement` p where p.`child` = `tabChild`.`name` and p.`is_current` = 1"
		" and ifnull(p.`sibling_separation_reason`, '') != '')"
	)

"""Rules and reach as conditions of queries."""

from collections.abc import Callable

import frappe

from social_care.organisation.grants import active_grants
from social_care.reading.opened import files
from social_care.scope.reach import NOTHING, RowScope, escape, row_scope
from social_care.scope.rules import held_by_nobody, is_scoped, lists_names, scope_rule, scoped_parents
from social_care.scope.searching import EITHER, PLACES, ROWS, Words

COMBINED = {"any", "all", "either"}
OPENED = "Child"
FEW = 2000  # names that stand in a condition by themselves


def condition(
	doctype: str,
	user: str,
	ptypes: tuple[str, ...] = ("read", "select"),
	opened: bool = True,
	side: str = EITHER,
	words: Words | None = None,
	alternative: int | None = None,
) -> str:
	"""SQL that limits `tab<doctype>` to the user's rows; "" where nothing is restricted.

	Without `opened`, files do not count that are open to him for reading beyond his places. `side` is where the database is to
	start: from his places, with what alternatives open in one list of names; from the rows, each asked by itself; or as it likes.
	From his places, the names may be read first, of those rows alone that have the `words` or one `alternative` alone
	may be asked for.
	"""
	if frappe.get_meta(doctype).istable:
		return (
			NOTHING
			if held_by_nobody(doctype)
			else _of_parents(doctype, lambda parent: condition(parent, user, opened=opened, side=side), side)
		)
	rule = scope_rule(doctype)
	if rule is None:
		return ""
	scope = row_scope(user, doctype, ptypes, opened)
	if side == PLACES and any(map(lists_names, rule.get("any", ()))):
		parts = rule["any"] if alternative is None else [rule["any"][alternative]]
		return _with_opened(doctype, _listed(doctype, parts, scope, words), scope)
	return _with_opened(doctype, rule_condition(doctype, rule, scope, side), scope)


def _with_opened(doctype: str, where: str, scope: RowScope) -> str:
	"""Children's files that are open to the user beyond his places; what hangs on a file follows it by its own rule."""
	if doctype != OPENED or not where or not scope.opened or not scope.grants:
		return where
	names = files(scope.user)
	if not names:
		return where
	return f"({where} or `tab{doctype}`.`name` in ({', '.join(escape(name) for name in sorted(names))}))"


def rule_condition(doctype: str, rule: dict, scope: RowScope, side: str = EITHER) -> str:
	if COMBINED & rule.keys():
		return _joined(rule, lambda part: rule_condition(doctype, part, scope, side))
	if not scope.grants or not rule:
		return NOTHING
	if scope.everywhere:
		return ""
	related = _related(doctype, rule, lambda other: opening(other, scope, side), side)
	return related or scope.sql(doctype, rule)


def _listed(doctype: str, parts: list[dict], scope: RowScope, words: Words | None = None) -> str:
	"""The condition on `doctype` that a row is among the names that `parts` of its rule open. With `words` (also none of them) the
	names are read first: over a list that it has yet to make, the database may as well try every row of the table in its order."""
	names = reached_names(doctype, parts, scope, words or ())
	if names is None:
		return ""
	if not names:
		return NOTHING
	found = None if words is None else _few(names)
	if found is None:
		return f"`tab{doctype}`.`name` in ({names})"
	return f"`tab{doctype}`.`name` in ({', '.join(map(escape, found))})" if found else NOTHING


def _few(names: str) -> list[str] | None:
	"""The names of a query, if they are few."""
	query = f"select `name` from ({names}) `found` limit {FEW + 1}"  # built by this module
	found = [name for name in frappe.db.sql(query, pluck=True) if name]
	return found if len(found) <= FEW else None


def reached_names(doctype: str, parts: list[dict], scope: RowScope, words: Words = ()) -> str | None:
	"""The query on the names that parts of a rule open, of those that have the words; None where one opens all, "" where none opens
	any."""
	lists = [_names(doctype, part, scope, words) for part in parts]
	if None in lists:
		return None
	lists = list(filter(None, lists))
	if len(lists) < 2:
		return "".join(lists)
	return f"select `name` from ({' union '.join(f'({part})' for part in lists)}) `reach`"


def _names(doctype: str, rule: dict, scope: RowScope, words: Words) -> str | None:
	if scope.grants and not scope.everywhere and lists_names(rule):
		return opened_names(rule, scope, words, doctype)
	where = rule_condition(doctype, rule, scope)
	if where == NOTHING:
		return ""
	if not where:
		return None
	return f"select `name` from `tab{doctype}` where {where}{_having(doctype, words)}"


def opened_names(rule: dict, scope: RowScope, words: Words = (), doctype: str = "") -> str:
	"""The query on the names that other rows open by naming them. Words that those rows copy are asked of them, so that whoever is not
	meant is left out in an index of the places; others are asked of the rows of `doctype` itself."""
	if "linked_from" in rule:
		source, column = rule["linked_from"]
		inner = opening(source, scope, PLACES)
		selects = [(f"`tab{source}`", inner)]
	else:
		source, column = rule["linked_from_table"]
		selects = [
			(
				f"({holders}) `holder` join `tab{source}`",
				f"`tab{source}`.`parent` = `holder`.`name` and `tab{source}`.`parenttype` = {escape(parent)}",
			)
			for parent in scoped_parents(source)
			if (holders := _holders(parent, scope))
		]
	copies = rule.get("copies", ())
	copied = tuple((field, text) for field, text in words if field in copies)
	others = tuple((field, text) for field, text in words if field not in copies)
	value = f"`tab{source}`.`{column}`"
	queries = []
	for tables, where in selects:
		parts = [where, _having(source, copied)[len(" and ") :]]
		if others:
			tables += f" join `tab{doctype}`"
			parts.append(f"`tab{doctype}`.`name` = {value}{_having(doctype, others)}")
		asked = " and ".join(filter(None, parts))
		# in this order where there are several; of one table alone the database need not make a list first
		order = "straight_join " if " join " in tables else ""
		queries.append(
			f"select {order}{value} as `name` from {tables}" + (f" where {asked}" if asked else "")
		)
	return " union ".join(queries)


def _holders(parent: str, scope: RowScope) -> str:
	"""The query on the names of the records that hold rows of a table."""
	rule, limits = scope_rule(parent) or {}, at_places(parent, scope)
	if any(map(lists_names, rule.get("any", ()))) and not limits:
		own = row_scope(scope.user, parent, ("read", "select"), scope.opened)
		names = reached_names(parent, rule["any"], own)
		if names is not None:
			return names
	where = opening(parent, scope, PLACES)
	return (
		"" if where == NOTHING else f"select `name` from `tab{parent}`" + (f" where {where}" if where else "")
	)


def _having(doctype: str, words: Words) -> str:
	"""Further conditions that rows have the words."""
	return "".join(f" and `tab{doctype}`.`{field}` like {escape(text)}" for field, text in words)


def linked_rows(target: str, scope: RowScope) -> str:
	"""The rows that open what hangs on them, as the end of a query on `target`."""
	where = opening(target, scope)
	return f" where {where}" if where else ""


def opening(doctype: str, scope: RowScope, side: str = EITHER) -> str:
	"""Rows that the user may see, at the places where he holds the right to what hangs on them."""
	own = condition(doctype, scope.user, opened=scope.opened, side=side)
	return " and ".join(part for part in (own, at_places(doctype, scope)) if part)


def at_places(doctype: str, scope: RowScope) -> str:
	"""SQL that limits rows to the places of the scope's grants, whatever the user's other assignments open."""
	if scope.everywhere or scope.grants == active_grants(scope.user):
		return ""
	if frappe.get_meta(doctype).istable:
		return (
			NOTHING
			if held_by_nobody(doctype)
			else _of_parents(doctype, lambda parent: at_places(parent, scope))
		)
	rule = scope_rule(doctype)
	return "" if rule is None else _with_opened(doctype, _rule_at_places(doctype, rule, scope), scope)


def _rule_at_places(doctype: str, rule: dict, scope: RowScope) -> str:
	if COMBINED & rule.keys():
		return _joined(rule, lambda part: _rule_at_places(doctype, part, scope))
	return _related(doctype, rule, lambda other: at_places(other, scope)) or scope.sql(doctype, rule)


def _joined(rule: dict, condition_of: Callable[[dict], str]) -> str:
	if alternatives := rule.get("any") or rule.get("either"):
		parts = [condition_of(part) for part in alternatives]
		return "" if "" in parts else f"({' or '.join(parts)})"
	parts = [where for part in rule["all"] if (where := condition_of(part))]
	return f"({' and '.join(parts)})" if parts else ""


def _related(doctype: str, rule: dict, condition_of: Callable[[str], str], side: str = EITHER) -> str:
	"""Condition by a rule over other rows, which `condition_of` limits; "" for a rule of columns."""
	if "link" in rule:
		field, source = rule["link"]
		column = "name"
	elif lists_names(rule):
		source, column = _source(rule)
		field = "name"
	else:
		return ""
	return _among(f"`tab{doctype}`.`{field}`", source, column, condition_of(source), side)


def _among(value: str, source: str, column: str, inner: str, side: str) -> str:
	"""Whether a value stands in a column of the rows that `inner` opens: as a list, or looked up by itself (which the
	database does not make a list of)."""
	if side != ROWS:
		where = f" where {inner}" if inner else ""
		return f"{value} in (select `{column}` from `tab{source}`{where})"
	own = f"`tab{source}`.`{column}` = {value}"
	return f"(select 1 from `tab{source}` where {own}{f' and {inner}' if inner else ''} limit 1) = 1"


def _source(rule: dict) -> tuple[str, str]:
	"""The rows that open others, and their column with the names of these."""
	return rule.get("linked_from") or rule["linked_from_table"]


def _of_parents(doctype: str, condition_of: Callable[[str], str], side: str = EITHER) -> str:
	"""Rows of a child table follow the records that hold them."""
	holder = f"`tab{doctype}`.`parent`"
	parts = [
		f"(`tab{doctype}`.`parenttype` = {escape(parent)} and {_among(holder, parent, 'name', inner, side)})"
		if (inner := condition_of(parent))
		else f"`tab{doctype}`.`parenttype` = {escape(parent)}"
		for parent in scoped_parents(doctype)
	]
	return f"({' or '.join(parts)})" if parts else ""


def row_in_scope(
	doctype: str, name: str, user: str, ptypes: tuple[str, ...] = ("read", "select"), opened: bool = True
) -> bool:
	"""Whether the stored row is one of the user's, or (with `opened`) open to him for reading."""
	where = condition(doctype, user, ptypes, opened)
	if not where:
		return True
	query = f"select 1 from `tab{doctype}` where `tab{doctype}`.`name` = %s and {where} limit 1"  # built by this module
	return bool(frappe.db.sql(query, name))


def rows_at_role(doctype: str, names: list[str], hanging: str, user: str) -> set[str]:
	"""Those of the named rows at whose places a role of the user reads the DocType `hanging`, which hangs on them."""
	where = at_places(doctype, row_scope(user, hanging, ("read",)))
	if not where or not names or user == "Administrator":
		return set(names)
	query = f"select `name` from `tab{doctype}` where `name` in %(names)s and {where}"  # built by this module
	return {name for (name,) in frappe.db.sql(query, {"names": names})}


def row_visible(doctype: str, name: str) -> bool:
	"""Whether the session user may see that a row exists (used where the framework shows titles of links)."""
	user = frappe.session.user
	return user == "Administrator" or not is_scoped(doctype) or row_in_scope(doctype, name, user)

"""What files of a nation lack, told from its plan alone: each generated file is asked in Python what the rules of the kind
«Required» ask the database in SQL. So those rules have an expected number, too, and each is a proof of the other.
"""

from collections import Counter
from collections.abc import Callable

from social_care.demo.generator.nation import Nation
from social_care.registry.quality.days import on_day
from social_care.registry.quality.rules import Rule, rules

OPERATORS: dict[str, Callable[[str, object], bool]] = {
	"=": lambda held, value: held == str(value),
	"!=": lambda held, value: held != str(value),
	"in": lambda held, value: held in value,
	"not in": lambda held, value: held not in value,
	"<=": lambda held, value: bool(held) and held <= str(value),
	">=": lambda held, value: bool(held) and held >= str(value),
	">": lambda held, value: bool(held) and held > str(value),
}


def expected(nation: Nation) -> dict[str, int]:
	"""{rule: files that lack it} of every rule of the kind «Required» that is asked as filters of a list."""
	with on_day(nation.settings.as_of):
		asked = [rule for rule in rules("Child") if rule.kind == "Required" and rule.filters]
	found = Counter({rule.name: 0 for rule in asked})
	files, tables = _generated(
		nation, {key.rpartition(".")[0] for rule in asked for key in rule.filters if "." in key}
	)
	for name, row in files.items():
		found.update(rule.name for rule in asked if _lacks(rule, name, row, tables))
	return dict(found)


def _generated(nation: Nation, wanted: set[str]) -> tuple[dict[str, dict], dict[str, set[str]]]:
	"""Generated files by name, and of each table the files that have rows of it."""
	files: dict[str, dict] = {}
	tables: dict[str, set[str]] = {table: set() for table in wanted}
	for doctype, row in nation.children():
		if doctype == "Child":
			files[row["name"]] = row
		elif doctype in tables and row.get("parenttype") == "Child":
			tables[doctype].add(row["parent"])
	return files, tables


def _lacks(rule: Rule, name: str, row: dict, tables: dict[str, set[str]]) -> bool:
	return all(_meets(key, value, name, row, tables) for key, value in rule.filters.items())


def _meets(key: str, value: str | list, name: str, row: dict, tables: dict[str, set[str]]) -> bool:
	operator, asked = value if isinstance(value, list) else ("=", value)
	if "." in key:
		is_set = name in tables[key.rpartition(".")[0]]
		return is_set == (asked == "set")
	held = "" if row.get(key) is None else str(row[key])
	if operator == "is":
		return bool(held) == (asked == "set")
	return OPERATORS[operator](held, asked)

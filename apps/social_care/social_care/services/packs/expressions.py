"""The language in which a pack says conditions: Python's own notation for values, comparisons, `and`, `or`, `not`.

It is simpleeval's evaluator (a library without dependencies of its own, so an app can bring it to any bench) over
Python's parser, narrowed further: no attribute but of facts, no comprehension, no powers, bounded length and size;
arithmetic is of numbers only, so that no condition makes a long text or list of a short one. Python's notation was preferred to CEL because its syntax tree tells which facts a condition asks for
(so that «we do not know yet» is another answer than «no») and gives the same condition to the browser.

A fact that is not known makes a condition unknown, unless the rest decides it: `a or b` holds when `a` is unknown and `b`
holds.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import simpleeval

LENGTH, NODES, DIGITS = 500, 120, 12
ALLOWED = (
	*(
		ast.Expression,
		ast.BoolOp,
		ast.And,
		ast.Or,
		ast.UnaryOp,
		ast.Not,
		ast.USub,
		ast.BinOp,
		ast.Add,
		ast.Sub,
	),
	*(
		ast.Mult,
		ast.Div,
		ast.FloorDiv,
		ast.Mod,
		ast.Compare,
		ast.Eq,
		ast.NotEq,
		ast.Lt,
		ast.LtE,
		ast.Gt,
		ast.GtE,
	),
	*(
		ast.In,
		ast.NotIn,
		ast.Call,
		ast.Constant,
		ast.List,
		ast.Tuple,
		ast.Name,
		ast.Load,
		ast.Attribute,
		ast.IfExp,
	),
)


class ExpressionError(ValueError):
	"""A text that is no condition of this language; `code` says why (see messages.py), `detail` where."""

	def __init__(self, code: str, detail: str = "") -> None:
		super().__init__(f"{code}: {detail}")
		self.code, self.detail = code, detail


class Unknown(Exception):
	"""A fact that the condition needs is not known; `args[0]` is its name."""


def given(value: Any) -> bool:
	"""Whether a value is there; of an unknown fact: no."""
	return value is not None and value != "" and value != []


def _day(value: Any) -> date:
	if isinstance(value, datetime):
		return value.date()
	return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


def years_between(start: Any, end: Any) -> int:
	"""Whole years from one day to another."""
	first, last = _day(start), _day(end)
	return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def months_between(start: Any, end: Any) -> int:
	"""Whole months from one day to another."""
	first, last = _day(start), _day(end)
	return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def days_between(start: Any, end: Any) -> int:
	return (_day(end) - _day(start)).days


def _length(value: Any) -> int:
	return len(value)


def _round(value: Any, digits: int = 0) -> Any:
	"""Rounded to `digits` after the point; far beyond the point it would only cost time."""
	if not -DIGITS <= digits <= DIGITS:
		raise ExpressionError("values", "round")
	return round(value, digits) if digits else round(value)


def _of_numbers(operation: Callable) -> Callable:
	"""The operation, for numbers: of a text or a list it would make another of any size."""

	def narrowed(left: Any, right: Any) -> Any:
		if not (isinstance(left, int | float) and isinstance(right, int | float)):
			raise ExpressionError("values", operation.__name__)
		return operation(left, right)

	return narrowed


ARITHMETIC: dict[type[ast.operator], Callable] = {
	kind: _of_numbers(operation)
	for kind, operation in (
		(ast.Add, operator.add),
		(ast.Mult, operator.mul),
		(ast.Div, operator.truediv),
		(ast.FloorDiv, operator.floordiv),
		(ast.Mod, operator.mod),
	)
}


FUNCTIONS: dict[str, Callable] = {
	"years_between": years_between,
	"months_between": months_between,
	"days_between": days_between,
	"date": _day,
	"length": _length,
	"lower": lambda text: str(text).lower(),
	"contains": lambda text, part: str(part) in str(text),
	"any_in": lambda values, wanted: any(value in wanted for value in values),
	"column": lambda rows, name: [row.get(str(name)) for row in rows],
	"total": lambda values: sum(value or 0 for value in values),
	"min": min,
	"max": max,
	"abs": abs,
	"round": _round,
}
OF_THE_DAY = ("today", "age")
KNOWN = frozenset({*FUNCTIONS, *OF_THE_DAY, "given"})


@lru_cache(maxsize=4096)
def parse(text: str) -> ast.expr:
	"""The syntax tree of a condition. Raises ExpressionError."""
	if len(text) > LENGTH:
		raise ExpressionError("too_long", str(LENGTH))
	try:
		tree = ast.parse(text.strip(), mode="eval")
	except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
		raise ExpressionError("syntax", str(getattr(error, "msg", error))) from None
	nodes = list(ast.walk(tree))
	if len(nodes) > NODES:
		raise ExpressionError("too_long", str(LENGTH))
	for node in nodes:
		_check(node)
	return tree.body


def _check(node: ast.AST) -> None:
	if not isinstance(node, ALLOWED):
		raise ExpressionError("not_allowed", type(node).__name__)
	if isinstance(node, ast.Call) and not (isinstance(node.func, ast.Name) and node.func.id in KNOWN):
		raise ExpressionError("unknown_function", ast.unparse(node.func))
	if isinstance(node, ast.Call) and node.keywords:
		raise ExpressionError("not_allowed", "=")
	if isinstance(node, ast.Attribute) and (
		not isinstance(node.value, ast.Name) or node.attr.startswith("_")
	):
		raise ExpressionError("not_allowed", ast.unparse(node))
	if isinstance(node, ast.Constant) and not isinstance(node.value, bool | int | float | str | None):
		raise ExpressionError("not_allowed", repr(node.value))


def facts(text: str) -> set[str]:
	"""Names of the facts that a condition asks for: «income», «applicant.age»."""
	found = set()
	for node in ast.walk(parse(text)):
		if isinstance(node, ast.Attribute):
			found.add(f"{node.value.id}.{node.attr}")
	functions = {node.func.id for node in ast.walk(parse(text)) if isinstance(node, ast.Call)}
	owners = {name.split(".")[0] for name in found}
	names = {node.id for node in ast.walk(parse(text)) if isinstance(node, ast.Name)}
	return found | (names - functions - owners - {"True", "False", "None"})


class _Evaluator(simpleeval.SimpleEval):
	"""simpleeval with three answers: yes, no, and Unknown."""

	def __init__(self, known: Mapping[str, Any], day: date) -> None:
		of_the_day = {"today": lambda: day, "age": lambda born: years_between(born, day)}
		super().__init__(
			operators=simpleeval.DEFAULT_OPERATORS | ARITHMETIC, functions=FUNCTIONS | of_the_day
		)
		self.known = known
		self.nodes |= {ast.BoolOp: self._eval_boolop, ast.Call: self._call, ast.Name: self._name}
		self.nodes |= {ast.Attribute: self._fact, ast.List: self._list, ast.Tuple: self._list}

	def _list(self, node: ast.List | ast.Tuple) -> list:
		return [self._eval(item) for item in node.elts]

	def _name(self, node: ast.Name) -> Any:
		return self._known(node.id)

	def _fact(self, node: ast.Attribute) -> Any:
		return self._known(f"{node.value.id}.{node.attr}")

	def _known(self, name: str) -> Any:
		value = self.known.get(name)
		if not given(value):
			raise Unknown(name)
		return value

	def _call(self, node: ast.Call) -> Any:
		if node.func.id != "given":
			return self._eval_call(node)
		try:
			return given(self._eval(node.args[0]))
		except Unknown:
			return False

	def _eval_boolop(self, node: ast.BoolOp) -> bool:
		decides, unknown = isinstance(node.op, ast.Or), None
		for part in node.values:
			try:
				if bool(self._eval(part)) is decides:
					return decides
			except Unknown as missing:
				unknown = unknown or missing
		if unknown:
			raise unknown
		return not decides


def evaluate(text: str, known: Mapping[str, Any], day: date) -> Any:
	"""The value of a condition. `known` are facts by name, `day` is today.

	Raises Unknown where a fact that decides is not there, ExpressionError where the values do not fit the condition.
	"""
	evaluator = _Evaluator(known, day)
	try:
		return evaluator.eval(text, previously_parsed=parse(text))
	except Unknown:
		raise
	except ExpressionError:
		raise
	except Exception as error:  # whatever a value of the wrong kind makes of it
		raise ExpressionError("values", type(error).__name__) from None


def holds(text: str | None, known: Mapping[str, Any], day: date, otherwise: bool = False) -> bool:
	"""Whether a condition holds; `otherwise` where it is not written, no where it is unknown or does not fit."""
	if not text:
		return otherwise
	try:
		return bool(evaluate(text, known, day))
	except (Unknown, ExpressionError):
		return False

"""A condition as the form in a browser reads it, with the same answer: what is not known is not fulfilled.

Python's evaluator has three answers. JavaScript has two, so `not` is carried down to the comparisons and each of them
asks first whether its fields are filled; then «unknown» and «no» are one.
"""

import ast
import json
from collections.abc import Callable

from social_care.services.packs.expressions import ExpressionError, parse

COMPARISONS: dict[type[ast.cmpop], str] = {
	ast.Eq: "==",
	ast.NotEq: "!=",
	ast.Lt: "<",
	ast.LtE: "<=",
	ast.Gt: ">",
	ast.GtE: ">=",
}
OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
	ast.Eq: ast.NotEq,
	ast.NotEq: ast.Eq,
	ast.Lt: ast.GtE,
	ast.GtE: ast.Lt,
	ast.LtE: ast.Gt,
	ast.Gt: ast.LtE,
	ast.In: ast.NotIn,
	ast.NotIn: ast.In,
}


def as_javascript(text: str, of: str = "doc") -> str:
	"""The condition over the fields of `of`. Raises ExpressionError("not_in_browser") where it asks for more than these."""
	return _condition(parse(text), of, True)


def _condition(node: ast.AST, of: str, holds: bool) -> str:
	"""JavaScript that is true where the part holds, or (`holds` false) where its opposite does."""
	if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
		return _condition(node.operand, of, not holds)
	if isinstance(node, ast.BoolOp):
		sign = "&&" if isinstance(node.op, ast.And) is holds else "||"
		return "(" + f" {sign} ".join(_condition(part, of, holds) for part in node.values) + ")"
	if isinstance(node, ast.Compare):
		return _comparison(node, of, holds)
	if isinstance(node, ast.Call):
		return _given(node, of, holds)
	return _value(node, of) if holds else f"!{_value(node, of)}"


def _comparison(node: ast.Compare, of: str, holds: bool) -> str:
	sides = [node.left, *node.comparators]
	parts = [
		_pair(type(sign) if holds else OPPOSITE[type(sign)], left, right, of)
		for sign, left, right in zip(node.ops, sides, sides[1:], strict=False)
		if type(sign) in OPPOSITE
	]
	return "(" + (" && " if holds else " || ").join(parts) + ")"


def _pair(sign: type[ast.cmpop], left: ast.AST, right: ast.AST, of: str) -> str:
	filled = "".join(f"{_filled(name, of)} && " for name in _names(left, right))
	if sign in (ast.In, ast.NotIn):
		inside = f"{_value(right, of)}.includes({_value(left, of)})"
		return f"({filled}{'!' if sign is ast.NotIn else ''}{inside})"
	return f"({filled}{_value(left, of)} {COMPARISONS[sign]} {_value(right, of)})"


def _names(*sides: ast.AST) -> list[str]:
	"""Fields that have to be filled before the sides can be compared."""
	found = [node.id for side in sides for node in ast.walk(side) if isinstance(node, ast.Name)]
	return list(dict.fromkeys(found))


def _filled(name: str, of: str) -> str:
	"""0 counts as filled, an empty table does not."""
	return f"(({of}.{name} || {of}.{name} === 0) && {of}.{name}.length !== 0)"


def _given(node: ast.Call, of: str, holds: bool) -> str:
	if (
		getattr(node.func, "id", "") != "given"
		or len(node.args) != 1
		or not isinstance(node.args[0], ast.Name)
	):
		raise ExpressionError("not_in_browser", ast.unparse(node))
	return f"{'' if holds else '!'}{_filled(node.args[0].id, of)}"


def _value(node: ast.AST, of: str) -> str:
	writer = _WRITERS.get(type(node))
	if not writer or (isinstance(node, ast.UnaryOp) and not isinstance(node.op, ast.USub)):
		raise ExpressionError("not_in_browser", ast.unparse(node))
	return writer(node, of)


def _constant(node: ast.Constant, _of: str) -> str:
	if isinstance(node.value, bool):
		return str(int(node.value))
	return json.dumps(node.value, ensure_ascii=False)


def _list(node: ast.List | ast.Tuple, of: str) -> str:
	return "[" + ", ".join(_value(item, of) for item in node.elts) + "]"


_WRITERS: dict[type, Callable] = {
	ast.Constant: _constant,
	ast.Name: lambda node, of: f"{of}.{node.id}",
	ast.List: _list,
	ast.Tuple: _list,
	ast.UnaryOp: lambda node, of: f"-{_value(node.operand, of)}",
}

"""Conditions for a page whose policy forbids it to compile texts: the syntax tree as lists, for a small interpreter.

`permit_kind != 'Day Out' and given(visit_to)` becomes
`["and", ["!=", ["field", "permit_kind"], ["value", "Day Out"]], ["given", ["field", "visit_to"]]]`.
public/js/citizen_conditions.js reads it, with the same three answers (yes, no, not known yet) as expressions.py.
"""

import ast
from typing import Any

from social_care.services.packs.expressions import ExpressionError, parse

FUNCTIONS = frozenset(
	{
		"given",
		"today",
		"age",
		"years_between",
		"months_between",
		"days_between",
		"date",
		"length",
		"contains",
		"any_in",
	}
)
TODAYS = {"request.submitted_on"}  # of a request that is being written
ARITHMETIC = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
SIGNS = {ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
WORDS = {ast.And: "and", ast.Or: "or", ast.In: "in", ast.NotIn: "not in"}


def tree(text: str | None) -> list | None:
	"""The condition as lists; None where there is none, or where it asks for more than the form knows."""
	try:
		return _node(parse(text)) if text else None
	except ExpressionError:
		return None


def _node(node: ast.AST) -> list:
	writer = _WRITERS.get(type(node))
	if not writer:
		raise ExpressionError("not_in_browser", ast.unparse(node))
	return writer(node)


def _constant(node: ast.Constant) -> list:
	value: Any = int(node.value) if isinstance(node.value, bool) else node.value
	return ["value", value]


def _unary(node: ast.UnaryOp) -> list:
	return ["not" if isinstance(node.op, ast.Not) else "minus", _node(node.operand)]


def _compare(node: ast.Compare) -> list:
	sides = [node.left, *node.comparators]
	pairs = [
		[WORDS.get(type(sign)) or SIGNS[type(sign)], _node(left), _node(right)]
		for sign, left, right in zip(node.ops, sides, sides[1:], strict=False)
	]
	return pairs[0] if len(pairs) == 1 else ["and", *pairs]


def _arithmetic(node: ast.BinOp) -> list:
	if type(node.op) not in ARITHMETIC:
		raise ExpressionError("not_in_browser", ast.unparse(node))
	return [ARITHMETIC[type(node.op)], _node(node.left), _node(node.right)]


def _call(node: ast.Call) -> list:
	if node.func.id not in FUNCTIONS:
		raise ExpressionError("not_in_browser", ast.unparse(node))
	return [node.func.id, *map(_node, node.args)]


def _fact(node: ast.Attribute) -> list:
	if f"{node.value.id}.{node.attr}" not in TODAYS:
		raise ExpressionError("not_in_browser", ast.unparse(node))
	return ["today"]


_WRITERS = {
	ast.BoolOp: lambda node: [WORDS[type(node.op)], *map(_node, node.values)],
	ast.Compare: _compare,
	ast.BinOp: _arithmetic,
	ast.UnaryOp: _unary,
	ast.Call: _call,
	ast.Constant: _constant,
	ast.Attribute: _fact,
	ast.Name: lambda node: ["field", node.id],
	ast.List: lambda node: ["list", *map(_node, node.elts)],
	ast.Tuple: lambda node: ["list", *map(_node, node.elts)],
}

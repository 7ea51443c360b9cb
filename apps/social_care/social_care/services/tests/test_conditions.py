"""The language of conditions: narrow, with three answers, and the same in the browser."""

import itertools
import json
import shutil
import subprocess
from datetime import date
from typing import Any

from social_care.services.packs import expressions
from social_care.services.packs.checks import conditions
from social_care.services.packs.definition import complete, fields_of
from social_care.services.packs.evaluation import MISSING, rule_results
from social_care.services.packs.expressions import ExpressionError, Unknown, evaluate, holds
from social_care.services.packs.files import packs_of_app
from social_care.services.packs.javascript import as_javascript
from social_care.tests import SocialCareTestCase

DAY = date(2026, 12, 1)
REFUSED = {
	"().__class__.__bases__": "not_allowed",
	"applicant.__class__": "not_allowed",
	"applicant.age.real": "not_allowed",
	"'a'.join(['b'])": "unknown_function",
	"__import__('os').system('id')": "unknown_function",
	"eval('1')": "unknown_function",
	"getattr(applicant, 'age')": "unknown_function",
	"(lambda: 1)()": "unknown_function",
	"[row for row in rows]": "not_allowed",
	"{'a': 1}": "not_allowed",
	"f'{income}'": "not_allowed",
	"2 ** 99": "not_allowed",
	"1 << 99": "not_allowed",
	"rows[0]": "not_allowed",
	"(a := 1)": "not_allowed",
	"date(text='2026-01-01')": "not_allowed",
	"b'bytes' == a": "not_allowed",
	"income >": "syntax",
	"import os": "syntax",
	"1\n2": "syntax",
	"1" * 501: "too_long",
	"[" + "1," * 200 + "1]": "too_long",
}
# what would make much of little: a condition takes no time and no room, whoever wrote it
GREEDY = (
	"length('%99999999d' % 1) > 1",
	"length('a' * 99999) > 1",
	"any_in([1] * 50000, [2] * 50000)",
	"contains([[1] * 3000] * 3000, 'z')",
	"'a' + 'b' == 'ab'",
	"[1] + [2] == 3",
	"round(5, -3000000) > 1",
	"round(0.5, 3000000) > 1",
)
# conditions of every form that the browser knows, over the fields a and b
FORMS = (
	"a == 'x'",
	"a != 'x'",
	"not a == 'x'",
	"not a != 'x'",
	"a in ['x', 'y']",
	"a not in ['x', 'y']",
	"not (a in ('x', 'y'))",
	"given(a)",
	"not given(a)",
	"a == 'x' and b == 'x'",
	"a == 'x' or b != 'x'",
	"not (a == 'x' and b == 'x')",
	"not (a == 'x' or b == 'x')",
	"not (a == 'x' or not given(b))",
	"given(a) and a != b",
)
NUMBERS = (
	"a > 3",
	"a >= 3",
	"a < 3",
	"a <= -3",
	"not a > 3",
	"1 < a <= 5",
	"a == 0",
	"a > b",
	"-a < b",
	"not (a < b or b == 5)",
)
TEXTS = (None, "", "x", "y", "z")
FIGURES = (None, -3, 0, 1, 3, 4, 5)
CALLS = """
const [conditions, cases] = JSON.parse(require("fs").readFileSync(0, "utf8"));
const answers = conditions.map((text, i) => {
	const holds = new Function("doc", `return Boolean(${text})`);
	return cases[i].map((doc) => holds(doc));
});
console.log(JSON.stringify(answers));
"""


def in_browser(texts: list[str], cases: list[list[dict]]) -> list[list[bool]]:
	"""Answers of JavaScript for each condition and each of its documents, in one run of node."""
	asked = json.dumps([[as_javascript(text) for text in texts], cases])
	run = subprocess.run(
		[shutil.which("node") or "node", "-e", CALLS], input=asked, capture_output=True, text=True, check=True
	)
	return json.loads(run.stdout)


def values_of(field: dict) -> list[Any]:
	"""What a field may hold as far as conditions can tell, nothing among it."""
	if field["type"] == "choice":
		return [None, *(option["value"] for option in field["options"])]
	if field["type"] == "yes_no":
		return [0, 1]
	if field["type"] == "table":
		return [[], [{}]]
	if field["type"] in ("integer", "number", "money", "percent"):
		return [None, 0, 1, 12, 18, 99999]
	return [None, "2026-11-30" if "date" in field["type"] else "نص"]


class TestLanguage(SocialCareTestCase):
	def test_what_is_no_condition_is_refused(self) -> None:
		for text, code in REFUSED.items():
			with self.subTest(text[:40]), self.assertRaises(ExpressionError) as caught:
				expressions.parse(text)
			with self.subTest(text[:40]):
				self.assertEqual(caught.exception.code, code)

	def test_arithmetic_is_of_numbers_and_stays_small(self) -> None:
		for text in GREEDY:
			with self.subTest(text):
				self.assertRaisesRegex(ExpressionError, "^values", evaluate, text, {}, DAY)
				self.assertFalse(holds(text, {}, DAY))
		self.assertEqual(evaluate("round(income / 3 * 2 + 7 % 4, 2)", {"income": 100}, DAY), 69.67)
		self.assertEqual(evaluate("round(income / 3)", {"income": 100}, DAY), 33)

	def test_only_the_known_functions_are_called(self) -> None:
		for name in ("print", "open", "exec", "sorted", "sum", "len", "type", "vars", "frappe"):
			with self.subTest(name), self.assertRaises(ExpressionError):
				expressions.parse(f"{name}(a)")
		for name in expressions.KNOWN:
			expressions.parse(f"{name}(a)")

	def test_what_is_not_known_is_missing_and_not_no(self) -> None:
		with self.assertRaises(Unknown):
			evaluate("applicant.age >= 18", {}, DAY)
		pack = complete(packs_of_app("social_care")["SC-07"])
		results = {row.code: (row.outcome, row.fact) for row in rule_results(pack, {}, DAY)}
		self.assertEqual(results["host_of_age"], (MISSING, "applicant.age"))

	def test_the_rest_may_decide_what_is_not_known(self) -> None:
		for text, known, wanted in (
			("a == 1 or b == 1", {"b": 1}, True),
			("a == 1 and b == 1", {"b": 2}, False),
			("not (a == 1 and b == 1)", {"b": 2}, True),
		):
			with self.subTest(text):
				self.assertIs(evaluate(text, known, DAY), wanted)
		for text in ("a == 1 and b == 1", "not a == 1 or b == 2"):
			with self.subTest(text), self.assertRaises(Unknown):
				evaluate(text, {"b": 1}, DAY)

	def test_days_are_counted_as_on_the_calendar(self) -> None:
		for text, wanted in (
			("years_between('2008-12-02', today())", 17),
			("years_between('2008-12-01', today())", 18),
			("age('2004-02-29')", 22),
			("months_between('2026-10-31', '2026-11-30')", 0),
			("days_between('2026-11-30', today())", 1),
		):
			with self.subTest(text):
				self.assertEqual(evaluate(text, {}, DAY), wanted)


class TestBrowser(SocialCareTestCase):
	def assertSame(self, texts: list[str], cases: list[list[dict]]) -> None:
		answers = in_browser(texts, cases)
		other = [
			(text, doc, answer)
			for text, docs, found in zip(texts, cases, answers, strict=True)
			for doc, answer in zip(docs, found, strict=True)
			if answer is not holds(text, doc, DAY)
		]
		self.assertEqual(other[:10], [])

	def test_each_form_of_condition_has_the_servers_answer(self) -> None:
		texts = [{"a": a, "b": b} for a, b in itertools.product(TEXTS, TEXTS)]
		figures = [{"a": a, "b": b} for a, b in itertools.product(FIGURES, FIGURES)]
		self.assertSame([*FORMS, *NUMBERS], [texts] * len(FORMS) + [figures] * len(NUMBERS))

	def test_each_condition_of_the_packs_has_the_servers_answer(self) -> None:
		texts, cases = [], []
		for pack in packs_of_app("social_care").values():
			whole = complete(pack)
			fields = {field["name"]: field for field in fields_of(whole)}
			for _path, text, on_form in conditions(pack):
				names = sorted(expressions.facts(text) & set(fields))
				if on_form and names:
					texts.append(text)
					values = itertools.product(*(values_of(fields[name]) for name in names))
					cases.append([dict(zip(names, row, strict=True)) for row in values])
		self.assertGreater(len(texts), 300)
		self.assertSame(texts, cases)

	def test_what_only_the_server_knows_is_not_written_for_the_browser(self) -> None:
		for text in (
			"applicant.age > 3",
			"days_between(a, b) > 1",
			"a + b > 3",
			"length(a) > 1",
			"given(a + b)",
			"(a if b else 1)",
		):
			with self.subTest(text), self.assertRaises(ExpressionError) as caught:
				as_javascript(text)
			with self.subTest(text):
				self.assertEqual(caught.exception.code, "not_in_browser")

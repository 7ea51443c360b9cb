"""The score of a checklist, its grade, and why it is that grade.

Score = Σ(weight × score ÷ highest score) ÷ Σ weight over the applicable indicators, in percent. Grades begin where the tool's
version says (85, 70, 50). A critical standard that fails makes the grade D, whatever the total.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from frappe.utils import cint, flt

ONE_ZERO = "One of Its Indicators Is Zero"
LOWEST = "D"


@dataclass(frozen=True)
class Scale:
	"""Where grades begin, and when a critical standard fails: columns of the version of a tool."""

	a: float = 85.0
	b: float = 70.0
	c: float = 50.0
	one_zero_fails: bool = False

	@classmethod
	def of(cls, tool) -> "Scale":
		"""The scale of a version of an Assessment Tool."""
		return cls(
			flt(tool.grade_a_from),
			flt(tool.grade_b_from),
			flt(tool.grade_c_from),
			tool.critical_rule == ONE_ZERO,
		)

	def grade(self, score: float) -> str:
		"""Grade of a total alone."""
		return next(
			(name for name, low in (("A", self.a), ("B", self.b), ("C", self.c)) if score >= low), LOWEST
		)


@dataclass
class Result:
	"""What a checklist comes to. `by_total` is the grade that the total alone would give."""

	score: float | None = None
	grade: str = ""
	by_total: str = ""
	failed: list = field(default_factory=list)  # one answer of each critical standard that failed
	lost: dict[str, float] = field(default_factory=dict)  # points of 100, by indicator
	weight: float = 0.0


def result(answers: Iterable, scale: Scale) -> Result:
	"""Score and grade of the answers given so far; without an applicable one neither."""
	given = [row for row in answers if is_given(row)]
	weight = sum(flt(row.weight) for row in given)
	if not weight:
		return Result()
	reached = sum(flt(row.weight) * share(row) for row in given)
	score = flt(100 * reached / weight, 2)
	failed = failed_standards(given, scale)
	by_total = scale.grade(score)
	lost = {row.indicator_code: 100 * flt(row.weight) * (1 - share(row)) / weight for row in given}
	return Result(score, LOWEST if failed else by_total, by_total, failed, lost, weight)


def is_given(row) -> bool:
	"""Whether an indicator applies and has a score."""
	return not cint(row.not_applicable) and row.score not in (None, "")


def share(row) -> float:
	"""The score of an indicator as a share of its highest."""
	return cint(row.score) / cint(row.score_max)


def failed_standards(given: list, scale: Scale) -> list:
	"""Of each critical standard that failed its first answer, in the order of the tool."""
	critical = [row for row in given if cint(row.is_critical)]
	fails = any if scale.one_zero_fails else all
	standards = [list(rows) for _code, rows in groupby(critical, lambda row: row.standard_code)]
	return [rows[0] for rows in standards if fails(cint(row.score) == 0 for row in rows)]

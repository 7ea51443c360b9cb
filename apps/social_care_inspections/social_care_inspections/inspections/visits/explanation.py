"""«Why is this a D?»: the result of a checklist in sentences and figures, for the form and the print."""

from itertools import groupby

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, flt

from social_care_inspections.inspections.visits.scoring import Result, Scale, is_given, result, share

SHOWN_LOSSES = 8


def explain(visit: Document) -> dict:
	"""{score, grade, by_total, scale, reasons, areas, losses, open}; {} for a visit without a checklist.

	`reasons` are sentences; `areas` have code, name, score in percent, weight and points lost; `losses` are the indicators
	that cost most; `open` is the number of indicators without an answer.
	"""
	if not visit.answers or not visit.assessment_tool:
		return {}
	scale = Scale.of(frappe.get_cached_doc("Assessment Tool", visit.assessment_tool))
	found = result(visit.answers, scale)
	return {
		"score": found.score,
		"grade": found.grade,
		"by_total": found.by_total,
		"scale": {"A": scale.a, "B": scale.b, "C": scale.c},
		"reasons": reasons(found, scale),
		"areas": areas(visit.answers, found),
		"losses": losses(visit.answers, found),
		"open": len([row for row in visit.answers if not is_answered(row)]),
	}


def is_answered(row) -> bool:
	"""Whether the inspectors said anything about an indicator."""
	return is_given(row) or bool(cint(row.not_applicable))


def reasons(found: Result, scale: Scale) -> list[str]:
	"""Sentences that lead from the answers to the grade."""
	if found.score is None:
		return [_("No indicator has been scored yet.")]
	said = [
		_("The total is {0} of 100: grade {1} by the total alone.").format(
			plain(found.score), _(found.by_total)
		)
	]
	said += [
		_("The critical standard {0} ({1}) failed; a failed critical standard makes the grade D.").format(
			row.standard_code, row.standard
		)
		for row in found.failed
	]
	if not found.failed:
		said.append(boundary(found, scale))
	return said


def boundary(found: Result, scale: Scale) -> str:
	"""How far the next better grade is."""
	above = [("C", scale.c), ("B", scale.b), ("A", scale.a)]
	better = next(((name, low) for name, low in above if low > found.score), None)
	if not better:
		return _("There is no better grade.")
	missing = plain(flt(better[1] - found.score, 2))
	return _("{0} points are missing to grade {1}, which begins at {2}.").format(
		missing, _(better[0]), plain(better[1])
	)


def areas(answers: list, found: Result) -> list[dict]:
	"""One row an area of the tool."""
	return [area(code, list(rows), found) for code, rows in groupby(answers, lambda row: row.area_code or "")]


def area(code: str, rows: list, found: Result) -> dict:
	given = [row for row in rows if is_given(row)]
	weight = sum(flt(row.weight) for row in given)
	reached = sum(flt(row.weight) * share(row) for row in given)
	return {
		"code": code,
		"name": rows[0].area,
		"score": flt(100 * reached / weight, 1) if weight else None,
		"weight": flt(100 * weight / found.weight, 1) if found.weight else 0,
		"lost": flt(sum(found.lost.get(row.indicator_code, 0) for row in rows), 2),
	}


def losses(answers: list, found: Result) -> list[dict]:
	"""The indicators that cost most points, the dearest first."""
	costly = [row for row in answers if found.lost.get(row.indicator_code, 0) > 0]
	costly.sort(key=lambda row: (-found.lost[row.indicator_code], row.idx))
	return [
		{
			"code": row.indicator_code,
			"name": row.indicator,
			"score": cint(row.score),
			"score_max": cint(row.score_max),
			"lost": flt(found.lost[row.indicator_code], 2),
			"remark": row.remark or "",
		}
		for row in costly[:SHOWN_LOSSES]
	]


def plain(number: float) -> str:
	"""A number without zeros at its end."""
	return f"{flt(number, 2):g}"

"""How good an institution is, and what its checklist therefore says: a function of seed, institution and visit."""

from dataclasses import dataclass
from random import Random

import frappe
from frappe.utils import cint
from social_care.demo.generator.chance import choose, stream
from social_care.demo.generator.layout import Site
from social_care.demo.generator.nation import Nation

from social_care_inspections.demo import words
from social_care_inspections.inspections.visits.checklist import SAID, rows_of
from social_care_inspections.inspections.visits.scoring import Result, Scale, result

# Share of the highest score that an institution of each level reaches, with the number of such institutions in a hundred.
LEVELS = ((0.96, 20), (0.80, 40), (0.63, 28), (0.43, 12))
POOR = 0.5  # below it a critical standard fails often
FAILS_OFTEN, FAILS_SELDOM = 0.3, 0.03
DOES_NOT_APPLY = 0.02


@dataclass(frozen=True)
class Checklist:
	"""The answers of one visit, with what they come to."""

	tool: str
	answers: list[dict]
	found: Result


def quality(nation: Nation, site: Site) -> tuple[float, float]:
	"""(level, change from one visit to the next) of an institution, as shares of the highest score."""
	rng = stream(nation.settings.seed, "quality", site.index)
	return choose(rng, LEVELS) + rng.uniform(-0.04, 0.04), rng.gauss(0, 0.035)


def checklist(nation: Nation, site: Site, number: int, tool: str, half: bool = False) -> Checklist:
	"""The answers of visit `number` (from 1) by a version of a tool, or half of them, scored as a visit is scored."""
	rng = stream(nation.settings.seed, "checklist", site.index, number)
	level, change = quality(nation, site)
	level = min(max(level + change * (number - 2), 0.2), 0.98)
	answers = [frappe._dict(row) for row in rows_of(tool)]
	areas = {row.area_code: rng.uniform(-0.06, 0.06) for row in answers}
	for row in answers:
		answer(row, level + areas[row.area_code], rng)
	if rng.random() < (FAILS_OFTEN if level < POOR else FAILS_SELDOM):
		fail(answers, rng)
	for row in answers[len(answers) // 2 :] if half else ():
		row.update(dict.fromkeys(SAID), not_applicable=0, score="")
	return Checklist(tool, answers, result(answers, scale(tool)))


def answer(row: dict, level: float, rng: Random) -> None:
	"""Score of one indicator, with a remark where it is low; or it does not apply."""
	row.update({"score": "", "not_applicable": 0, "remark": None})
	if not row.is_critical and rng.random() < DOES_NOT_APPLY:
		row.update({"not_applicable": 1, "remark": words.NOT_APPLICABLE})
		return
	reached = round(cint(row.score_max) * (level + rng.gauss(0, 0.13)))
	set_score(row, min(max(reached, cint(row.score_min)), cint(row.score_max)))


def set_score(row: dict, score: int) -> None:
	remark = {0: words.ABSENT, 1: words.WEAK}.get(score)
	row.update({"score": str(score), "remark": remark})


def fail(answers: list[dict], rng: Random) -> None:
	"""One critical standard fails: all its indicators are scored zero."""
	standards = sorted({row.standard_code for row in answers if cint(row.is_critical)})
	if standards:
		failed = rng.choice(standards)
		for row in answers:
			if row.standard_code == failed:
				set_score(row, 0)


def scale(tool: str) -> Scale:
	return Scale.of(frappe.get_cached_doc("Assessment Tool", tool))

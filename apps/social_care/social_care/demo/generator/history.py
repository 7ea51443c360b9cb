"""When a household came into care and through which institutions it went, as dates without gap or overlap."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from social_care.demo.generator.people import Household
from social_care.demo.generator.plan import Plan

OLD_PHOTO = timedelta(days=400)
AUTHORITIES = ("مديرية التضامن الاجتماعي", "النيابة العامة", "محكمة الأسرة", "لجنة حماية الطفولة")


@dataclass(frozen=True)
class Stay:
	"""Days [begin, end) in one institution; `end` is None for the present one."""

	institution: int
	begin: date
	end: date | None


def stays(plan: Plan, household: Household, rng: Random) -> list[Stay]:
	"""The household's way through institutions, the last one being where it lives."""
	admission = _admission(plan, household, rng)
	moves = _moves(admission, plan.settings.as_of, rng)
	begins = [admission, *moves]
	ends = [*moves, None]
	earlier = [_other_institution(plan, household, rng) for _ in moves]
	if len(earlier) > 1 and earlier[0] == earlier[1]:
		begins, ends, earlier = [begins[0], begins[2]], [ends[1], None], earlier[:1]
	institutions = [*earlier, household.site.index]
	return [Stay(*parts) for parts in zip(institutions, begins, ends, strict=True)]


def _admission(plan: Plan, household: Household, rng: Random) -> date:
	"""A day after the birth of the youngest and some time ago; long ago for a child whose photograph is old."""
	youngest = max(human.birth for human in household.humans)
	is_old = any(human.defect == "old_photo" for human in household.humans)
	latest = plan.settings.as_of - (OLD_PHOTO + timedelta(days=10) if is_old else timedelta(days=30))
	span = (latest - youngest).days - 15
	return youngest + timedelta(days=15 + int(max(span, 0) * rng.betavariate(2, 2)))


def _moves(admission: date, as_of: date, rng: Random) -> list[date]:
	span = (as_of - admission).days
	count = rng.choices((0, 1, 2), (82, 14, 4))[0]
	if span < 200 or not count:
		return []
	section = (span - 60) // count
	return [
		admission + timedelta(days=30 + section * number + rng.randrange(section // 2))
		for number in range(count)
	]


def _other_institution(plan: Plan, household: Household, rng: Random) -> int:
	"""Another institution, nearby in the order of governorates, that takes children of this sex."""
	sites, here = plan.sites, household.site.index
	near = [sites[i] for i in range(max(here - 12, 0), min(here + 13, len(sites))) if i != here]
	fit = [site for site in near if site.sex in ("Any", household.site.sex) and site.kind.code != "CI-06"]
	return rng.choice(fit or near or [household.site]).index

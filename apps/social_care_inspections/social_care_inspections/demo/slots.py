"""Which visits the demonstration nation has: of each institution when, of what kind, and how far they have come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from random import Random

from social_care.demo.generator.chance import choose, stream
from social_care.demo.generator.layout import Site
from social_care.demo.generator.nation import Nation

from social_care_inspections.demo.quality import Checklist, checklist
from social_care_inspections.demo.rows import working
from social_care_inspections.inspections.visits import states
from social_care_inspections.inspections.visits.checklist import tool_for

FOLLOW_UP = "Follow-up of Recommendations"
PAST = (640, 430, 220)  # days back of the visits that are over, each give or take SPREAD
SPREAD, SKIPPED, NEVER = 30, 0.12, 0.03
OVERDUE = "Overdue"
# How far the present visit has come, with its share; the first institutions show one each.
NOW = (
	(states.PLANNED, 24),
	(OVERDUE, 9),
	(states.BEGUN, 3),
	(states.COMPLETED, 5),
	(states.REPORTED, 8),
	(states.ADMINISTRATION, 6),
	(states.DIRECTORATE, 7),
	(states.APPROVED, 35),
	(states.CANCELLED, 3),
)
# Days back of the day of the visit, in each state of the present one: (from, to); before today, days ahead are negative.
DAYS = {
	states.PLANNED: (-75, -4),
	OVERDUE: (4, 45),
	states.BEGUN: (1, 2),
	states.COMPLETED: (3, 10),
	states.REPORTED: (8, 13),
	states.ADMINISTRATION: (14, 20),
	states.DIRECTORATE: (22, 30),
	states.APPROVED: (45, 80),
	states.CANCELLED: (20, 60),
}
KINDS = (("Periodic", 5), (states.UNANNOUNCED, 3), ("Quality Evaluation", 4), ("Judicial Control", 1))


@dataclass(frozen=True)
class Slot:
	"""One visit: `number` counts those of an institution from 1, the present one is the last."""

	nation: Nation
	site: Site
	number: int
	state: str
	kind: str
	day: date
	present: bool = False

	@property
	def name(self) -> str:
		return f"IV-DEMO-{self.site.index + 1:04}-{self.number}"

	@property
	def made(self) -> bool:
		"""Whether it has taken place."""
		return self.state in states.MADE

	@property
	def unannounced(self) -> bool:
		return self.kind == states.UNANNOUNCED

	@cached_property
	def checklist(self) -> Checklist | None:
		"""What was answered, half of it while a visit is under way; None where none took place, or needs no checklist."""
		if self.kind not in states.SCORED or not (self.made or self.state == states.BEGUN):
			return None
		tool = tool_in_force(self.nation, self.site)
		return checklist(self.nation, self.site, self.number, tool, half=not self.made) if tool else None

	@property
	def grade(self) -> str:
		"""Of a visit that has taken place."""
		return self.checklist.found.grade if self.made and self.checklist else ""

	def stream(self, *names: object) -> Random:
		return stream(self.nation.settings.seed, "visit", self.name, *names)


def tool_in_force(nation: Nation, site: Site) -> str | None:
	"""The version that every visit of the campaign is made with."""
	return tool_for(site.kind.code, nation.settings.as_of)


def slots_of(nation: Nation, site: Site) -> list[Slot]:
	"""The visits to one institution, the earliest first."""
	rng, as_of = stream(nation.settings.seed, "visits", site.index), nation.settings.as_of
	shown = site.index < len(NOW)
	found: list[Slot] = []
	if shown or rng.random() >= NEVER:
		for back in PAST:
			if shown or rng.random() >= SKIPPED:
				day = working(as_of - timedelta(days=back + rng.randint(-SPREAD, SPREAD)))
				found += past(nation, site, len(found) + 1, day, rng)
	found.append(present(nation, site, len(found) + 1, rng))
	return found


def past(nation: Nation, site: Site, number: int, day: date, rng: Random) -> Iterator[Slot]:
	"""An approved visit; after a poor grade another one that looks at what was recommended."""
	visit = Slot(nation, site, number, states.APPROVED, choose(rng, KINDS[:3]), day)
	yield visit
	if visit.grade in ("C", "D") and rng.random() < 0.5:
		later = working(day + timedelta(days=rng.randint(45, 75)))
		yield Slot(nation, site, number + 1, states.APPROVED, FOLLOW_UP, later)


def present(nation: Nation, site: Site, number: int, rng: Random) -> Slot:
	"""The visit that is planned, under way, or was the last one."""
	state = NOW[site.index][0] if site.index < len(NOW) else choose(rng, NOW)
	first, last = DAYS[state]
	day = nation.settings.as_of - timedelta(days=rng.randint(first, last))
	kind = choose(rng, KINDS if state in (states.PLANNED, OVERDUE, states.CANCELLED) else KINDS[:3])
	day = day if state == states.BEGUN else working_before(day)
	return Slot(nation, site, number, states.PLANNED if state == OVERDUE else state, kind, day, True)


def working_before(day: date) -> date:
	"""The day, or the last one before it on which offices work."""
	while working(day) != day:
		day -= timedelta(days=1)
	return day

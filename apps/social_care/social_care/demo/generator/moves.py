"""Movements of children: transfers that were made, requests on their way, leaves and returns. All of it is fictional.

Open requests move nobody, so they change no count of the nation; a transfer that was carried out belongs to a stay that
is in the child's history anyway. The first institution of the nation and its neighbours, around which the users of all
roles stand, show every kind.
"""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from social_care.demo.generator.chance import stream
from social_care.demo.generator.history import Stay
from social_care.demo.generator.layout import Site
from social_care.demo.generator.move_rows import (
	asked,
	carried_out,
	closed,
	exit_row,
	leave,
	receiver,
	transfer,
)
from social_care.demo.generator.move_steps import Paper, age_on
from social_care.demo.generator.people import Household, Human
from social_care.demo.generator.records import REGISTRY_OPENED
from social_care.demo.generator.settings import NationSettings
from social_care.registry.moves import states

Row = tuple[str, dict]
OUT, BACK, LATE = "on leave", "back from leave", "late from leave"
LEAVING = "leaving care"
# Share of the children of whom each kind of row is made.
SHARES = (
	(states.DRAFT, 0.001),
	(states.APPROVAL, 0.003),
	(states.ACCEPTANCE, 0.005),
	(states.SCHEDULED, 0.002),
	(states.DECLINED, 0.002),
	(states.CANCELLED, 0.001),
	(states.EXPIRED, 0.001),
	("leave asked", 0.002),
	("leave ahead", 0.002),
	(OUT, 0.009),
	(LATE, 0.001),
	(BACK, 0.040),
)
# What the first institution shows: of its own children by their position, and of the first child of each neighbour.
HERE = {
	1: states.APPROVAL,
	3: OUT,
	4: states.ACCEPTANCE,
	6: LATE,
	8: states.DECLINED,
	9: BACK,
	10: states.SCHEDULED,
	12: "leave asked",
	15: states.DRAFT,
}
COMING = (states.ACCEPTANCE, states.SCHEDULED, states.ACCEPTANCE, states.DECLINED, states.EXPIRED)
NEIGHBOURS = 12


class Mover:
	"""Makes the Placement Changes of the children of one household."""

	def __init__(
		self, settings: NationSettings, sites: list[Site], household: Household, way: list[Stay]
	) -> None:
		self.settings, self.sites, self.household, self.way = settings, sites, household, way

	def rows(self, human: Human, child: dict, placements: list[dict]) -> Iterator[Row]:
		"""Rows of one child; notes in his file and his placements what the rows say of them."""
		rng = stream(self.settings.seed, "moves", human.place)
		for number, stay in enumerate(self.way[1:], 1):
			if stay.begin >= REGISTRY_OPENED + timedelta(days=30):
				yield from self.made(human, child, placements, number, rng)
		if kind := self.kind(human, rng):
			yield from self.open(kind, human, child, rng)

	def paper(self, human: Human, child: dict, number: int, rng: Random, site: Site) -> Paper:
		"""What a row about this child begins with; `site` is where he lives when it is written."""
		others = len(self.household.humans) - 1 + (human.defect == "siblings_apart")
		name = f"D{human.place:07}-{number}"
		return Paper(self.settings, name, child, site, rng, others)

	def made(
		self, human: Human, child: dict, placements: list[dict], number: int, rng: Random
	) -> Iterator[Row]:
		"""The transfer by which a stay began."""
		before, here = (self.sites[stay.institution] for stay in self.way[number - 1 : number + 1])
		paper = self.paper(human, child, number, rng, before)
		old, new = placements[number - 1], placements[number]
		new["placement_change"] = paper.code
		yield from carried_out(paper, here, old, new)

	def kind(self, human: Human, rng: Random) -> str | None:
		"""What is shown of this child, if anything."""
		site, chance = self.household.site, rng.random()
		position = human.place - site.first_place
		if site.index == 0 and position in HERE:
			return HERE[position]
		if self.comes_to_the_first(human):
			return COMING[(site.index - 1) % len(COMING)]
		if self.is_leaving(human):
			return LEAVING if chance < 0.15 else None
		for kind, share in SHARES:
			if chance < share:
				return kind
			chance -= share
		return None

	def comes_to_the_first(self, human: Human) -> bool:
		"""Whether the child is the one of its institution who is to come to the first institution of the nation."""
		site, first = self.household.site, self.sites[0]
		is_near = 0 < site.index <= NEIGHBOURS and site.governorate == first.governorate
		fits = first.kind.age_from <= age_on(human.birth, self.settings.as_of) < first.kind.age_to - 1
		return is_near and fits and human.place == site.first_place

	def is_leaving(self, human: Human) -> bool:
		"""Whether the time in care ends within weeks."""
		return self.household.site.kind.age_to == 18 and self.age_in(human, 60) >= 18

	def age_in(self, human: Human, days: int) -> int:
		return age_on(human.birth, self.settings.as_of + timedelta(days=days))

	def open(self, kind: str, human: Human, child: dict, rng: Random) -> Iterator[Row]:
		"""A request under way, or one that has come to nothing."""
		paper = self.paper(human, child, 9, rng, self.household.site)
		if kind == LEAVING:
			yield from exit_row(paper, states.APPROVAL if rng.random() < 0.6 else states.SCHEDULED)
			return
		if kind in (OUT, BACK, LATE, "leave asked", "leave ahead"):
			yield from self.away(kind, paper, child)
			return
		target = self.target(human, rng)
		if not target:
			return
		rows = closed if kind in states.CLOSED else asked
		yield from rows(transfer(paper, target), kind)

	def away(self, kind: str, paper: Paper, child: dict) -> Iterator[Row]:
		"""A leave: asked for, decided, begun, over, or not over in time."""
		as_of, rng = self.settings.as_of, paper.rng
		days = rng.choice((2, 3, 3, 5, 7, 7, 12))
		begin = as_of - timedelta(days=rng.randrange(min(days, 5)))
		status = states.ON_LEAVE
		if kind == LATE:
			begin = as_of - timedelta(days=days + rng.randrange(1, 4))
		elif kind == BACK:
			begin, status = as_of - timedelta(days=rng.randrange(20, 120)), states.CARRIED_OUT
		elif kind != OUT:
			begin = as_of + timedelta(days=rng.randrange(2, 9))
			status = states.APPROVAL if kind == "leave asked" else states.SCHEDULED
		if begin <= self.way[-1].begin:
			return
		row = leave(paper, status, begin, days)
		if status == states.ON_LEAVE:
			child["leave_due_back"] = row["due_back_on"]
		yield "Placement Change", row

	def target(self, human: Human, rng: Random) -> Site | None:
		"""An institution that takes a child of this age and sex and has room, nearby in the order of governorates."""
		if self.comes_to_the_first(human):
			return self.sites[0]
		return receiver(self.sites, self.household.site, human.sex, self.age_in(human, 0), rng)

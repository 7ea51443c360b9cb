"""Where the children of a closing institution could live: a proposal with the least way and the fewest changes of school.

Pure: it reads no database. Siblings are one group and go to one home or to none; a home never gets more children than it has
free places. First as many children as possible are placed, then the sum of distances and penalties is made smallest.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from social_care_inspections.inspections.closings.distance import Point, kilometres

TOGETHER, KIND, SEX, AGE, DISTANCE = "Together", "Kind", "Sex", "Age", "Distance"
ROOM, TAKEN, STOPPED = "Room", "Taken", "Stopped"
OPTIMAL, FEASIBLE, UNPROVEN = "Optimal", "Feasible", "Unproven"
TENTHS = 10  # costs are whole tenths of a kilometre


@dataclass(frozen=True)
class Resident:
	"""A child to place. `group` is shared by siblings; `special`: needs a home for children with disabilities; `only`: the home
	that was chosen for a brother or sister."""

	code: str
	sex: str
	age: int
	group: str
	point: Point
	in_school: bool = False
	special: bool = False
	only: str = ""


@dataclass(frozen=True)
class Home:
	"""An institution that takes children, with its free `places`. `sex`: Male, Female, or both."""

	code: str
	places: int
	point: Point
	sex: str = "Any"
	age_from: int = 0
	age_to: int = 99
	general: bool = True
	special: bool = False
	small: bool = False


@dataclass(frozen=True)
class Weights:
	"""Kilometres that count: for a change of school, for a small home (less), within reach of the school, at most (0: no limit)."""

	school_km: float = 50
	small_home_km: float = 20
	reach_km: float = 10
	most_km: float = 0


@dataclass
class Proposal:
	"""`homes` by child; `unplaced` by child: the rule that leaves no home. `proof`: Optimal, Feasible (perhaps not the shortest
	way), Unproven (perhaps more children could be placed). `kilometres` and `school_changes` are sums over the placed."""

	homes: dict[str, str] = field(default_factory=dict)
	unplaced: dict[str, str] = field(default_factory=dict)
	proof: str = OPTIMAL
	kilometres: float = 0
	school_changes: int = 0
	objective: int = 0
	seconds: float = 0


Group = tuple[Resident, ...]
Costs = tuple[tuple[int, int], ...]  # (home's index, cost of the whole group there), of homes that fit


def groups_of(residents: list[Resident]) -> list[Group]:
	"""Siblings together, in the order of their codes."""
	found = defaultdict(list)
	for row in sorted(residents, key=lambda row: row.code):
		found[row.group].append(row)
	return [tuple(rows) for _name, rows in sorted(found.items())]


def rules(weights: Weights) -> dict[str, Callable[[Group, Home], bool]]:
	"""What a home has to be for a group, in the order in which it is asked."""
	return {
		TOGETHER: lambda group, home: all(row.only in ("", home.code) for row in group),
		KIND: lambda group, home: all(home.special if row.special else home.general for row in group),
		SEX: lambda group, home: (
			home.sex not in ("Male", "Female") or all(row.sex == home.sex for row in group)
		),
		AGE: lambda group, home: all(home.age_from <= row.age <= home.age_to for row in group),
		DISTANCE: lambda group, home: (
			not weights.most_km or all(away(row, home) <= weights.most_km for row in group)
		),
		ROOM: lambda group, home: home.places >= len(group),
	}


def away(row: Resident, home: Home) -> float:
	return kilometres(row.point, home.point)


def changes_school(row: Resident, home: Home, weights: Weights) -> bool:
	"""A pupil keeps the school where the new home lies within reach of the present one."""
	return row.in_school and away(row, home) > weights.reach_km


def cost(group: Group, home: Home, weights: Weights) -> int:
	"""Tenths of kilometres of a whole group in a home; never negative."""
	total = 0.0
	for row in group:
		total += away(row, home) + (weights.school_km if changes_school(row, home, weights) else 0)
		total += 0 if home.small else weights.small_home_km
	return round(total * TENTHS)


def costs_of(groups: list[Group], homes: list[Home], weights: Weights) -> list[Costs]:
	"""For each group the homes that fit and what they cost; groups of the same profile are reckoned once."""
	asked, known = list(rules(weights).values()), {}
	for group in groups:
		key = profile(group)
		if key not in known:
			known[key] = tuple(
				(number, cost(group, home, weights))
				for number, home in enumerate(homes)
				if all(rule(group, home) for rule in asked)
			)
	return [known[profile(group)] for group in groups]


def profile(group: Group) -> tuple:
	"""What of a group decides on its homes."""
	return tuple(sorted((row.sex, row.age, row.point, row.in_school, row.special, row.only) for row in group))


def blocking_rule(group: Group, homes: list[Home], weights: Weights) -> str:
	"""The rule that left no home of those which the rules before it had left."""
	left = homes
	if not homes:
		return KIND
	for name, rule in rules(weights).items():
		left = [home for home in left if rule(group, home)]
		if not left:
			return name
	return TAKEN


def solve(
	residents: list[Resident],
	homes: list[Home],
	weights: Weights | None = None,
	seconds: float = 60,
) -> Proposal:
	"""Propose a home for each child. `seconds` bounds the search for a shorter way; what could not be proven is said."""
	from social_care_inspections.inspections.closings import search

	began, weights = monotonic(), weights or Weights()
	groups = groups_of(residents)
	costs = costs_of(groups, homes, weights)
	found = search.assign([len(group) for group in groups], costs, [home.places for home in homes], seconds)
	proposal = Proposal(proof=found.proof)
	for group, choice in zip(groups, found.choices, strict=True):
		_enter(proposal, group, homes[choice] if choice is not None else None, homes, weights)
	proposal.seconds = round(monotonic() - began, 3)
	return proposal


def _enter(proposal: Proposal, group: Group, home: Home | None, homes: list[Home], weights: Weights) -> None:
	if home is None:
		rule = blocking_rule(group, homes, weights)
		if rule == TAKEN and proposal.proof == UNPROVEN:
			rule = STOPPED  # perhaps there is a place: the search was too short to know
		proposal.unplaced |= dict.fromkeys((row.code for row in group), rule)
		return
	proposal.homes |= dict.fromkeys((row.code for row in group), home.code)
	proposal.kilometres = round(proposal.kilometres + sum(away(row, home) for row in group), 3)
	proposal.school_changes += sum(changes_school(row, home, weights) for row in group)
	proposal.objective += cost(group, home, weights)


def faults(proposal: Proposal, residents: list[Resident], homes: list[Home]) -> dict[str, int]:
	"""What a plan breaks: {separated: groups of siblings in several homes, over_capacity: children without a place}."""
	places = {home.code: home.places for home in homes}
	by_group = defaultdict(set)
	for row in residents:
		by_group[row.group].add(proposal.homes.get(row.code))
	living = Counter(proposal.homes.values())
	return {
		"separated": sum(len(homes_of) > 1 for homes_of in by_group.values()),
		"over_capacity": sum(max(number - places[code], 0) for code, number in living.items()),
	}

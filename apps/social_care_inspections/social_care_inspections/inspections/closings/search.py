"""Groups of known size to places of known number, by OR-tools (integer programming, SCIP).

Groups of one size with the same homes at the same costs are alike: what is decided is how many of them go to each home, which
makes the search small without losing anything.
"""

from collections import defaultdict
from dataclasses import dataclass
from time import monotonic

from social_care_inspections.inspections.closings.solver import FEASIBLE, OPTIMAL, UNPROVEN, Costs

LEAST_SECONDS = 1.0
MILLISECONDS = 1000


@dataclass
class Assignment:
	"""`choices`: the home's index of each group, None where there is none."""

	choices: list[int | None]
	proof: str


@dataclass
class Kind:
	"""Groups that are alike."""

	size: int
	costs: Costs
	members: list[int]


def kinds_of(sizes: list[int], costs: list[Costs]) -> list[Kind]:
	found: dict[tuple, Kind] = {}
	for number, (size, of_group) in enumerate(zip(sizes, costs, strict=True)):
		found.setdefault((size, of_group), Kind(size, of_group, [])).members.append(number)
	return list(found.values())


def assign(sizes: list[int], costs: list[Costs], places: list[int], seconds: float) -> Assignment:
	"""First the most children, then the least cost among the plans that place so many."""
	kinds, began = kinds_of(sizes, costs), monotonic()
	model = Model(kinds, places)
	proven = model.fewest_unplaced(seconds)
	left = max(seconds - (monotonic() - began), LEAST_SECONDS)
	shortest = model.least_cost(left)
	proof = UNPROVEN if not proven else OPTIMAL if shortest else FEASIBLE
	return Assignment(model.choices(len(sizes)), proof)


class Model:
	"""How many groups of each kind go to each home."""

	def __init__(self, kinds: list[Kind], places: list[int]) -> None:
		from ortools.linear_solver import pywraplp  # heavy: loaded by the job that searches

		self.pywraplp, self.kinds = pywraplp, kinds
		self.solver = pywraplp.Solver.CreateSolver("SCIP")
		self.rest = [self.solver.IntVar(0, len(kind.members), "") for kind in kinds]
		self.counts: list[dict] = []
		self.chosen: list[dict[int, int]] = [{} for _kind in kinds]
		self.left = sum(kind.size * len(kind.members) for kind in kinds)
		load = defaultdict(list)
		for kind, rest in zip(kinds, self.rest, strict=True):
			self.counts.append(self._counts(kind, rest, places, load))
		for home, rows in load.items():
			self._at_most(rows, places[home])

	def _counts(self, kind: Kind, rest, places: list[int], load: dict) -> dict:
		whole = self.solver.Constraint(len(kind.members), len(kind.members))
		whole.SetCoefficient(rest, 1)
		found = {}
		for home, _cost in kind.costs:
			found[home] = self.solver.IntVar(0, min(len(kind.members), places[home] // kind.size), "")
			whole.SetCoefficient(found[home], 1)
			load[home].append((found[home], kind.size))
		return found

	def _at_most(self, rows: list[tuple], number: int):
		limit = self.solver.Constraint(0, number)
		for variable, size in rows:
			limit.SetCoefficient(variable, size)
		return limit

	def fewest_unplaced(self, seconds: float) -> bool:
		"""Whether it is proven that no plan leaves fewer children."""
		return self._minimise(self._children_left(), seconds)

	def least_cost(self, seconds: float) -> bool:
		"""Whether it is proven that no plan with so few unplaced children costs less."""
		self._at_most(self._children_left(), self.left)
		rows = []
		for kind, counts in zip(self.kinds, self.counts, strict=True):
			rows += [(counts[home], cost) for home, cost in kind.costs]
		return self._minimise(rows, seconds)

	def _children_left(self) -> list[tuple]:
		return [(rest, kind.size) for kind, rest in zip(self.kinds, self.rest, strict=True)]

	def _minimise(self, rows: list[tuple], seconds: float) -> bool:
		objective = self.solver.Objective()
		objective.Clear()
		for variable, weight in rows:
			objective.SetCoefficient(variable, weight)
		objective.SetMinimization()
		self.solver.SetTimeLimit(round(seconds * MILLISECONDS))
		parameters = self.pywraplp.MPSolverParameters()
		parameters.SetDoubleParam(parameters.RELATIVE_MIP_GAP, 0.0)
		status = self.solver.Solve(parameters)
		if status in (self.pywraplp.Solver.OPTIMAL, self.pywraplp.Solver.FEASIBLE):
			self._remember()
		return status == self.pywraplp.Solver.OPTIMAL

	def _remember(self) -> None:
		"""The best plan so far."""
		self.chosen = [
			{home: round(variable.solution_value()) for home, variable in counts.items()}
			for counts in self.counts
		]
		left = [round(rest.solution_value()) for rest in self.rest]
		self.left = sum(kind.size * number for kind, number in zip(self.kinds, left, strict=True))

	def choices(self, number: int) -> list[int | None]:
		"""Homes of the single groups: members of a kind are given in order of the homes."""
		found: list[int | None] = [None] * number
		for kind, chosen in zip(self.kinds, self.chosen, strict=True):
			homes = [home for home in sorted(chosen) for _one in range(chosen[home])]
			for member, home in zip(kind.members, homes, strict=False):
				found[member] = home
		return found

"""The search for places: the best plan, siblings together, no home over its places, and the rule that leaves somebody out."""

import itertools
import random
import unittest

from social_care_inspections.inspections.closings import solver
from social_care_inspections.inspections.closings.distance import Point, kilometres
from social_care_inspections.inspections.closings.solver import Home, Resident, Weights, faults, solve

ORIGIN = Point(30.0, 31.0)
NEUTRAL = Weights(school_km=50, small_home_km=0, reach_km=10)


def north(km: float) -> Point:
	"""A point so many kilometres north of the origin."""
	return Point(30.0 + km / 111.195, 31.0)


def boy(code: str, group: str = "", **values) -> Resident:
	return Resident(code, **({"sex": "Male", "age": 10, "group": group or code, "point": ORIGIN} | values))


class TestDistance(unittest.TestCase):
	def test_along_the_great_circle(self) -> None:
		cairo, alexandria = Point(30.0444, 31.2357), Point(31.2001, 29.9187)
		self.assertAlmostEqual(kilometres(cairo, alexandria), 179.6, delta=0.5)
		self.assertAlmostEqual(kilometres(ORIGIN, north(7)), 7, delta=0.01)

	def test_without_coordinates_the_governorate_tells_near_from_far(self) -> None:
		here, same, other = (Point(governorate=code) for code in ("01", "01", "02"))
		self.assertLess(kilometres(here, same), kilometres(here, other))


class TestRules(unittest.TestCase):
	def left_out(self, residents: list[Resident], homes: list[Home], weights: Weights = NEUTRAL) -> set[str]:
		"""Rules that leave children without a home."""
		return set(solve(residents, homes, weights).unplaced.values())

	def test_the_rule_that_leaves_no_home_is_named(self) -> None:
		cases = {
			solver.KIND: ([boy("A", special=True)], Home("H", 5, ORIGIN)),
			solver.SEX: ([boy("A")], Home("H", 5, ORIGIN, "Female")),
			solver.AGE: ([boy("A")], Home("H", 5, ORIGIN, age_from=12)),
			solver.ROOM: ([boy("A", "g"), boy("B", "g")], Home("H", 1, ORIGIN)),
			solver.TAKEN: ([boy("A"), boy("B")], Home("H", 1, ORIGIN)),
			solver.TOGETHER: ([boy("A", only="X")], Home("H", 5, ORIGIN)),
		}
		for rule, (residents, home) in cases.items():
			self.assertEqual(self.left_out(residents, [home]), {rule}, rule)

	def test_not_too_far(self) -> None:
		far = Home("H", 5, north(60))
		self.assertEqual(self.left_out([boy("A")], [far], Weights(most_km=50)), {solver.DISTANCE})
		self.assertEqual(self.left_out([boy("A")], [far], Weights(most_km=70)), set())

	def test_as_many_as_possible_before_the_shortest_way(self) -> None:
		"""The child who can only go near has the near place, although the other would be nearer there."""
		near, far = Home("N", 1, north(1)), Home("F", 1, north(40), age_from=8)
		found = solve([boy("A", age=9), boy("B", age=3)], [near, far], NEUTRAL)
		self.assertEqual((found.homes, found.unplaced), ({"A": "F", "B": "N"}, {}))

	def test_a_school_is_worth_a_longer_way_for_another_child(self) -> None:
		near, far = Home("N", 1, north(9)), Home("F", 1, north(12))
		found = solve([boy("A"), boy("B", in_school=True)], [near, far], NEUTRAL)
		self.assertEqual((found.homes, found.school_changes), ({"A": "F", "B": "N"}, 0))

	def test_a_small_home_is_preferred_within_its_kilometres(self) -> None:
		homes = [Home("N", 1, north(5)), Home("S", 1, north(20), small=True)]
		self.assertEqual(solve([boy("A")], homes, Weights(small_home_km=20)).homes["A"], "S")
		self.assertEqual(solve([boy("A")], homes, Weights(small_home_km=10)).homes["A"], "N")


class TestBest(unittest.TestCase):
	def world(self, seed: int) -> tuple[list[Resident], list[Home]]:
		chance = random.Random(seed)
		residents = [
			boy(
				f"C{number}",
				f"G{chance.randrange(4)}",
				age=chance.randint(3, 17),
				in_school=chance.random() < 0.5,
			)
			for number in range(6)
		]
		homes = [
			Home(
				f"H{number}",
				chance.randint(0, 3),
				north(chance.uniform(1, 90)),
				age_from=chance.choice((0, 0, 6)),
			)
			for number in range(4)
		]
		return residents, homes

	def best(self, residents: list[Resident], homes: list[Home]) -> tuple[int, int]:
		"""(unplaced, cost) by trying everything."""
		groups = solver.groups_of(residents)
		asked, found = list(solver.rules(NEUTRAL).values()), []
		for choice in itertools.product([*homes, None], repeat=len(groups)):
			pairs = list(zip(groups, choice, strict=True))
			room = all(sum(len(group) for group, home in pairs if home is one) <= one.places for one in homes)
			fits = all(home is None or all(rule(group, home) for rule in asked) for group, home in pairs)
			if room and fits:
				left = sum(len(group) for group, home in pairs if home is None)
				found.append((left, sum(solver.cost(group, home, NEUTRAL) for group, home in pairs if home)))
		return min(found)

	def test_no_plan_is_better(self) -> None:
		for seed in range(25):
			residents, homes = self.world(seed)
			plan = solve(residents, homes, NEUTRAL)
			self.assertEqual(plan.proof, solver.OPTIMAL)
			self.assertEqual((len(plan.unplaced), plan.objective), self.best(residents, homes), seed)
			self.assertEqual(faults(plan, residents, homes), {"separated": 0, "over_capacity": 0})

	def test_nobody_is_lost_and_the_same_input_gives_the_same_cost(self) -> None:
		residents, homes = self.world(3)
		one, other = solve(residents, homes, NEUTRAL), solve(list(reversed(residents)), homes, NEUTRAL)
		self.assertEqual({*one.homes, *one.unplaced}, {row.code for row in residents})
		self.assertEqual(one.objective, other.objective)

	def test_nothing_to_do(self) -> None:
		self.assertEqual(solve([], [Home("H", 1, ORIGIN)]).homes, {})
		self.assertEqual(set(solve([boy("A")], []).unplaced.values()), {solver.KIND})


class TestStopped(unittest.TestCase):
	def test_a_search_without_time_says_that_nothing_is_proven(self) -> None:
		"""What it could not prove is never shown as impossible."""
		chance = random.Random(5)
		homes = [
			Home(
				f"H{number}",
				chance.randint(1, 3),
				north(chance.uniform(1, 300)),
				age_to=chance.randint(8, 18),
			)
			for number in range(200)
		]
		residents = [
			boy(
				f"C{number}",
				f"G{number // 2}",
				age=chance.randint(3, 17),
				point=north(chance.uniform(1, 300)),
			)
			for number in range(300)
		]
		found = solve(residents, homes, NEUTRAL, seconds=0.001)
		self.assertIn(found.proof, (solver.UNPROVEN, solver.FEASIBLE))
		self.assertEqual(faults(found, residents, homes), {"separated": 0, "over_capacity": 0})
		self.assertFalse(found.proof == solver.UNPROVEN and solver.TAKEN in found.unplaced.values())

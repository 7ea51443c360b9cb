"""Re-placement of the children of closing institutions: OR-tools' plan beside a greedy one in the same run.

	env/bin/python benchmarks/closing_plan.py [--seed N] [--seconds LIMIT] [--site SITE]

40 children of one institution, and 500 children of twelve, each against 465 institutions, once more with fewer places than children;
a third of the children has siblings.
With a site: the closings of its demonstration nation whose children are being placed, read as the search reads them; nothing is written.
The greedy plan gives each group of siblings, the largest first, the cheapest home that still has room for all of it.
"""

import argparse
import os
import random
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from time import monotonic

sys.path.insert(0, str(Path(__file__).parents[1] / "apps" / "social_care_inspections"))

from social_care_inspections.inspections.closings import solver
from social_care_inspections.inspections.closings.distance import Point

# Centres of population with their share of the institutions (degrees north, east).
CENTRES = (
	(30.04, 31.24, 40), (30.01, 31.13, 25), (31.20, 29.92, 15), (30.79, 31.00, 8), (31.04, 31.38, 8),
	(30.59, 31.50, 8), (29.07, 31.10, 5), (28.11, 30.75, 8), (27.18, 31.18, 8), (26.56, 31.69, 6),
	(25.69, 32.64, 4), (24.09, 32.90, 4),
)  # fmt: skip
SIZES = (1, 1, 1, 1, 2, 2, 3)


def point(chance: random.Random) -> Point:
	north, east, _share = chance.choices(CENTRES, [row[2] for row in CENTRES])[0]
	return Point(round(north + chance.gauss(0, 0.12), 4), round(east + chance.gauss(0, 0.12), 4))


PLENTY, SCARCE = (0, 0, 1, 1, 2, 3, 4, 6), (0, 0, 0, 0, 0, 1, 2, 4)


def homes(chance: random.Random, number: int, free_places: tuple[int, ...] = PLENTY) -> list[solver.Home]:
	"""Some for boys, some for girls, some for both; one in ten small, one in twelve for children with disabilities."""
	found = []
	for index in range(number):
		small, special = index % 10 == 0, index % 12 == 5
		lowest = chance.choice((0, 0, 2, 6))
		ages = {"age_from": lowest, "age_to": chance.choice((12, 18, 18, 18))}
		free = chance.choice(free_places)
		sex = "Any" if small else chance.choice(("Male", "Female", "Any"))
		kind = {"small": small, "special": special or small, "general": not special}
		found.append(solver.Home(f"H{index:03}", free, point(chance), sex, **ages, **kind))
	return found


def residents(chance: random.Random, number: int, origins: int) -> list[solver.Resident]:
	places, found, group = [point(chance) for _number in range(origins)], [], 0
	while len(found) < number:
		group += 1
		size = min(chance.choice(SIZES), number - len(found))
		where = chance.choice(places)
		for _member in range(size):
			age, code = chance.randint(3, 17), f"C{len(found):04}"
			values = {"in_school": age >= 6, "special": size == 1 and chance.random() < 0.08}
			sex = chance.choice(("Male", "Female"))
			found.append(solver.Resident(code, sex, age, f"G{group:04}", where, **values))
	return found


def greedy(
	rows: list[solver.Resident], places: list[solver.Home], weights: solver.Weights
) -> solver.Proposal:
	"""The largest groups first, each to the cheapest home with room left."""
	began, plan = monotonic(), solver.Proposal(proof="Greedy")
	groups = sorted(solver.groups_of(rows), key=lambda group: (-len(group), group[0].group))
	left = [home.places for home in places]
	for group, costs in zip(groups, solver.costs_of(groups, places, weights), strict=True):
		free = [(cost, number) for number, cost in costs if left[number] >= len(group)]
		choice = min(free)[1] if free else None
		if choice is not None:
			left[choice] -= len(group)
		solver._enter(plan, group, places[choice] if choice is not None else None, places, weights)
	return replace(plan, seconds=round(monotonic() - began, 3))


def show(name: str, plan: solver.Proposal, rows: list[solver.Resident], places: list[solver.Home]) -> None:
	broken = solver.faults(plan, rows, places)
	reasons = dict(Counter(plan.unplaced.values()))
	print(
		f"  {name:9} placed {len(plan.homes):4}  unplaced {len(plan.unplaced):3} {reasons or ''}  km {plan.kilometres:9.1f}"
		f"  school changes {plan.school_changes:4}  objective {plan.objective:7}  separated {broken['separated']}"
		f"  over capacity {broken['over_capacity']}  {plan.seconds:6.2f} s  {plan.proof}"
	)


def of_site(site: str, seconds: float) -> None:
	"""Both plans for each closing of the site that places its children."""
	import frappe

	os.chdir(Path(__file__).resolve().parents[1] / "sites")  # the framework writes its logs beside it
	frappe.init(site=site, sites_path=".")
	frappe.connect()
	from social_care_inspections.inspections.closings import facts, rows, states
	from social_care_inspections.inspections.closings.settings import weights

	fields = ["name", "institution", "institution_name"]
	for case in frappe.get_all(states.CLOSING, {"status": states.PLACING}, fields, order_by="name asc"):
		began = monotonic()
		drafts = rows.rows_of(case.name, status=states.DRAFT)
		children, places = facts.residents(drafts), facts.homes(case.name, case.institution)
		read = monotonic() - began
		together = sum(row.siblings_here > 0 for row in drafts)
		print(
			f"{case.name}: {len(children)} children, {together} of them with siblings there,"
			f" {len(places)} institutions with {sum(home.places for home in places)} free places, read in {read:.2f} s"
		)
		show("greedy", greedy(children, places, weights()), children, places)
		show("OR-tools", solver.solve(children, places, weights(), seconds), children, places)


def main() -> None:
	parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
	parser.add_argument("--seed", type=int, default=1)
	parser.add_argument("--seconds", type=float, default=60)
	parser.add_argument("--site")
	options, weights = parser.parse_args(), solver.Weights()
	if options.site:
		of_site(options.site, options.seconds)
	else:
		of_seed(options.seed, options.seconds, weights)


def of_seed(seed: int, seconds: float, weights: solver.Weights) -> None:
	"""Both plans for children and institutions that are drawn."""
	for number, origins, free_places in ((40, 1, PLENTY), (500, 12, PLENTY), (500, 12, SCARCE)):
		chance = random.Random(f"{seed}-{number}")
		places, rows = homes(chance, 465, free_places), residents(chance, number, origins)
		room = sum(home.places for home in places)
		print(f"{number} children of {origins}, {len(places)} institutions with {room} free places")
		show("greedy", greedy(rows, places, weights), rows, places)
		show("OR-tools", solver.solve(rows, places, weights, seconds), rows, places)


if __name__ == "__main__":
	main()

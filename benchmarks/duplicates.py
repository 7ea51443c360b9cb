"""How many of planted duplicates the registry finds, how many it finds besides, and how long it takes beside plain Splink.

	env/bin/python benchmarks/duplicates.py [--people 100000] [--copies 5000] [--seed 2026] [--rounds 3] [--train]

The people are the demonstration nation's; copies carry mistakes of real registers, twins and namesakes are planted beside
them (`arabic_errors.py`). The weights were learnt on another nation (`--train` learns and keeps them anew). Plain Splink gets
the same columns as written and its own comparisons, with the same pairs to compare where its columns allow.
"""

import argparse
import json
import resource
import sys
import time
from collections import Counter
from itertools import combinations
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "apps" / "social_care"), str(ROOT / "apps" / "frappe"), str(ROOT / "benchmarks")]
TRAINED_ON = {"children": 60_000, "seed": 7, "copies": 3000}
TESTED_ON = 2026
CLOCKS = ("processor", "seconds")
PLAIN_RULES = (
	("national_number",),
	("birth_date", "first_name"),
	("birth_date", "mother_full_name"),
	("first_name", "father_name", "grandfather_name", "family_name"),
	("birth_date", "father_name", "grandfather_name", "family_name"),
)


def main() -> None:
	parser = argparse.ArgumentParser(
		description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
	)
	parser.add_argument("--people", type=int, default=100_000)
	parser.add_argument("--copies", type=int, default=5000)
	parser.add_argument("--seed", type=int, default=TESTED_ON)
	parser.add_argument(
		"--rounds", type=int, default=3, help="each search so many times by turns; the middle one is told"
	)
	parser.add_argument("--train", action="store_true")
	parser.add_argument("--show", type=int, default=0, help="print so many missed and wrong pairs")
	options = parser.parse_args()
	if options.train:
		learn()
	rows = nation(options.people, options.seed, options.copies)
	searches = {
		"registry": by_registry,
		"registry in parts": in_parts,
		"plain Splink": plain_splink(rows),
	}
	by_registry(rows[:1000])  # libraries are loaded before the clock runs
	true = true_pairs(rows)
	print(f"{len(rows):,} people, {len(true):,} pairs of one human")
	rounds = [
		{name: measured(search, rows) for name, search in searches.items()} for _each in range(options.rounds)
	]
	for name in searches:
		print(json.dumps({"search": name, **quality(rounds[0][name]["pairs"], true), **middle(rounds, name)}))
	for name in tuple(searches)[:2]:
		beside = [
			median(each[name][clock] / each["plain Splink"][clock] for each in rounds) for clock in CLOCKS
		]
		print(f"{name} beside plain Splink: {beside[0]:.2f}x of the processor, {beside[1]:.2f}x of the clock")
	print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
	show(rows, rounds[0]["registry"]["pairs"], true, options.show)


def nation(children: int, seed: int, copies: int) -> list[dict]:
	"""People with planted copies, always the same."""
	from arabic_errors import people, planted

	return planted(list(people(children, seed)), copies, seed)


def learn() -> None:
	"""Weights from another nation, unsupervised."""
	from social_care.registry.matching import columns, training

	rows = nation(TRAINED_ON["children"], TRAINED_ON["seed"], TRAINED_ON["copies"])
	training.keep(training.train(columns.as_table(rows)))


def measured(search, rows: list[dict]) -> dict:
	"""Pairs of a search with seconds of the processor and of the clock, folding and loading included."""
	begin, worked = time.perf_counter(), time.process_time()
	pairs = search(rows)
	return {"pairs": pairs, "processor": time.process_time() - worked, "seconds": time.perf_counter() - begin}


def middle(rounds: list[dict], name: str) -> dict[str, float]:
	"""Seconds of the middle round."""
	return {clock: round(median(each[name][clock] for each in rounds), 2) for clock in CLOCKS}


def by_registry(rows: list[dict]) -> dict[frozenset, float]:
	"""The whole table at once, with the registry's columns, levels and weights."""
	from social_care.registry.matching import columns, search

	return by_pair(search.pairs(columns.as_table(rows), search.LEAST_WEIGHT))


def in_parts(rows: list[dict]) -> dict[frozenset, float]:
	"""As the background search does it: chunks of rows as the database gives them, then part by part."""
	import pyarrow as pa
	from social_care.registry.matching import columns, run, search

	given = [[row[name] for name in columns.READ] for row in rows]
	chunks = (given[at : at + columns.CHUNK] for at in range(0, len(given), columns.CHUNK))
	people = pa.concat_tables(columns.table_of(zip(*chunk, strict=True)) for chunk in chunks)
	parts = -(-len(people) // run.PEOPLE_IN_PART)
	found: dict[frozenset, float] = {}
	for part in range(1, parts + 1):
		found |= by_pair(search.pairs(people, search.LEAST_WEIGHT, (part, parts)))
	return found


def by_pair(found: list[tuple]) -> dict[frozenset, float]:
	"""Weights of pairs."""
	return {frozenset((one, other)): weight for one, other, weight, *_levels in found}


def plain_splink(rows: list[dict]):
	"""A search by Splink as its tutorial has it: untouched columns, its own comparisons, trained (untimed) on the same people."""
	import pyarrow as pa
	from social_care.registry.matching import columns, engine
	from splink import Linker

	table = pa.Table.from_pylist([{key: row[key] or None for key in columns.READ} for row in rows])
	trained = train_plain(Linker(engine.api().register(table), plain_settings(), log_level=None))

	def search(again: list[dict]) -> dict[frozenset, float]:
		given = pa.Table.from_pylist([{key: row[key] or None for key in columns.READ} for row in again])
		linker = Linker(engine.api().register(given), trained, log_level=None)
		found = linker.inference.predict(threshold_match_weight=least_weight()).as_record_list()
		return {frozenset((row["name_l"], row["name_r"])): row["match_weight"] for row in found}

	return search


def least_weight() -> float:
	from social_care.registry.matching import search

	return search.LEAST_WEIGHT


def plain_settings():
	import splink.comparison_library as cl
	from social_care.registry.matching import columns
	from splink import SettingsCreator, block_on

	names = [cl.JaroWinklerAtThresholds(part, [0.92, 0.8]) for part in columns.READ[1:5]]
	return SettingsCreator(
		link_type="dedupe_only",
		unique_id_column_name="name",
		comparisons=[
			*names,
			cl.DateOfBirthComparison("birth_date", input_is_string=True),
			cl.DamerauLevenshteinAtThresholds("national_number", [1, 2]),
			cl.JaroWinklerAtThresholds("mother_full_name", [0.92, 0.8]),
			cl.ExactMatch("sex"),
		],
		blocking_rules_to_generate_predictions=[block_on(*rule) for rule in PLAIN_RULES],
	)


def train_plain(linker) -> dict:
	from splink import block_on

	linker.training.estimate_probability_two_random_records_match([block_on("national_number")], recall=0.6)
	linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
	for rule in PLAIN_RULES[:2]:
		linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
	return linker.misc.save_model_to_json()


def true_pairs(rows: list[dict]) -> set[frozenset]:
	"""Every two rows of one human."""
	groups: dict = {}
	for row in rows:
		groups.setdefault(row["truth"], []).append(row["name"])
	return {frozenset(pair) for names in groups.values() for pair in combinations(names, 2)}


def quality(found: dict, true: set[frozenset]) -> dict:
	"""Precision, recall and F1."""
	right = len(found.keys() & true)
	precision, recall = right / max(len(found), 1), right / len(true)
	f1 = 2 * precision * recall / max(precision + recall, 1e-9)
	return {
		"found": len(found),
		"precision": round(precision, 4),
		"recall": round(recall, 4),
		"F1": round(f1, 4),
	}


def show(rows: list[dict], found: dict, true: set[frozenset], most: int) -> None:
	"""Some pairs that were missed or wrong, side by side."""
	known = {row["name"]: row for row in rows}
	wrong = Counter("".join(sorted(name[0] for name in pair)) for pair in found.keys() - true)
	print("wrong pairs by kind (P people, C copies, T twins, N namesakes):", dict(wrong)) if most else None
	for title, pairs in (("missed", true - found.keys()), ("wrong", found.keys() - true)):
		for pair in sorted(pairs, key=sorted)[:most]:
			print(title, found.get(pair), *(list(known[name].values()) for name in pair), sep="\n   ")


if __name__ == "__main__":
	main()

"""How fast the demonstration nation is made, in how much memory, and how fast it is loaded.

	env/bin/python benchmarks/nation.py 1000 100000 1000000        generation, each size in a process of its own
	env/bin/python benchmarks/nation.py 1000 10000 --site SITE     and loading into a site that holds no nation

Generated rows are written as CSV lines to nowhere, so that turning them into text is part of the measure.
"""

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SITES = ROOT / "sites"
CHILDREN_IN_INSTITUTION = 7869 / 465
AS_OF = date(2026, 11, 21)
COLUMNS = (
	"persons",
	"institutions",
	"rows",
	"MB of CSV",
	"seconds",
	"CPU s",
	"persons/s",
	"rows/s",
	"peak MB",
)


class Nowhere:
	"""A text file that only counts."""

	def __init__(self) -> None:
		self.size = 0

	def write(self, text: str) -> None:
		"""Count the bytes of `text`."""
		self.size += len(text.encode())


def settings(persons: int):
	"""Settings of a nation of that many children, with institutions of the usual size."""
	from social_care.demo.generator import NationSettings

	return NationSettings(
		AS_OF, children=persons, institutions=max(30, round(persons / CHILDREN_IN_INSTITUTION))
	)


def generation(persons: int) -> dict:
	"""Measure making one nation, in this process."""
	from social_care.demo.generator import generate
	from social_care.demo.generator.names import name_book

	name_book()
	nation, sink, rows = settings(persons), Nowhere(), 0
	writer = csv.writer(sink)
	begin, begin_cpu = time.perf_counter(), time.process_time()
	for doctype, row in generate(nation):
		writer.writerow((doctype, *row.values()))
		rows += 1
	return {
		"persons": persons,
		"institutions": nation.institutions,
		"rows": rows,
		"MB of CSV": round(sink.size / 1e6),
		"CPU s": round(time.process_time() - begin_cpu, 1),
		**_rates(persons, rows, time.perf_counter() - begin),
	}


def loading(persons: int, site: str) -> dict:
	"""Measure loading one nation into a site, in this process, and take it out again."""
	import frappe

	os.chdir(SITES)
	frappe.init(site=site, sites_path=str(SITES))
	frappe.connect()
	from social_care.demo.loader import marks
	from social_care.demo.loader.load import load
	from social_care.demo.loader.progress import Progress
	from social_care.demo.loader.wipe import wipe

	if marks.loaded():
		sys.exit(f"{site} holds a nation; measure on a site without one.")
	nation = settings(persons)
	begin, begin_cpu = time.perf_counter(), time.process_time()
	with open(os.devnull, "w") as nowhere:
		sys.stdout, terminal = nowhere, sys.stdout
		rows = sum(load(nation, Progress()).values())
		sys.stdout = terminal
	seconds, cpu = time.perf_counter() - begin, time.process_time() - begin_cpu
	wipe()
	frappe.destroy()
	fixed = {"persons": persons, "institutions": nation.institutions, "rows": rows, "CPU s": round(cpu, 1)}
	return fixed | _rates(persons, rows, seconds)


def _rates(persons: int, rows: int, seconds: float) -> dict:
	peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
	return {
		"seconds": round(seconds, 1),
		"persons/s": round(persons / seconds),
		"rows/s": round(rows / seconds),
		"peak MB": round(peak),
	}


def measured(sizes: list[int], site: str | None) -> Iterator[dict]:
	"""Each size in a process of its own, so that peak memory is its own."""
	for size in sizes:
		command = [sys.executable, __file__, "--inside", str(size), *(["--site", site] if site else [])]
		yield json.loads(subprocess.check_output(command, text=True).splitlines()[-1])


def main() -> None:
	"""Print a table."""
	parser = argparse.ArgumentParser(
		description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
	)
	parser.add_argument("sizes", type=int, nargs="*", default=[1000, 100_000])
	parser.add_argument("--site", help="load into this site instead of writing CSV")
	parser.add_argument("--inside", type=int, help=argparse.SUPPRESS)
	options = parser.parse_args()
	sys.path.insert(0, str(ROOT / "apps" / "social_care"))
	if options.inside:
		found = loading(options.inside, options.site) if options.site else generation(options.inside)
		print(json.dumps(found))
		return
	print(" | ".join(f"{name:>12}" for name in COLUMNS))
	for found in measured(options.sizes, options.site):
		print(
			" | ".join(f"{found.get(name, ''):>12,}" if name in found else f"{'–':>12}" for name in COLUMNS),
			flush=True,
		)


if __name__ == "__main__":
	main()

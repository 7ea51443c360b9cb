"""A list of 400,000 dirty rows from the file to the signed decision, beside plain ways, and killed in the middle.

	env/bin/python benchmarks/migrate_beneficiaries.py [--rows 400000] [--plain 2000] [--kills 10] [--site test.localhost]

1. The list is written (social_care.tests.beneficiary_lists: so many defects of each kind), with the persons, deaths and members
   of the other programme that some of its rows are to be found among.
2. One worker process loads it, proposes all rows without finding for the move and, after the second signature, moves them. Measured
   are the seconds of each step and the worker's peak memory; the counts of what was found are compared with what was planted.
3. In the same run: the framework's Data Import of `--plain` clean rows of the list into a type with the same columns and no rules,
   and a bare LOAD DATA of the same file into a table with the columns and indexes of Beneficiary Review.
4. With `--kills`: all is taken back and done again, while worker and MariaDB are killed (SIGKILL, in turn) so many times. Every table
   is compared with the undisturbed run by a checksum over all columns but the times of creation.

MariaDB is killed only where it is this bench's own. The site keeps nothing of it.
"""

import argparse
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # engine, to start MariaDB again

from migration.killing import compare, killed
from migration.plain import data_import, load_data
from migration.site import BENCH, check_found, checksums, connect, prepare, remember_series, take_back, wipe
from migration.work import start, worker


def main() -> None:
	parser = argparse.ArgumentParser(
		description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
	)
	parser.add_argument("--rows", type=int, default=400_000)
	parser.add_argument("--plain", type=int, default=2000)
	parser.add_argument("--kills", type=int, default=0)
	parser.add_argument("--site", default="test.localhost")
	parser.add_argument("--work", default="", help=argparse.SUPPRESS)
	arguments = parser.parse_args()
	connect(arguments.site)
	if arguments.work:
		worker(arguments.work)
		return
	try:
		measure(arguments)
	finally:
		connect(arguments.site)
		wipe()


def measure(arguments: argparse.Namespace) -> None:
	from social_care.tests import beneficiary_lists as planted

	wipe()
	prepare(arguments.rows)
	path = BENCH / "var" / "tmp" / "beneficiaries.csv"
	path.parent.mkdir(parents=True, exist_ok=True)
	planted.write(path, arguments.rows)
	print(f"{arguments.rows:,} rows, {path.stat().st_size / 1e6:.0f} MB", flush=True)
	marks = remember_series()
	report = whole(arguments, path)
	check_found(arguments.rows)
	first = checksums()
	bare = load_data(path, arguments.rows)
	plain = data_import(arguments.plain) if arguments.plain else 0
	tell(report, arguments, bare, plain)
	if arguments.kills:
		take_back(marks)
		seconds = killed(arguments, path)
		check_found(arguments.rows)
		compare(first, checksums(), arguments.kills, seconds)
	path.unlink()


def whole(arguments: argparse.Namespace, path: Path) -> dict:
	began = time.perf_counter()
	process = start(arguments, path)
	out, error = process.communicate()
	if process.returncode:
		sys.exit(f"the worker ended with {process.returncode}\n{error[-3000:]}")
	connect(arguments.site)
	return json.loads(out.splitlines()[-1]) | {"wall": time.perf_counter() - began}


def tell(report: dict, arguments: argparse.Namespace, bare: float, plain: float) -> None:
	steps, rows = report["steps"], arguments.rows
	for name, seconds in steps.items():
		print(f"{name:10}{seconds:8.1f} s")
	loading = steps["receive"] + steps["load"]
	print(f"{'in all':10}{report['wall']:8.1f} s, peak memory of the worker {report['peak']:.0f} MB")
	print(f"received and loaded: {rows / loading:,.0f} rows/s")
	print(
		f"bare LOAD DATA {bare:.1f} s: received and loaded took {loading / bare:.1f} times as long (aim ≤ 4)"
	)
	if plain:
		print(
			f"Data Import {1 / plain:,.1f} rows/s on {arguments.plain:,} rows: {plain * rows / loading:,.0f} times slower"
			" than receiving and loading (aim ≥ 100)",
			flush=True,
		)


if __name__ == "__main__":
	main()

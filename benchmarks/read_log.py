"""What the Read Log costs: opening a child's file, one by REST and a list, with and without it; and the speed of its verification.

	env/bin/python benchmarks/read_log.py [--rounds 150] [--rows 100000] [--site test.localhost]

Two web processes of the benchmark's own serve the same site; one of them leaves the log out. An entry user asks both in turns over
kept-alive connections. Printed are the medians in milliseconds and their ratio, then rows a second that are written in pieces of
100 and read by the verification.
"""

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

BENCH = Path(__file__).resolve().parent.parent
sys.path[:0] = [
	str(BENCH / "benchmarks"),
	str(BENCH / "apps" / "social_care"),
	str(BENCH / "tests"),
	str(BENCH),
]
os.environ.setdefault("BENCH_ROOT", str(BENCH))
from guard import WARM, actions, log_in, prepare, timed  # noqa: E402
from save_child import connect  # noqa: E402
from security.sweep import web  # noqa: E402

WITHOUT = "security.sweep.without_read_log:application"
ACTIONS = ("open", "rest", "list")


def main() -> None:
	parser = argparse.ArgumentParser(
		description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
	)
	parser.add_argument("--rounds", type=int, default=150)
	parser.add_argument("--rows", type=int, default=100_000)
	parser.add_argument("--site", default="test.localhost")
	arguments = parser.parse_args()
	frappe = connect(arguments.site)
	user, child = prepare(frappe)
	with (
		web.process(web.SERVED, 1, site=arguments.site) as noted,
		web.process(WITHOUT, 1, site=arguments.site) as bare,
	):
		bases = {"with": noted, "without": bare}
		report(
			measure(
				{side: log_in(base, user) for side, base in bases.items()}, bases, child, arguments.rounds
			)
		)
	verification(frappe, arguments.rows)


def measure(sessions: dict, bases: dict, child: str, rounds: int) -> dict[tuple[str, str], list[float]]:
	"""Times of each action with and without; who comes first changes with each round."""
	times: dict[tuple[str, str], list[float]] = {}
	for number in range(rounds + WARM):
		sides = ("with", "without") if number % 2 else ("without", "with")
		asked = actions(child, number) | {"rest": ("GET", f"/api/resource/Child/{child}", {})}
		for action in ACTIONS:
			for side in sides:
				taken = timed(sessions[side], bases[side], asked[action])
				if number >= WARM:
					times.setdefault((action, side), []).append(taken)
	return times


def report(times: dict[tuple[str, str], list[float]]) -> None:
	print(f"{'':8}{'with ms':>10}{'without ms':>12}{'ratio':>8}")
	for action in ACTIONS:
		noted, bare = (statistics.median(times[action, side]) * 1000 for side in ("with", "without"))
		print(f"{action:8}{noted:10.1f}{bare:12.1f}{noted / bare:8.3f}")


def verification(frappe, rows: int) -> None:
	from social_care.reading import log, verify

	frappe.set_user("Administrator")
	piece = [
		log.Reading("Form", "Child", f"CH-{number:07d}", f"CH-{number:07d}", "0,1") for number in range(100)
	]
	started = time.perf_counter()
	for _piece in range(rows // len(piece)):
		log.write(piece, "benchmark")
	written = time.perf_counter() - started
	started = time.perf_counter()
	answer = verify.verify()
	taken = time.perf_counter() - started
	print(
		f"written {rows / written:,.0f} rows/s; verified {answer.rows:,} rows in {taken:.1f} s: {answer.rows / taken:,.0f} rows/s"
	)


if __name__ == "__main__":
	main()

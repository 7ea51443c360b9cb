"""The whole suite in two parts at the same time, told as one run.

A test file belongs to one part, by the seconds that files took in an earlier run (`tests/data/seconds.csv`); a file
that is not in the table goes where the checksum of its name says. Each part's whole output is `var/log/pytest-N.log`.
"""

import csv
import os
import re
import threading
import time
import zlib
from collections import Counter
from functools import cache
from pathlib import Path
from subprocess import PIPE, STDOUT

from engine import daemons, paths, testing

SECONDS = paths.ROOT / "tests" / "data" / "seconds.csv"
TAKEN = paths.VAR / "seconds.csv"
PLUGIN = ["-p", "engine.part_plugin"]
CLOSING = re.compile(r"^=+ (?P<words>.+) in [\d.]+s(?: \([\d:]+\))? =+$")
SECTION = re.compile(r"^=+ .+ =+$")
RESULTS = re.compile(r"^(?P<file>\S+\.py )?(?P<marks>[.FEsxX]+ *(\[ *\d+%\])?)$")
ORDER = ("failed", "passed", "skipped", "deselected", "xfailed", "xpassed", "warnings", "error")


def part_of(file: str) -> int:
	"""The part that runs a test file, named relative to the bench's root."""
	return _divided().get(file) or testing.PARTS[zlib.crc32(file.encode()) % len(testing.PARTS)]


@cache
def _divided() -> dict[str, int]:
	"""The longest file first, each to the part that has least to do so far."""
	load = dict.fromkeys(testing.PARTS, 0.0)
	division = {}
	for file, seconds in sorted(known_seconds().items(), key=lambda row: (-row[1], row[0])):
		division[file] = min(load, key=load.get)
		load[division[file]] += seconds
	return division


def known_seconds() -> dict[str, float]:
	"""Seconds by test file, of those that are still there."""
	if not SECONDS.exists():
		return {}
	with SECONDS.open(newline="") as table:
		rows = list(csv.reader(table))[1:]
	return {file: float(seconds) for file, seconds in rows if (paths.ROOT / file).exists()}


class Part:
	"""One pytest process: its files' lines are passed on at once, everything after them is kept for the end."""

	def __init__(self, site: testing.TestSite) -> None:
		self.number = site.part
		self.log = paths.LOG / f"pytest-{self.number}.log"
		self.report: list[str] = []
		self.counts: Counter[str] = Counter()
		self.closed = False
		self.file = ""
		plugin = [*PLUGIN, f"--part={self.number}"]
		self.process = testing.start_pytest(
			site, plugin, stdout=PIPE, stderr=STDOUT, text=True, errors="replace"
		)
		self.reader = threading.Thread(target=self._read, daemon=True)
		self.reader.start()

	def wait(self) -> int:
		"""The exit status; a process that ended without its closing line has failed, whatever it says."""
		self.reader.join()
		status = self.process.wait()
		if not self.closed:
			self.counts["error"] += 1
			self.report.append(
				f"Part {self.number} ended with status {status} before its end; see {self.log}"
			)
		return status or int(not self.closed)

	def end(self) -> None:
		"""Let it end as on an interrupt at the keyboard, then by force."""
		self.process.terminate()
		daemons.wait_until(lambda: self.process.poll() is not None, 30)
		self.process.kill()

	def _read(self) -> None:
		sections = 0
		with self.log.open("w") as log:
			for line in self.process.stdout:
				log.write(line)
				log.flush()
				line = line.rstrip("\n")
				sections += bool(SECTION.match(line))
				if closing := CLOSING.match(line):
					self._count(closing["words"])
				elif sections > 1:
					self.report.append(line)
				elif results := RESULTS.match(line):
					self._show(results)

	def _show(self, results: re.Match[str]) -> None:
		"""Pass on a line of results; the rest of a broken line gets the name of its file, as the parts take turns."""
		again = "" if results["file"] else "… "
		self.file = results["file"] or self.file
		print(f"{again}{self.file}{' '.join(results['marks'].split())}", flush=True)

	def _count(self, words: str) -> None:
		self.closed = True
		for number, word in re.findall(r"(\d+) (\w+)", words):
			self.counts[{"warning": "warnings", "errors": "error"}.get(word, word)] += int(number)


def run(sites: list[testing.TestSite]) -> int:
	"""Run every test, one pytest a site; the worst exit status."""
	began = time.monotonic()
	parts: list[Part] = []
	try:
		parts = [Part(site) for site in sites]
		status = max(abs(part.wait()) for part in parts)
	except BaseException:
		for part in parts:
			part.end()
		raise
	if all(part.closed for part in parts):
		gather()
	for part in parts:
		print(f"\n  Part {part.number}, its whole output: {part.log}")
		print("\n".join(part.report))
	print(closing_line([part.counts for part in parts], time.monotonic() - began), flush=True)
	return status


def closing_line(counts: list[Counter[str]], seconds: float) -> str:
	"""One line as pytest's own, over every part."""
	total = sum(counts, Counter())
	words = ", ".join(f"{total[word]} {word}" for word in ORDER if total[word]) or "no tests ran"
	minutes, rest = divmod(round(seconds), 60)
	text = f" {words} in {seconds:.2f}s ({minutes // 60}:{minutes % 60:02}:{rest:02}) "
	return text.center(80, "=")


def note(number: int, seconds: dict[str, float]) -> None:
	"""Keep what the files of a part took."""
	rows = "".join(f"{file},{taken:.1f}\n" for file, taken in sorted(seconds.items()))
	_notes(number).write_text(rows)


def gather() -> None:
	"""Bring the parts' notes together in `var/seconds.csv`, which may replace the committed table."""
	rows = [row for number in testing.PARTS for row in _notes(number).read_text().splitlines()]
	TAKEN.write_text("\n".join(["file,seconds", *sorted(rows)]) + "\n")


def _notes(number: int) -> Path:
	return paths.LOG / f"seconds-{number}.csv"


def relative(file: Path) -> str:
	"""A file's name below the bench's root."""
	return os.path.relpath(file, paths.ROOT)

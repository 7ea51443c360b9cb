"""The suite in parts: every file in one of them, one account of all, nothing green that did not come to its end."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from engine import parts, services, testing
from engine.parts import Part, closing_line

GREEN = """=== test session starts ===
collected 3 items

tests/test_one.py .. [ 66%]
s [100%]

=== short test summary info ===
SKIPPED [1] tests/test_one.py:3: why
=== 2 passed, 1 skipped, 1 warning in 3.20s ===
"""
RED = """=== test session starts ===
tests/test_two.py .F [100%]

=== FAILURES ===
___ test_it ___
=== short test summary info ===
FAILED tests/test_two.py::test_it
=== 1 failed, 1 passed, 2 warnings in 63.20s (0:01:03) ===
"""


@pytest.fixture
def table(bench_root: Path, monkeypatch: pytest.MonkeyPatch):
	"""Writes the table of seconds, and the files that it names."""
	monkeypatch.setattr(parts, "SECONDS", bench_root / "seconds.csv")
	monkeypatch.setattr(parts, "TAKEN", bench_root / "var" / "seconds.csv")

	def write(seconds: dict[str, float], missing: str = "") -> None:
		for file in seconds:
			if file != missing:
				(bench_root / file).touch()
		rows = "".join(f"{file},{taken}\n" for file, taken in seconds.items())
		parts.SECONDS.write_text("file,seconds\n" + rows)
		parts._divided.cache_clear()

	yield write
	parts._divided.cache_clear()


@pytest.fixture
def spoken(bench_root: Path, settings, monkeypatch: pytest.MonkeyPatch):
	"""Makes a part's process say a text and end with a status."""

	def part(number: int, text: str, status: int) -> Part:
		script = f"import sys; print({text!r}, end=''); sys.exit({status})"

		def start(_site, _arguments, **options) -> subprocess.Popen:
			return subprocess.Popen([sys.executable, "-c", script], **options)

		monkeypatch.setattr(testing, "start_pytest", start)
		monkeypatch.setattr(testing, "test_site", lambda: settings["test_site"])
		return Part(testing.TestSite(number))

	return part


def test_a_further_part_has_everything_of_its_own(bench_root, settings, monkeypatch) -> None:
	monkeypatch.setattr(testing, "test_site", lambda: settings["test_site"])
	monkeypatch.delenv(
		"FRAPPE_REDIS_QUEUE", raising=False
	)  # set where this test itself runs in a further part
	first, second = testing.TestSite(1), testing.TestSite(2)
	assert (first.name, second.name) == ("two.localhost", "two-2.localhost")
	assert first.database_name() != second.database_name()
	assert first.dump == second.dump
	for server in ("test_web", "test_socketio"):
		assert first.port(server) != second.port(server)
	assert "FRAPPE_REDIS_QUEUE" not in first.environment()
	for server in ("redis_cache", "redis_queue"):
		assert second.environment()[f"FRAPPE_{server.upper()}"] == f"{services.redis_url(server)}/1"


def test_parts_are_about_equally_long(table) -> None:
	table({"a": 100, "b": 60, "c": 50, "d": 10})
	assert [parts.part_of(file) for file in "abcd"] == [1, 2, 2, 1]


def test_a_file_that_went_counts_no_more(table) -> None:
	table({"a": 100, "b": 60, "c": 50}, missing="a")
	assert [parts.part_of(file) for file in "bc"] == [1, 2]


def test_a_new_file_has_a_part_too(table) -> None:
	table({})
	found = Counter(parts.part_of(f"tests/test_{number}.py") for number in range(100))
	assert set(found) == set(testing.PARTS) and min(found.values()) > 20


def test_the_closing_line_is_the_sum(spoken, capsys) -> None:
	one, two = spoken(1, GREEN, 0), spoken(2, RED, 1)
	assert (one.wait(), two.wait()) == (0, 1)
	line = closing_line([one.counts, two.counts], 63.5)
	assert line.strip("= ") == "1 failed, 3 passed, 1 skipped, 3 warnings in 63.50s (0:01:04)"
	shown = capsys.readouterr().out
	assert "tests/test_one.py .. [ 66%]" in shown and "… tests/test_one.py s [100%]" in shown
	assert "session starts" not in shown
	assert "FAILED tests/test_two.py::test_it" in two.report
	assert two.log.read_text() == RED


def test_a_part_that_ends_before_its_end_has_failed(spoken) -> None:
	part = spoken(1, "=== test session starts ===\ntests/test_one.py ..", 0)
	assert part.wait() == 1
	assert part.counts == {"error": 1}
	assert any(str(part.log) in line for line in part.report)


def test_a_failed_part_is_a_failed_run(spoken, table, monkeypatch, capsys) -> None:
	said = {1: spoken(1, GREEN, 0), 2: spoken(2, RED, 1)}
	monkeypatch.setattr(parts, "Part", lambda number: said[number])
	for number in testing.PARTS:
		parts.note(number, {f"tests/test_{number}.py": 1.25})
	assert parts.run([1, 2]) == 1
	assert capsys.readouterr().out.count(" in ") == 1
	assert parts.TAKEN.read_text() == "file,seconds\ntests/test_1.py,1.2\ntests/test_2.py,1.2\n"


def test_pytest_runs_each_file_in_one_part(tmp_path: Path) -> None:
	"""The real pytest over files of which the table knows none."""
	for number in range(8):
		(tmp_path / f"test_{number}.py").write_text("def test_it(): pass")
	env = os.environ | {"BENCH_ROOT": str(tmp_path), "PYTHONPATH": str(Path(parts.__file__).parents[1])}
	(tmp_path / "var" / "log").mkdir(parents=True)

	def found(*options: str) -> set[str]:
		command = [sys.executable, "-m", "pytest", "-c", "none.ini", "-v", *options]
		done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True)
		return {line.split()[0] for line in done.stdout.splitlines() if "PASSED" in line}

	(tmp_path / "none.ini").touch()
	by_part = [found(*parts.PLUGIN, f"--part={number}") for number in testing.PARTS]
	assert all(by_part) and not by_part[0] & by_part[1]
	assert by_part[0] | by_part[1] == {f"test_{number}.py::test_it" for number in range(8)}

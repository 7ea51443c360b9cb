"""For pytest in one part of a run: leaves the other parts' files alone, and notes how long each file took."""

from collections import defaultdict
from pathlib import Path

import pytest

from engine import parts

NUMBER = "--part"
SECONDS = pytest.StashKey[dict[str, float]]()


def pytest_addoption(parser: pytest.Parser) -> None:
	parser.addoption(NUMBER, type=int, help="run the files of this part of the suite only")


def pytest_configure(config: pytest.Config) -> None:
	config.stash[SECONDS] = defaultdict(float)
	config.pluginmanager.register(_Notes(config.stash[SECONDS]))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
	"""True for a test file of another part; nothing is decided about anything else."""
	if not collection_path.is_file() or not collection_path.match("test_*.py"):
		return None
	return parts.part_of(parts.relative(collection_path)) != config.getoption(NUMBER) or None


def pytest_sessionfinish(session: pytest.Session) -> None:
	parts.note(session.config.getoption(NUMBER), session.config.stash[SECONDS])


class _Notes:
	"""Sums up the seconds of each file, what its fixtures took included."""

	def __init__(self, seconds: dict[str, float]) -> None:
		self.seconds = seconds

	def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
		self.seconds[report.nodeid.partition("::")[0]] += report.duration

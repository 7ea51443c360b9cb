"""The reference tables shipped with the app, as CSV under setup/data."""

import csv
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
	"""Rows of setup/data/<name>.csv by column name, all values as text."""
	with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
		return tuple(csv.DictReader(file))

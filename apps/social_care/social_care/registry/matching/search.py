"""Pairs over a whole table of persons."""

import duckdb
import pyarrow as pa

from social_care.registry.matching import model
from social_care.registry.matching.engine import linker

LEAST_WEIGHT = 3.5  # log2 of the odds that two records are one human: about eleven to one
NAMES = tuple(model.LEVELS)
TOLD = ("unique_id_l", "unique_id_r", "match_weight", *(f"mw_{name}" for name in NAMES))

Found = tuple[str, str, float, dict[str, str | None]]


def pairs(table: pa.Table, least: float, own: duckdb.DuckDBPyConnection | None = None) -> list[Found]:
	"""(person, other person, weight, level of each comparison) of all pairs that weigh at least `least`."""
	work = linker(table, model.settings(), own)
	return as_found(work.inference.predict(threshold_match_weight=least, warning_mode="never"))


def as_found(told) -> list[Found]:
	"""Splink's pairs in the words of the model."""
	rows = told.as_duckdbpyrelation().project(", ".join(TOLD)).fetchall()
	return [
		(
			one,
			other,
			weight,
			{name: model.level_of(name, each) for name, each in zip(NAMES, parts, strict=True)},
		)
		for one, other, weight, *parts in rows
	]


def part_of_pairs(
	own: duckdb.DuckDBPyConnection, table: str, least: float, part: tuple[int, int]
) -> list[Found]:
	"""The same of one part of a table that is in the database already: (number of the part, parts)."""
	work = linker(table, model.settings(), own)
	return as_found(
		work.inference.predict_chunk(part, None, threshold_match_weight=least, warning_mode="never")
	)

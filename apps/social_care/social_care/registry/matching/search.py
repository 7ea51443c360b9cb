"""Pairs over a whole table of persons."""

from functools import cache

import pyarrow as pa

from social_care.registry.matching import engine, model

LEAST_WEIGHT = 3.5  # log2 of the odds that two records are one human: about eleven to one
NAMES = tuple(model.LEVELS)
TOLD = ("unique_id_l", "unique_id_r", "match_weight", *(f"mw_{name}" for name in NAMES))
WHOLE = (1, 1)

Found = tuple[str, str, float, dict[str, str | None]]


def pairs(table: pa.Table, least: float, part: tuple[int, int] = WHOLE) -> list[Found]:
	"""(person, other person, weight, level of each comparison) of all pairs that weigh at least `least`; of one part of the
	persons with all of them where a part is named (its number, parts)."""
	own = engine.connection()
	work = engine.linker(table, model.settings(), own)
	found = as_found(
		work.inference.predict_chunk(part, WHOLE, threshold_match_weight=least, warning_mode="never")
	)
	own.close()
	return found


def as_found(told) -> list[Found]:
	"""Splink's pairs in the words of the model."""
	rows = told.as_duckdbpyrelation().project(", ".join(TOLD)).fetchall()
	return [(one, other, weight, _levels(tuple(parts)).copy()) for one, other, weight, *parts in rows]


@cache
def _levels(parts: tuple[float, ...]) -> dict[str, str | None]:
	"""Levels by what each comparison adds to the weight; few differ."""
	return {name: model.level_of(name, each) for name, each in zip(NAMES, parts, strict=True)}

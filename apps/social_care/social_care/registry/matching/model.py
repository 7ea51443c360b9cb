"""How two persons are compared, and which are compared at all. What an agreement is worth stands in weights.json.

Levels are tried from above; the first that holds counts. The words of a level are what a reviewer reads as the reason.
"""

import json
import re
from functools import cache
from math import log2
from pathlib import Path

WEIGHTS = Path(__file__).parent / "weights.json"
# Letters are counted before texts are compared: an edit takes one away and brings one in at most. Texts of one number of words
# hold each other only where they are the same words, which their total tells.
WITHIN = "bit_count(xor({0}_odd_l, {0}_odd_r)) <= 2 * {1} and damerau_levenshtein({0}_l, {0}_r) <= {1}"
ONE_HOLDS_OTHER = (
	"{0}_words_l <> {0}_words_r"
	" and (list_has_all(string_split({0}_l, ' '), string_split({0}_r, ' '))"
	" or list_has_all(string_split({0}_r, ' '), string_split({0}_l, ' ')))"
)
NAME_HOLDS_OTHER = ONE_HOLDS_OTHER.format("full_name")
# Whoever is born on one day in one governorate has nine digits in common: a digit or two that differ say something only of
# people whose names are alike, too.
NAMES_ALIKE = (
	"(words_total_l = words_total_r"
	f" or (first_l = first_r and (({WITHIN.format('lineage', 2)}) or ({NAME_HOLDS_OTHER})))"
	" or (lineage_l = lineage_r and damerau_levenshtein(first_l, first_r) <= 1))"
)
# Columns that end with «seen» are the same once more, while weights are learnt: a comparison that looks at another's column
# would not be trained by passes that hold that column equal.
SEEN = "_seen"
NAMES_ALIKE_SEEN = re.sub(r"_([lr])\b", rf"{SEEN}_\1", NAMES_ALIKE)
NAME, BIRTH, NUMBER, MOTHER, SEX = "name", "birth", "number", "mother", "sex"
ELSE = "else"
DECIMALS = 6

# comparison → (key of the level, SQL condition), from the strongest to the weakest; what is left is ELSE. Within a condition
# what costs little and excludes most stands first.
LEVELS: dict[str, tuple[tuple[str, str], ...]] = {
	NAME: (
		("same", "full_name_l = full_name_r"),
		("other_order", "words_total_l = words_total_r"),
		(
			"part_missing",
			f"first_l = first_r and least(full_name_words_l, full_name_words_r) >= 3 and {NAME_HOLDS_OTHER}",
		),
		("spelled_alike", f"first_l = first_r and {WITHIN.format('lineage', 2)}"),
		(
			"part_missing_and_spelled_alike",
			"first_l = first_r and abs(full_name_words_l - full_name_words_r) = 1"
			" and len(list_intersect(string_split(full_name_l, ' '), string_split(full_name_r, ' ')))"
			" >= least(full_name_words_l, full_name_words_r) - 1",
		),
		(
			"first_name_spelled_alike",  # two numbers that differ are of twins, whose names often sound alike
			"lineage_l = lineage_r and damerau_levenshtein(first_l, first_r) = 1"
			" and (number_seen_l is null or number_seen_r is null"
			" or damerau_levenshtein(number_seen_l, number_seen_r) <= 1)",
		),
		("same_lineage", "lineage_l = lineage_r"),
		("first_and_father", "first_l = first_r and father_l = father_r"),
		("first_only", "first_l = first_r"),
	),
	BIRTH: (
		("same", "birth_l = birth_r"),
		("day_and_month_turned", "birth_day_l = birth_turned_r"),
		(
			"one_digit",
			"bit_count(xor(birth_digits_l, birth_digits_r)) <= 4 and damerau_levenshtein(birth_l, birth_r) = 1",
		),
		("same_month", "birth_day_l // 100 = birth_day_r // 100"),
		("same_year", "birth_day_l // 10000 = birth_day_r // 10000"),
	),
	NUMBER: (
		("same", "number_l = number_r"),
		("one_digit", f"{NAMES_ALIKE_SEEN} and damerau_levenshtein(number_l, number_r) = 1"),
		("same_end", "number_end_l = number_end_r"),
		(
			"two_digits",
			f"first{SEEN}_l = first{SEEN}_r and {NAMES_ALIKE_SEEN} and damerau_levenshtein(number_l, number_r) = 2",
		),
	),
	MOTHER: (
		("same", "mother_l = mother_r"),
		("part_missing", f"mother_total_l = mother_total_r or {ONE_HOLDS_OTHER.format('mother')}"),
		("spelled_alike", WITHIN.format("mother", 2)),
	),
	SEX: (("same", "sex_l = sex_r"),),
}
NULLS = {
	NAME: "full_name_l is null or full_name_r is null",
	BIRTH: "birth_l is null or birth_r is null",
	NUMBER: "number_l is null or number_r is null",
	MOTHER: "mother_l is null or mother_r is null",
	SEX: "sex_l is null or sex_r is null",
}

# Pairs that are compared: each rule is an equality, most of them of a key of several columns (`columns.py`).
BLOCKING = (
	"l.birth_first = r.birth_first",
	"l.year_lineage = r.year_lineage",
	"l.birth_first = r.turned_first",
	"l.words_total = r.words_total",
	"l.birth_mother = r.birth_mother",
	"l.first_mother = r.first_mother",
	"l.year_without_family = r.year_without_family",
	"l.year_without_grandfather = r.year_without_grandfather",
	"l.first_number_end = r.first_number_end",
	"l.number = r.number",
)


@cache
def weights() -> dict:
	"""{"prior": probability that two persons are one, comparison: {level: [m, u]}}, from training (`training.py`)."""
	return json.loads(WEIGHTS.read_text(encoding="utf-8"))


def settings(trained: bool = True):
	"""The model as Splink takes it; untrained for training."""
	from splink import SettingsCreator  # a second to load, and only workers and saves of new people need it

	known = weights() if trained else {}
	return SettingsCreator(
		link_type="dedupe_only",
		unique_id_column_name="unique_id",
		probability_two_random_records_match=known.get("prior", 1e-6),
		comparisons=[_comparison(name, known.get(name, {})) for name in LEVELS],
		blocking_rules_to_generate_predictions=list(BLOCKING),
		retain_matching_columns=False,  # of a pair its names are told, and what each comparison weighs
		retain_intermediate_calculation_columns=True,
		max_iterations=40,
	)


def _comparison(name: str, known: dict) -> dict:
	"""A comparison of Splink; with weights it needs no column twice."""
	null = {"sql_condition": NULLS[name], "label_for_charts": "null", "is_null_level": True}
	levels = [_level(key, condition, known) for key, condition in (*LEVELS[name], (ELSE, "ELSE"))]
	return {"output_column_name": name, "comparison_levels": [null, *levels]}


def _level(key: str, condition: str, known: dict) -> dict:
	level = {"sql_condition": condition.replace(SEEN, "") if known else condition, "label_for_charts": key}
	if key in known:
		level["m_probability"], level["u_probability"] = known[key]
	return level


@cache
def keys_by_weight(name: str) -> dict[float, str | None]:
	"""Level of a comparison by what it adds to the weight, rounded; no two levels add the same. None where a value is not known."""
	levels = weights()[name].items()
	return {0.0: None} | {round(log2(m / u), DECIMALS): key for key, (m, u) in levels}


def level_of(name: str, weight: float) -> str | None:
	"""Key of the level that adds so much to the weight of a pair; None where a value is not known."""
	return keys_by_weight(name)[round(weight, DECIMALS)]

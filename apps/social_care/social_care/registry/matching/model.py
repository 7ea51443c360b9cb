"""How two persons are compared, and which are compared at all. What an agreement is worth stands in weights.json.

Levels are tried from above; the first that holds counts. The words of a level are what a reviewer reads as the reason.
"""

import json
from functools import cache
from pathlib import Path

WEIGHTS = Path(__file__).parent / "weights.json"
EITHER_HOLDS_OTHER = "list_has_all({0}_l, {0}_r) or list_has_all({0}_r, {0}_l)"
# Columns that end with «seen» are the same once more: a comparison that looks at another's column would not be trained by
# passes that hold that column equal.
# Whoever is born on one day in one governorate has nine digits in common: a digit or two that differ say something only of
# people whose names are alike, too.
NAMES_ALIKE = (
	"(name_key_seen_l = name_key_seen_r"
	" or (first_seen_l = first_seen_r and (damerau_levenshtein(lineage_seen_l, lineage_seen_r) <= 2"
	f" or {EITHER_HOLDS_OTHER.format('words_seen')}))"
	" or (lineage_seen_l = lineage_seen_r and damerau_levenshtein(first_seen_l, first_seen_r) <= 1))"
)
NAME, BIRTH, NUMBER, MOTHER, SEX = "name", "birth", "number", "mother", "sex"
ELSE = "else"

# comparison → (key of the level, SQL condition), from the strongest to the weakest; what is left is ELSE
LEVELS: dict[str, tuple[tuple[str, str], ...]] = {
	NAME: (
		("same", "full_name_l = full_name_r"),
		("other_order", "name_key_l = name_key_r"),
		(
			"part_missing",
			f"first_l = first_r and least(len(words_l), len(words_r)) >= 3 and ({EITHER_HOLDS_OTHER.format('words')})",
		),
		("spelled_alike", "first_l = first_r and damerau_levenshtein(lineage_l, lineage_r) <= 2"),
		(
			"part_missing_and_spelled_alike",
			"first_l = first_r and abs(len(words_l) - len(words_r)) = 1"
			" and len(list_intersect(words_l, words_r)) >= least(len(words_l), len(words_r)) - 1",
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
		("day_and_month_turned", "birth_l = birth_turned_r"),
		("one_digit", "damerau_levenshtein(birth_l, birth_r) = 1"),
		("same_month", "birth_year_l = birth_year_r and substr(birth_l, 6, 2) = substr(birth_r, 6, 2)"),
		("same_year", "birth_year_l = birth_year_r"),
	),
	NUMBER: (
		("same", "number_l = number_r"),
		("one_digit", f"damerau_levenshtein(number_l, number_r) = 1 and {NAMES_ALIKE}"),
		("same_end", "number_end_l = number_end_r"),
		(
			"two_digits",
			f"damerau_levenshtein(number_l, number_r) = 2 and first_seen_l = first_seen_r and {NAMES_ALIKE}",
		),
	),
	MOTHER: (
		("same", "mother_l = mother_r"),
		("part_missing", EITHER_HOLDS_OTHER.format("mother_words")),
		("spelled_alike", "damerau_levenshtein(mother_l, mother_r) <= 2"),
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

# Pairs that are compared: each rule is an equality that an index answers.
BLOCKING = (
	"l.number = r.number",
	"l.birth = r.birth and l.first = r.first",
	"l.birth = r.birth and l.lineage = r.lineage",
	"l.birth = r.birth and l.mother = r.mother",
	"l.lineage = r.lineage and l.birth_year = r.birth_year",
	"l.birth = r.birth_turned and l.first = r.first",
	"l.name_key = r.name_key",
	"l.number_end = r.number_end",
	"l.first = r.first and l.father = r.father and l.grandfather = r.grandfather",
	"l.first = r.first and l.father = r.father and l.family = r.family",
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
		retain_matching_columns=True,  # with them come the levels
		retain_intermediate_calculation_columns=True,
		max_iterations=40,
	)


def _comparison(name: str, known: dict) -> dict:
	null = {"sql_condition": NULLS[name], "label_for_charts": "null", "is_null_level": True}
	levels = [_level(key, condition, known) for key, condition in (*LEVELS[name], (ELSE, "ELSE"))]
	return {"output_column_name": name, "comparison_levels": [null, *levels]}


def _level(key: str, condition: str, known: dict) -> dict:
	level = {"sql_condition": condition, "label_for_charts": key}
	if key in known:
		level["m_probability"], level["u_probability"] = known[key]
	return level


def level_of(name: str, gamma: int) -> str | None:
	"""Key of the level that Splink numbers `gamma` (the strongest has the highest number); None where a value is not known."""
	keys = (*(key for key, _condition in LEVELS[name]), ELSE)
	return None if gamma < 0 else keys[len(keys) - 1 - gamma]

"""Weights from data: how often persons agree by chance, and how often records of one person do (expectation maximisation)."""

import json

import pyarrow as pa

from social_care.registry.matching import model
from social_care.registry.matching.engine import linker

SEED = 2026
RANDOM_PAIRS = 5e6
# Each pass learns what its rule does not hold equal.
PASSES = (
	"l.number = r.number",
	"l.birth = r.birth and l.first = r.first",
	"l.words_total = r.words_total",
)
FEWEST = 1e-7  # of a level that never occurred: rare, not impossible


def train(table: pa.Table, matching_pairs_recall: float = 0.6) -> dict:
	"""Weights for `weights.json` from persons among whom some are entered twice; nobody says which."""
	for name in table.column_names:
		table = table.append_column(f"{name}{model.SEEN}", table[name])
	work = linker(table, model.settings(trained=False))
	work.training.estimate_probability_two_random_records_match(
		["l.number = r.number", "l.full_name = r.full_name and l.birth = r.birth"],
		recall=matching_pairs_recall,
	)
	work.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=SEED)
	for rule in PASSES:
		work.training.estimate_parameters_using_expectation_maximisation(rule)
	return learnt(work.misc.save_model_to_json())


def learnt(saved: dict) -> dict:
	"""The numbers of a model that Splink saved."""
	found = {"prior": saved["probability_two_random_records_match"]}
	for comparison in saved["comparisons"]:
		levels = [level for level in comparison["comparison_levels"] if not level.get("is_null_level")]
		found[comparison["output_column_name"]] = {
			level["label_for_charts"]: [
				max(level.get("m_probability") or 0, FEWEST),
				max(level.get("u_probability") or 0, FEWEST),
			]
			for level in levels
		}
	return found


def keep(found: dict) -> None:
	"""Write weights into the app, where a change of them can be reviewed."""
	model.WEIGHTS.write_text(json.dumps(found, indent="\t") + "\n", encoding="utf-8")
	model.weights.cache_clear()
	model.keys_by_weight.cache_clear()

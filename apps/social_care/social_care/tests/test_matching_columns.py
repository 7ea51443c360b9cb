"""Columns that are worked out for many people at once say what is said of one, and exclude nothing that is alike."""

from random import Random

import pyarrow as pa

from social_care.registry.matching import columns, engine, model, search, spelling
from social_care.tests import SocialCareTestCase

GIVEN = (
	"أحمد",
	"فاطمة",
	"عبد الرحمن",
	"نور الدين",
	"هدى",
	"يحيى",
	"مؤمن",
	"آية",
	"أبو بكر",
	"Mary Ann",
	"علي  حسن",
	"",
	None,
)
LETTERS = [*spelling.ALPHABET, " ", "x", "é"]


class TestColumns(SocialCareTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.chance = Random(2026)

	def person(self, number: int) -> dict:
		pick = self.chance.choice
		born = f"20{self.chance.randrange(10, 20)}-{self.chance.randrange(1, 13):02}-{self.chance.randrange(1, 29):02}"
		return {part: pick(GIVEN) for part in columns.READ[1:5]} | {
			"name": f"p{number:03}",
			"sex": pick(("Male", "Female", None)),
			"birth_date": pick((born, None)),
			"national_number": pick((f"3{self.chance.randrange(10**12):013}", None, "")),
			"mother_full_name": " ".join(pick(GIVEN) or "" for _word in range(4)),
		}

	def test_many_at_once_are_folded_as_one_alone(self) -> None:
		rows = [self.person(number) for number in range(300)]
		for told, row in zip(columns.as_table(rows).to_pylist(), rows, strict=True):
			alone = columns.compared(row)
			for name in ("unique_id", "sex", "birth", "number"):
				self.assertEqual(told[name], alone[name])
			for name in (*columns.PARTS, "lineage", "full_name", "mother"):
				self.assertEqual(told[name], alone[name] and alone[name].translate(spelling.IN_BYTES))
			self.assertEqual(told["full_name_words"], alone["words"] and len(alone["words"]))
			self.assertEqual(told["number_end"], alone["number_end"] and int(alone["number_end"]))
			turned = alone["birth_turned"]
			self.assertEqual(told["birth_turned"], turned and int(turned.replace("-", "")))

	def test_one_total_for_the_same_words_only(self) -> None:
		rows = [self.person(number) for number in range(300)]
		table = columns.as_table(rows).to_pylist()
		keys = {
			row["unique_id"]: columns.compared(given)["name_key"]
			for row, given in zip(table, rows, strict=True)
		}
		pairs = {(row["words_total"], keys[row["unique_id"]]) for row in table}
		self.assertEqual(len(pairs), len({total for total, _key in pairs}))
		self.assertEqual(len(pairs), len({key for _total, key in pairs}))

	def test_counts_of_letters_and_digits_exclude_nothing_that_is_alike(self) -> None:
		texts = [
			"".join(self.chance.choices(LETTERS, k=self.chance.randrange(3, 12))) for _each in range(1500)
		]
		pairs = [map(spelling.spelling, (text, self.edited(self.edited(text)))) for text in texts]
		alike = self.alike([(one, other, mine, yours) for (one, _, mine), (other, _, yours) in pairs], 2)
		self.assertGreater(len(alike), 1000)
		self.assertLessEqual(max(bits for _distance, bits in alike), 4)
		days = [spelling.day(row["birth_date"] or "") for row in map(self.person, range(700))]
		pairs = [(one, other) for one in days for other in days if one.birth]
		alike = self.alike(
			[(one.birth, other.birth, one.birth_digits, other.birth_digits) for one, other in pairs], 1
		)
		self.assertGreater(len(alike), 1000)
		self.assertLessEqual(max(bits for _distance, bits in alike), 4)

	def edited(self, text: str) -> str:
		"""A letter left out, another one, one more, or two exchanged."""
		at = self.chance.randrange(len(text) - 1)
		other = self.chance.choice(LETTERS)
		kinds = (
			text[:at] + text[at + 1 :],
			text[:at] + other + text[at + 1 :],
			text[:at] + other + text[at:],
		)
		return self.chance.choice((*kinds, text[:at] + text[at + 1] + text[at] + text[at + 2 :]))

	def alike(self, pairs: list[tuple], most: int) -> list[tuple[int, int]]:
		"""(distance, bits that differ) of the pairs that are so near."""
		own = engine.connection()
		names = ("one", "other", "mine", "yours")
		own.register("pairs", pa.table(dict(zip(names, map(list, zip(*pairs, strict=True)), strict=True))))
		told = "select damerau_levenshtein(one, other) distance, bit_count(xor(mine, yours)) bits from pairs"
		return own.execute(f"select * from ({told}) where distance <= {most}").fetchall()

	def test_no_two_levels_add_the_same_to_a_weight(self) -> None:
		for name, levels in model.LEVELS.items():
			self.assertEqual(len(model.keys_by_weight(name)), len(levels) + 2, name)

	def test_parts_find_what_the_whole_finds(self) -> None:
		rows = [self.person(number) for number in range(400)]
		rows += [
			row | {"name": f"copy{number}", "family_name": "رشوان"} for number, row in enumerate(rows[:100])
		]
		whole = search.pairs(columns.as_table(rows), search.LEAST_WEIGHT)
		both = pa.concat_tables([columns.as_table(rows[:250]), columns.as_table(rows[250:])])
		parts = [search.pairs(both, search.LEAST_WEIGHT, (part, 3)) for part in (1, 2, 3)]
		self.assertGreater(len(whole), 20)
		self.assertTrue(all(parts))
		self.assertEqual(self.told(whole), self.told([pair for part in parts for pair in part]))

	def told(self, found: list) -> list:
		return sorted((one, other, round(weight, 6), str(levels)) for one, other, weight, levels in found)

"""Nobody reckons a hidden number: whatever the table, as many values as the limit agree with all that is shown."""

from itertools import product
from unittest import TestCase

from hypothesis import given, settings
from hypothesis import strategies as st

from social_care.governance.indicators.suppression import counts_of, hidden, is_small

numbers = st.one_of(st.integers(0, 12), st.integers(0, 400))
counts = st.lists(numbers, min_size=1, max_size=9)
pairs = st.lists(st.tuples(numbers, numbers), min_size=1, max_size=9)


def keyed(rows: list) -> dict:
	return {str(place): row if isinstance(row, tuple) else (row,) for place, row in enumerate(rows)}


def agreeing(rows: dict, gone: set[str], column: int, zeros: bool) -> dict[str, set[int]]:
	"""For each hidden row every number that agrees with the total and with what is shown, found by trying all."""
	keys = sorted(gone)
	together = int(sum(rows[key][column] for key in keys))
	least = 0 if zeros else 1
	found: dict[str, set[int]] = {key: set() for key in keys}
	for guess in product(range(least, together + 1), repeat=len(keys)):
		if sum(guess) == together:
			for key, number in zip(keys, guess, strict=True):
				found[key].add(number)
	return found


class TestSuppression(TestCase):
	@given(counts, st.integers(3, 12))
	def test_no_small_number_is_shown(self, rows: list[int], below: int) -> None:
		table = keyed(rows)
		gone = hidden(table, below)
		self.assertFalse([key for key, row in table.items() if is_small(row, below) and key not in gone])

	@given(counts, st.integers(3, 12))
	def test_nothing_is_hidden_without_need(self, rows: list[int], below: int) -> None:
		if not any(0 < number < below for number in rows):
			self.assertEqual(hidden(keyed(rows), below), set())

	@given(counts, st.integers(3, 12))
	def test_a_hidden_number_is_not_reckoned_from_the_total(self, rows: list[int], below: int) -> None:
		table = keyed(rows)
		gone = hidden(table, below)
		total = sum(rows)
		if not gone or 0 < total < below:  # a small total is not shown, and no table below it
			return
		everything = gone == table.keys()
		together = total - sum(row[0] for key, row in table.items() if key not in gone)
		self.assertGreater(len(gone), 1 if len(table) > 1 else 0)
		# Each of them lies between 1 (0 where all rows are hidden, empty ones too) and what the others leave.
		widest = together + 1 if everything else together - len(gone) + 1
		self.assertGreaterEqual(widest, below)

	@settings(max_examples=60, deadline=None)
	@given(st.lists(st.integers(0, 7), min_size=2, max_size=4), st.integers(3, 4))
	def test_by_trying_every_assignment(self, rows: list[int], below: int) -> None:
		table = keyed(rows)
		gone = hidden(table, below)
		if not gone or 0 < sum(rows) < below:
			return
		for values in agreeing(table, gone, 0, zeros=gone == table.keys()).values():
			self.assertGreaterEqual(len(values), below)

	@given(pairs, st.integers(3, 12))
	def test_shares_hide_both_sides(self, rows: list[tuple[int, int]], below: int) -> None:
		table = keyed(rows)
		gone = hidden(table, below)
		for key, row in table.items():
			if key not in gone:
				self.assertFalse(any(0 < number < below for number in row))
		if gone and gone != table.keys():
			for column in (0, 1):
				together = sum(table[key][column] for key in gone)
				self.assertTrue(together == 0 or together - len(gone) + 1 >= below)

	@given(counts, st.integers(3, 12))
	def test_the_same_table_hides_the_same(self, rows: list[int], below: int) -> None:
		table = keyed(rows)
		again = dict(reversed(list(table.items())))
		self.assertEqual(hidden(table, below), hidden(again, below))

	def test_what_a_value_tells_of(self) -> None:
		self.assertEqual(counts_of("Number", 7, None), (7,))
		self.assertEqual(counts_of("Percent", 7, 10), (7, 3))
		self.assertEqual(counts_of("Ratio", 7, 10), (7, 10))
		self.assertEqual(counts_of("Score", 70, 10), (10,))

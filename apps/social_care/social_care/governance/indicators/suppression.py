"""Numbers from which a person could be recognised, and those from which they could be reckoned.

A table is a row a place (or a value of a field); its total stands above it. A row with a number below the limit is
hidden; as long as what the hidden rows hold together would tell of one of them, the next smallest is hidden, too. Where
that is every row, the table says nothing.
"""

Counts = tuple[float, ...]


def is_small(counts: Counts, below: int) -> bool:
	"""Whether one of the numbers tells of few. None is told: that nobody is meant by a figure is no news of anybody."""
	return any(0 < number < below for number in counts)


def hidden(rows: dict[str, Counts], below: int) -> set[str]:
	"""Keys of the rows to be hidden; `rows` have as many numbers each, of which every total is known.

	Left is at least this: for a hidden row, and each number that the hidden rows together do not lack, `below` or more
	values agree with everything that is shown.
	"""
	found = {key for key, counts in rows.items() if is_small(counts, below)}
	others = sorted(rows.keys() - found, key=lambda key: (sum(rows[key]), key))
	shown = [key for key in others if sum(rows[key])]
	while found and not _is_protected([rows[key] for key in found], below):
		if not shown:
			return set(rows)
		found.add(shown.pop(0))
	return found


def _is_protected(rows: list[Counts], below: int) -> bool:
	"""Each number of several rows can be anything between one and what is left when the others are one."""
	together = [sum(numbers) for numbers in zip(*rows, strict=True)]
	return len(rows) > 1 and all(not number or number - len(rows) + 1 >= below for number in together)


def counts_of(unit: str, numerator: float, denominator: float | None) -> Counts:
	"""The numbers of people that a value tells of: those counted, and of a share those who are not."""
	if denominator is None:
		return (numerator,)
	if unit == "Percent":
		return (numerator, denominator - numerator)
	return (numerator, denominator) if unit == "Ratio" else (denominator,)

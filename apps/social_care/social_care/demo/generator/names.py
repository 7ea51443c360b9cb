"""Fictional Egyptian names, frequent ones more often, from the corpus of the library `egy-names`.

Two children of different families never share both grandfather's and family name when they are near each other in
the nation: both names are chosen from the one of SHELVES × SHELVES pairs of shelves that the family's number names.
Together with `national_number.fit_date` this makes the same full name and birth date impossible unless planted.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from random import Random

from social_care.demo.generator.chance import Weighted
from social_care.registry.arabic import normalise

SHELVES = 71
PER_SHELF = 8
SPREAD = 1889  # shares no factor with SHELVES: neighbours stand at far shelves, and no two households at one
COMPOUND = re.compile(r"^(?:عبد(?=ال\S{3})|أبو(?=\S{3}))|(?<=\S)(?=(?:الدين|الله|الإسلام)$)")
AMBIGUOUS = {"عبد", "ابو", "ابن", "ام", "بنت", "ست", "زين", "نور", "الدين", "الله"}
MUSLIM, CHRISTIAN = "Muslim", "Christian"


@dataclass(frozen=True)
class NamePool:
	"""Names of one religion: first names by sex, and grandfathers' names by shelf."""

	first: dict[str, Weighted]
	grandfathers: list[Weighted]


@dataclass(frozen=True)
class NameBook:
	"""All names: pools by religion, and family names by shelf."""

	pools: dict[str, NamePool]
	families: list[Weighted]

	def lineage(self, rng: Random, religion: str, household: int) -> tuple[str, str, str]:
		"""Father's, grandfather's and family name of a household."""
		pool = self.pools[religion]
		high, low = divmod(household * SPREAD % (SHELVES * SHELVES), SHELVES)
		return (
			self.first_name(rng, religion, "Male"),
			pool.grandfathers[high].pick(rng),
			self.families[low].pick(rng),
		)

	def first_name(self, rng: Random, religion: str, sex: str, taken: tuple[str, ...] = ()) -> str:
		"""A first name that is not among `taken`."""
		while (name := self.pools[religion].first[sex].pick(rng)) in taken:
			continue
		return name


@cache
def name_book() -> NameBook:
	"""The names, read once (about two seconds and 200 MB: the library brings its whole corpus)."""
	from egy_names import Gender, NameRole, Religion, get_all

	entries = list(get_all())
	religions = {MUSLIM: (Religion.MUSLIM, Religion.NEUTRAL), CHRISTIAN: (Religion.CHRISTIAN,)}
	counts = {MUSLIM: (200, 150, SHELVES * PER_SHELF), CHRISTIAN: (90, 60, SHELVES * 2)}
	seen: set[str] = set()

	def given(religion: str, gender: Gender, count: int, weight, taken: set[str]) -> list[tuple[str, float]]:
		kinds = religions[religion]
		fit = [e for e in entries if e.role == NameRole.GIVEN and e.gender == gender and e.religion in kinds]
		return _most_frequent(fit, count, weight, taken)

	def pool(religion: str) -> NamePool:
		boys, girls, men = counts[religion]
		first = {
			"Male": _weighted(given(religion, Gender.MALE, boys, _share_as_first, set())),
			"Female": _weighted(given(religion, Gender.FEMALE, girls, _share_as_first, set())),
		}
		return NamePool(first, _shelve(given(religion, Gender.MALE, men, _share, seen)))

	pools = {religion: pool(religion) for religion in religions}
	surnames = [
		e
		for e in entries
		if e.role == NameRole.FAMILY and e.gender == Gender.NEUTRAL and e.religion == Religion.NEUTRAL
	]
	return NameBook(pools, _shelve(_most_frequent(surnames, SHELVES * PER_SHELF, _share, seen)))


def _share(entry) -> float:
	return entry.corpus_share


def _share_as_first(entry) -> float:
	return entry.corpus_share * entry.slot_pcts[0]


def _most_frequent(entries: list, count: int, weight: Callable, taken: set[str]) -> list[tuple[str, float]]:
	found = []
	for entry in sorted(entries, key=lambda entry: (-weight(entry), entry.ar)):
		name = COMPOUND.sub(lambda match: f"{match.group(0)} ", entry.ar)
		key = normalise(name)
		if len(key) < 3 or " " in key or key in taken or key in AMBIGUOUS:
			continue
		taken.add(key)
		found.append((name, max(weight(entry), 1e-6)))
		if len(found) == count:
			return found
	raise ValueError(f"The name corpus has only {len(found)} of {count} names of one kind.")


def _weighted(names: list[tuple[str, float]]) -> Weighted:
	return Weighted([name for name, _ in names], [weight for _, weight in names])


def _shelve(names: list[tuple[str, float]]) -> list[Weighted]:
	return [_weighted(names[shelf::SHELVES]) for shelf in range(SHELVES)]


def spelled_otherwise(name: str) -> str:
	"""The name as another clerk writes it: no hamza, no dots, compounds run together; one search key for both."""
	return name.translate(str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ى": "ي"})).replace(
		"عبد ال", "عبدال"
	)

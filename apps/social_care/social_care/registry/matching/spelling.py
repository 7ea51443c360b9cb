"""What the comparison asks of a written name or date, worked out once for each different text: registers repeat few words."""

from functools import lru_cache, reduce
from hashlib import blake2b
from operator import xor
from typing import NamedTuple

from social_care.registry.arabic import MAY_JOIN, normalise

WORDS = 100_000  # kept: people's names are made of few
DIGEST = 7  # bytes: many of them are added without an overflow
# One byte a letter, because the database counts bytes where it tells how far two texts are apart. Folded texts have no capitals.
ALPHABET = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
IN_BYTES = {ord(letter): ord("A") + at for at, letter in enumerate(ALPHABET)}
LETTERS = 29  # bits
COUNTED_DIGITS = 6  # of a date, from its end: what differs in one digit only differs in one of these at most


class Spelling(NamedTuple):
	"""A folded text, a byte a letter. Where many letters differ no texts have to be compared."""

	key: str | None
	total: int | None  # of the words' digests, whatever the order
	odd: int  # a bit for each letter that occurs an odd number of times


class Day(NamedTuple):
	"""A date as written, as a number, and as the number it is with day and month in each other's place, where that is a date."""

	birth: str | None
	birth_day: int | None
	birth_turned: int | None
	birth_digits: int  # a bit for each digit in its place


Told = tuple[str | None, int | None, int]  # the fields of a spelling, bare: many are read
UNKNOWN: Told = (None, None, 0)


def spelling(text: str) -> Told:
	"""The folded text with what is asked of it (the fields of a `Spelling`)."""
	words = [_alone(word) for word in text.split()]
	if None in words:
		words = [_folded(word) for word in normalise(text).split()]
	if not words:
		return UNKNOWN
	keys, total, odd = [], 0, 0
	for key, number, letters in words:
		keys.append(key)
		total += number
		odd ^= letters
	return " ".join(keys), total, odd


@lru_cache(maxsize=WORDS)
def _alone(word: str) -> Told | None:
	"""A word that is folded the same whatever stands beside it."""
	folded = normalise(word)
	return None if not folded or " " in folded or folded in MAY_JOIN else _folded(folded)


@lru_cache(maxsize=WORDS)
def _folded(word: str) -> Told:
	key = word.translate(IN_BYTES)
	number = int.from_bytes(blake2b(key.encode(), digest_size=DIGEST).digest())
	return key, number, reduce(xor, (1 << ord(letter) % LETTERS for letter in key))


def day(text: str) -> Day:
	"""A date (YYYY-MM-DD) with what is asked of it."""
	if not text:
		return Day(None, None, None, 0)
	digits, turned = text.replace("-", ""), None
	if int(text[8:10]) <= 12:
		turned = int(text[:4] + text[8:10] + text[5:7])
	places = sum(1 << 10 * at + int(digit) for at, digit in enumerate(digits[-COUNTED_DIGITS:]))
	return Day(text, int(digits), turned, places)

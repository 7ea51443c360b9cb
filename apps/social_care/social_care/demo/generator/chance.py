"""Chance that repeats: every stream of random numbers is named, so that any part can be made again by itself."""

import hashlib
import random
from collections.abc import Sequence
from math import gcd


def stream(seed: int, *names: object) -> random.Random:
	"""A generator of random numbers of its own for each name."""
	return random.Random("/".join(str(part) for part in (seed, *names)))


def token(seed: int, *names: object) -> str:
	"""Twenty hexadecimal digits that stand for a name; two names practically never share them."""
	text = "/".join(str(part) for part in (seed, *names))
	return hashlib.blake2b(text.encode(), digest_size=10).hexdigest()


def apportion(total: int, weights: Sequence[float]) -> list[int]:
	"""Divide `total` whole things in proportion to `weights`, by the largest remainder; the parts sum to `total`."""
	shares = [total * weight / sum(weights) for weight in weights]
	parts = [int(share) for share in shares]
	by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - shares[i], i))
	for i in by_remainder[: total - sum(parts)]:
		parts[i] += 1
	return parts


class Scatter:
	"""A one-to-one scattering of 0 … size-1, computed and not stored."""

	def __init__(self, size: int, rng: random.Random) -> None:
		self.size = max(size, 1)
		self.offset = rng.randrange(self.size)
		self.factor = next(
			f for f in iter(lambda: rng.randrange(1, self.size + 1), None) if gcd(f, self.size) == 1
		)

	def __call__(self, index: int) -> int:
		"""Where `index` lands."""
		return (index * self.factor + self.offset) % self.size


def choose(rng: random.Random, weighted: tuple) -> str:
	"""One of (value, weight) pairs."""
	return rng.choices([value for value, _ in weighted], [weight for _, weight in weighted])[0]


class Weighted:
	"""Picks items with fixed weights."""

	def __init__(self, items: Sequence, weights: Sequence[float]) -> None:
		self.items = list(items)
		self.cumulative = []
		total = 0.0
		for weight in weights:
			total += weight
			self.cumulative.append(total)

	def pick(self, rng: random.Random):
		"""One item."""
		return rng.choices(self.items, cum_weights=self.cumulative)[0]

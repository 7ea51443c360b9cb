"""What the person at the terminal sees while a nation is loaded."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")
EVERY = 0.5


class Progress:
	"""One line for each stage: name, counter, time. On a terminal the line moves; in a log only its end is written."""

	def __init__(self) -> None:
		self.started = time.monotonic()
		self.moves = sys.stdout.isatty()

	def track(self, label: str, items: Iterable[Item], total: int | None = None) -> Iterator[Item]:
		"""The items, counted on the way; `total` is None where nobody knows it before."""
		begin = shown = time.monotonic()
		count = 0
		for count, item in enumerate(items, 1):
			yield item
			if self.moves and time.monotonic() - shown > EVERY:
				shown = time.monotonic()
				self._write(label, count, total, shown - begin, "\r")
		self._write(label, count, total, time.monotonic() - begin, "\n")

	def _write(self, label: str, count: int, total: int | None, seconds: float, end: str) -> None:
		begin = "\r" if self.moves else ""
		whole = f"of {total:,}" if total is not None else ""
		print(f"{begin}{label:<28} {count:>9,} {whole:<12} {seconds:>7.1f} s", end=end, flush=True)

	def finish(self, text: str) -> None:
		"""A last line with the whole time."""
		print(f"{text} in {time.monotonic() - self.started:.1f} s", flush=True)

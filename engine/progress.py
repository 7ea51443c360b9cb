"""What a person sees of long work: one line a step with a running clock, and a table at the end."""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

WIDTH = 38


class Progress:
	"""Prints steps as they run and remembers their wall time.

	On a terminal the line of the running step is redrawn twice a second; elsewhere (CI, a file) a line is
	added every ten seconds, so that silence never means a stall.
	"""

	def __init__(self, stream=None) -> None:
		self.stream = stream or sys.stdout
		self.live = self.stream.isatty() and os.environ.get("TERM") != "dumb"
		self.times: list[tuple[str, float, str]] = []
		self.note = ""
		self.began = time.monotonic()

	@contextmanager
	def step(self, name: str) -> Iterator["Progress"]:
		"""Run the body as a named step. `say` inside it sets what is shown beside the clock."""
		self.note = ""
		started, ended = time.monotonic(), threading.Event()
		ticker = threading.Thread(target=self._tick, args=(name, started, ended), daemon=True)
		ticker.start()
		try:
			yield self
		except BaseException:
			self._end(ended, ticker)
			self._line(f"  ✗ {name:{WIDTH}}{time.monotonic() - started:8.1f} s")
			raise
		self._end(ended, ticker)
		self.times.append((name, time.monotonic() - started, self.note))
		self._line(f"  ✓ {name:{WIDTH}}{time.monotonic() - started:8.1f} s  {self.note}".rstrip())

	@contextmanager
	def open_step(self, name: str) -> Iterator[None]:
		"""Measure the body as a step that shows its own progress."""
		started = time.monotonic()
		try:
			yield
		finally:
			self.times.append((name, time.monotonic() - started, ""))

	def say(self, note: str) -> None:
		"""Set the note beside the running step: a count, a percentage, the last line of a command."""
		self.note = note.strip()

	def bar(self, done: int, total: int, unit: str = "") -> None:
		"""Show a bar for `done` of `total`."""
		part = done / total if total else 1
		filled = int(part * 20)
		self.say(f"[{'█' * filled}{'·' * (20 - filled)}] {done:,}/{total:,} {unit}")

	def summary(self) -> None:
		"""Print the wall time of every step that took a tenth of a second or more, and the total."""
		self._line("")
		for name, seconds, _note in self.times:
			if seconds >= 0.1:
				self._line(f"  {name:{WIDTH + 2}}{seconds:8.1f} s")
		self._line(f"  {'in all':{WIDTH + 2}}{time.monotonic() - self.began:8.1f} s")

	def _tick(self, name: str, started: float, ended: threading.Event) -> None:
		while not ended.wait(0.5 if self.live else 10):
			seconds = time.monotonic() - started
			text = f"  … {name:{WIDTH}}{seconds:8.1f} s  {self.note}"
			if self.live:
				columns = os.get_terminal_size(self.stream.fileno()).columns
				self.stream.write("\r\033[K" + text[: columns - 1])
				self.stream.flush()
			else:
				self._line(text[:160])

	def _end(self, ended: threading.Event, ticker: threading.Thread) -> None:
		ended.set()
		ticker.join()
		if self.live:
			self.stream.write("\r\033[K")

	def _line(self, text: str) -> None:
		self.stream.write(text + "\n")
		self.stream.flush()


class Aside:
	"""Work that begins at once and goes on while other steps run."""

	def __init__(self, work: Callable[[Progress], object]) -> None:
		self.work = work
		self.progress = Progress()
		self.error: BaseException | None = None
		self.thread = threading.Thread(target=self._run, daemon=True)
		self.thread.start()

	def wait(self, progress: Progress) -> None:
		"""Until it is done, its notes shown in the running step; raises what it raised."""
		while self.thread.is_alive():
			progress.say(self.progress.note)
			self.thread.join(0.2)
		progress.say(self.progress.note)
		if self.error:
			raise self.error

	def _run(self) -> None:
		try:
			self.work(self.progress)
		except BaseException as error:
			self.error = error

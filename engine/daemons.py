"""Background programs of this bench: started apart from the terminal, found again, and ended.

Each carries a mark in its environment that names this bench and the program, so that `stop` finds what
belongs here (also children whose parent was killed) and nothing else.
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from engine import paths
from engine.errors import EngineError

MARK = "BENCH_DAEMON"
GIVEN_UP = 30


def mark(name: str) -> str:
	"""The mark's value for a program of this bench."""
	return f"{paths.ROOT}:{name}"


def start(
	name: str, command: Sequence[str | Path], *, cwd: Path, env: Mapping[str, str] | None = None
) -> None:
	"""Start a program in the background; its output is appended to `var/log/<name>.log`.

	Returns when it can be found by its mark: for a moment after its start a process shows no environment yet.
	"""
	paths.LOG.mkdir(parents=True, exist_ok=True)
	with (paths.LOG / f"{name}.log").open("ab") as out:
		process = subprocess.Popen(
			[str(word) for word in command],
			cwd=cwd,
			env={**(env or os.environ), MARK: mark(name)},
			stdin=subprocess.DEVNULL,
			stdout=out,
			stderr=subprocess.STDOUT,
			start_new_session=True,
		)
	wait_until(lambda: process.poll() is not None or process.pid in pids(name), 5)


def pids(name: str) -> list[int]:
	"""Process numbers of a background program of this bench, its children included."""
	wanted = f"{MARK}={mark(name)}".encode()
	return [pid for pid, environment in _environments() if wanted in environment]


def running(name: str) -> bool:
	"""Whether any process of the program lives."""
	return bool(pids(name))


def stop(name: str, *, patience: float = GIVEN_UP) -> bool:
	"""End the program: a polite signal first, force after `patience` seconds. False when none ran.

	Only the outermost processes get the polite signal: they end their children in their own way (a worker
	lets its running job finish).
	"""
	living = pids(name)
	if not living:
		return False
	_signal([pid for pid in living if _parent(pid) not in living], signal.SIGTERM)
	if not wait_until(lambda: not pids(name), patience):
		_signal(pids(name), signal.SIGKILL)
		wait_until(lambda: not pids(name), 5)
	return True


def wait_until(question: Callable[[], object], seconds: float) -> bool:
	"""Ask until the answer is true; False when the time is over."""
	end = time.monotonic() + seconds
	while time.monotonic() < end:
		if question():
			return True
		time.sleep(0.1)
	return bool(question())


def wait_for(name: str, question: Callable[[], object], seconds: float) -> None:
	"""Wait until a started program answers; raises EngineError with its last words if it ends or stays silent."""
	wait_until(lambda: question() or not running(name), seconds)
	if question():
		return
	what = f"does not answer after {seconds:.0f} s" if running(name) else "ended by itself"
	log = paths.LOG / f"{name}.log"
	tail = "\n".join("    " + line for line in log.read_text(errors="replace").splitlines()[-12:])
	raise EngineError(f"{name} {what}. The end of {log}:\n{tail}")


def _environments():
	for entry in os.scandir("/proc"):
		if entry.name.isdigit():
			try:
				yield int(entry.name), Path(entry.path, "environ").read_bytes().split(b"\0")
			except OSError:  # ended meanwhile, or another user's
				continue


def _parent(pid: int) -> int:
	try:
		return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
	except OSError:
		return 0


def _signal(numbers: list[int], sign: signal.Signals) -> None:
	for pid in numbers:
		try:
			os.kill(pid, sign)
		except ProcessLookupError:
			continue

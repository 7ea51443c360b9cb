"""Running other programs: output to a log, the last line beside the clock, a clear end."""

import os
import re
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from engine import daemons, paths
from engine.errors import EngineError
from engine.progress import Progress

# The name under which a step's command is found again when the engine itself was killed.
STEP = "step"
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def run(
	command: Sequence[str | Path],
	*,
	log: str,
	progress: Progress | None = None,
	cwd: Path | None = None,
	env: Mapping[str, str] | None = None,
) -> None:
	"""Run a command to its end; its output goes to `var/log/<log>.log`.

	Raises EngineError with the last lines of the output when it fails. An interrupt ends the whole
	process group of the command before it is passed on.
	"""
	paths.LOG.mkdir(parents=True, exist_ok=True)
	logfile = paths.LOG / f"{log}.log"
	words = [str(word) for word in command]
	with logfile.open("w") as out:
		process = _spawn(words, cwd, env)
		try:
			for line in _lines(process):
				out.write(line + "\n")
				if progress and line.strip():
					progress.say(line.strip()[-90:])
			status = process.wait()
		except BaseException:
			end_group(process)
			raise
	if status:
		raise EngineError(_failure(words, status, logfile))
	if progress:
		progress.say("")


def output(command: Sequence[str | Path], **options) -> str:
	"""Return what a short command prints; an empty text when it fails or does not exist."""
	try:
		done = subprocess.run(
			[str(word) for word in command],
			stdin=subprocess.DEVNULL,
			capture_output=True,
			text=True,
			timeout=60,
			**options,
		)
	except (OSError, subprocess.TimeoutExpired):
		return ""
	return done.stdout.strip() if done.returncode == 0 else ""


def end_group(process: subprocess.Popen, patience: float = 10) -> None:
	"""End a process that leads its own group, first politely, then by force."""
	for sign in (signal.SIGTERM, signal.SIGKILL):
		try:
			os.killpg(process.pid, sign)
			process.wait(patience)
		except ProcessLookupError:
			return
		except subprocess.TimeoutExpired:
			continue


def _spawn(words: list[str], cwd: Path | None, env: Mapping[str, str] | None) -> subprocess.Popen:
	try:
		return subprocess.Popen(
			words,
			cwd=cwd or paths.ROOT,
			env={**(os.environ if env is None else env), daemons.MARK: daemons.mark(STEP)},
			stdin=subprocess.DEVNULL,
			stdout=subprocess.PIPE,
			stderr=subprocess.STDOUT,
			start_new_session=True,
		)
	except FileNotFoundError:
		raise EngineError(f"The program {words[0]} is not there.") from None


def _lines(process: subprocess.Popen):
	"""Yield lines as they come; a carriage return (a progress bar of the command) ends a line, too."""
	rest = b""
	while chunk := os.read(process.stdout.fileno(), 65536):
		*whole, rest = (rest + chunk).replace(b"\r", b"\n").split(b"\n")
		yield from (CONTROL.sub("", line.decode(errors="replace")) for line in whole)
	if rest:
		yield CONTROL.sub("", rest.decode(errors="replace"))


def _failure(words: list[str], status: int, logfile: Path) -> str:
	written = [line for line in logfile.read_text().splitlines() if line.strip()]
	tail = "\n".join("    " + line for line in written[-15:])
	if "No space left on device" in tail:
		tail += "\n    The disk is full: make room and start again."
	command = " ".join(words)
	return f"This command ended with status {status}:\n    {command}\n{tail}\n    Its whole output: {logfile}"

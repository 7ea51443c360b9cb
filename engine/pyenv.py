"""The bench's own Python environment at `env/`, exactly as `engine/requirements.txt` locks it."""

import shutil
import sys
from pathlib import Path

from engine import commands, paths
from engine.bench_config import present_apps
from engine.progress import Progress
from engine.store import digest, write_text

LOCK = paths.ENGINE / "requirements.txt"
WISHES = paths.ENGINE / "requirements.in"
STAMP = paths.ENV / ".made-from"


def ensure(progress: Progress) -> bool:
	"""Create or refresh the environment. Returns whether packages changed."""
	link_apps()
	wanted = digest(LOCK.read_bytes(), sys.version, sys.base_prefix)
	if STAMP.exists() and STAMP.read_text() == wanted:
		progress.say("as before")
		return False
	_make_base(progress)
	_sync(progress)
	link_apps()
	write_text(STAMP, wanted)
	return True


def link_apps() -> None:
	"""Make every app importable from where it stands: a path file, so nothing has to be installed."""
	for folder in paths.ENV.glob("lib/python3.*/site-packages"):
		apps = [str(paths.APPS / app) for app in ("frappe", *present_apps())]
		write_text(folder / "bench-apps.pth", "\n".join(apps) + "\n")


def lock(progress: Progress) -> None:
	"""Resolve `requirements.in` anew into the lock file, with hashes and without any registry's address."""
	command = [paths.ENV / "bin" / "uv", "pip", "compile", WISHES, "--output-file", LOCK, "--upgrade"]
	options = ["--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate"]
	commands.run([*command, *options, "--no-emit-index-url"], log="lock", progress=progress)


def _make_base(progress: Progress) -> None:
	"""An environment with pip and the locked uv, which installs the rest several times faster."""
	if not _works(paths.PYTHON):
		shutil.rmtree(paths.ENV, ignore_errors=True)
		commands.run([sys.executable, "-m", "venv", paths.ENV], log="python", progress=progress)
	bootstrap = paths.TMP / "bootstrap.txt"
	write_text(bootstrap, _locked("uv"))
	pip = [paths.PYTHON, "-m", "pip", "install", "--require-hashes", "--disable-pip-version-check"]
	commands.run([*pip, "-r", bootstrap], log="python", progress=progress)


def _sync(progress: Progress) -> None:
	uv = [paths.ENV / "bin" / "uv", "pip", "sync", "--python", paths.PYTHON, "--require-hashes", LOCK]
	commands.run(uv, log="python", progress=progress)


def _works(python: Path) -> bool:
	return commands.output([python, "-c", "import pip, sys; print(sys.base_prefix)"]) == sys.base_prefix


def _locked(name: str) -> str:
	"""The lock file's entry of one package, with its hashes."""
	lines = LOCK.read_text().splitlines()
	start = next(number for number, line in enumerate(lines) if line.startswith(f"{name}=="))
	entry = [lines[start]]
	for line in lines[start + 1 :]:
		if not line.startswith(" "):
			break
		entry.append(line)
	return "\n".join(entry) + "\n"

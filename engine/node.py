"""Node packages as the lock file says, and the desk's built assets."""

import os

from engine import commands, machine, paths
from engine.progress import Progress
from engine.store import digest, write_text

LOCK = paths.ROOT / "package-lock.json"
STAMP = paths.NODE_MODULES / ".made-from"
BUILDER = paths.ENGINE / "assets" / "build.mjs"


def ensure(progress: Progress) -> bool:
	"""Install the locked packages. Returns whether anything was installed."""
	wanted = digest(LOCK.read_bytes())
	if STAMP.exists() and STAMP.read_text() == wanted:
		progress.say("as before")
		return False
	options = ["--no-audit", "--no-fund", "--ignore-scripts=false"]
	commands.run([machine.find("npm"), "ci", *options], log="npm", progress=progress)
	write_text(STAMP, wanted)
	return True


def build(progress: Progress) -> None:
	"""Build the desk's assets; the builder itself sees what has not changed."""
	env = os.environ | {"BENCH_ROOT": str(paths.ROOT)}
	commands.run([machine.find("node"), BUILDER], log="assets", progress=progress, env=env)

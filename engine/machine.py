"""The machine under the bench: versions, disk, and the Debian packages whose programs are used."""

import importlib.util
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from engine import commands, paths
from engine.errors import EngineError
from engine.progress import Progress

NODE_AT_LEAST = (20, 0)
GIGABYTES_NEEDED = 4
POLICY = Path("/usr/sbin/policy-rc.d")
POLICY_TEXT = "#!/bin/sh\n# written while the bench installs packages: no service may start\nexit 101\n"
SBIN = ("/usr/sbin", "/sbin", "/usr/local/sbin")


@dataclass(frozen=True)
class Need:
	"""A program (or a font, or a module of this Python) and the Debian package which brings it."""

	package: str
	program: str = ""
	font: str = ""
	module: str = ""

	def met(self) -> bool:
		"""Whether the machine has it."""
		if self.module:
			return importlib.util.find_spec(self.module) is not None
		if self.font:
			return bool(commands.output(["fc-list", self.font]))
		return bool(find(self.program))


NEEDS = (
	Need("python3-venv", module="ensurepip"),
	Need("git", "git"),
	Need("gpg", "gpg"),
	Need("mariadb-server-core", "mariadbd"),
	Need("mariadb-client", "mariadb-dump"),
	Need("redis-server", "redis-server"),
	Need("chromium", "chromium"),
	Need("poppler-utils", "pdftotext"),
	Need("fontconfig", "fc-list"),
	# By name: other fonts hold the letters of the language, too, and join them so that a PDF's text reads wrong.
	Need("fonts-noto-core", font="Noto Naskh Arabic"),
)
# Programs that somebody else provides when the site points at an outside server.
DATABASE_SERVER, REDIS_SERVER = "mariadb-server-core", "redis-server"


def find(program: str) -> str:
	"""The program's path, also where sbin is not on the PATH; empty when there is none."""
	path = os.pathsep.join([os.environ.get("PATH", ""), *SBIN])
	return shutil.which(program, path=path) or ""


def ensure(progress: Progress, *, without: frozenset[str] = frozenset()) -> None:
	"""Install the missing packages. Raises EngineError naming them where that cannot be done."""
	check_node(commands.output([find("node"), "--version"]) if find("npm") else "")
	missing = [need.package for need in NEEDS if need.package not in without and not need.met()]
	if missing:
		install(missing, progress)
		progress.say(f"{len(missing)} packages installed")


def install(packages: list[str], progress: Progress) -> None:
	"""Install Debian packages without letting any of their services start."""
	apt = find("apt-get")
	if os.geteuid() != 0 or not apt:
		raise EngineError(
			f"This machine lacks what these Debian packages bring: {' '.join(packages)}\n"
			"    Install them (as root: apt-get update && apt-get install --no-install-recommends "
			f"{' '.join(packages)}) and start again."
		)
	env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
	commands.run([apt, "update"], log="apt-update", progress=progress, env=env)
	made = _forbid_services()
	try:
		command = [apt, "install", "--yes", "--no-install-recommends", *packages]
		commands.run(command, log="apt-install", progress=progress, env=env)
	finally:
		if made:
			POLICY.unlink(missing_ok=True)


def check_node(version: str) -> None:
	"""Raise EngineError unless the text of `node --version` is new enough."""
	found = tuple(int(number) for number in re.findall(r"\d+", version)[:2])
	if found < NODE_AT_LEAST:
		wanted = ".".join(map(str, NODE_AT_LEAST))
		raise EngineError(f"Node {wanted} or newer, with npm, is needed; found {version or 'none'}.")


def check_disk(folder: Path = paths.ROOT, gigabytes: int = GIGABYTES_NEEDED) -> None:
	"""Raise EngineError where the disk has too little room for a fresh bench."""
	free = shutil.disk_usage(folder).free / 1024**3
	if free < gigabytes and not paths.PYTHON.exists():
		raise EngineError(f"A fresh bench needs {gigabytes} GB of disk; {folder} has {free:.1f} GB free.")


def _forbid_services() -> bool:
	"""Write dpkg's policy file; one that somebody else wrote is left alone (and then not removed)."""
	if POLICY.exists() and POLICY.read_text() != POLICY_TEXT:
		return False
	POLICY.write_text(POLICY_TEXT)
	POLICY.chmod(0o755)
	return True

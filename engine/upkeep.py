"""The smaller commands: logs, status, lint, clean and lock."""

import os
import shutil
import subprocess
import sys

from engine import daemons, framework, machine, node, paths, ports, processes, pyenv, sbom, services
from engine.bench_config import main_site
from engine.errors import EngineError
from engine.progress import Progress

MADE_FOLDERS = ("env", "var", "node_modules", "logs", "config", "sites/assets")


def logs(_rest: list[str]) -> None:
	"""Follow the logs of the background programs until interrupted."""
	files = [paths.LOG / "bench.log", paths.LOG / "mariadb.log"]
	present = [str(file) for file in files if file.exists()]
	if not present:
		raise EngineError("No logs yet: nothing has been started.")
	os.execvp("tail", ["tail", "-n", "40", "-F", *present])


def status(_rest: list[str]) -> int:
	"""Print what runs where; status 1 unless the site answers."""
	for name in (processes.NAME, "mariadb", *services.REDIS):
		count = len(daemons.pids(name))
		print(f"  {name:14}{'stopped' if not count else f'{count} processes'}")
	port = ports.chosen()["web"]
	answers = processes.site_answers(main_site(), port)
	print(f"  {main_site()} {'answers' if answers else 'does not answer'} at port {port}")
	return 0 if answers else 1


def lint(_rest: list[str]) -> int:
	"""Check style and formatting of everything that is ours."""
	return _style([["check", "."], ["format", "--check", "."]], "lint")


def format_code(_rest: list[str]) -> int:
	"""Bring everything that is ours into the style, as far as that can be done by itself."""
	return _style([["format", "."], ["check", "--fix", "."]], "format")


def clean(_rest: list[str]) -> None:
	"""Remove everything that set-up made, sites and databases included; asks first on a terminal."""
	if sys.stdin.isatty() and input("Remove this bench's sites, databases and packages? [y/N] ") != "y":
		return
	processes.stop()
	services.stop()
	for name in MADE_FOLDERS:
		shutil.rmtree(paths.ROOT / name, ignore_errors=True)
	for config in paths.SITES.glob("*/site_config.json"):
		shutil.rmtree(config.parent)
	for name in ("common_site_config.json", "apps.txt", "apps.json"):
		(paths.SITES / name).unlink(missing_ok=True)
	(paths.ROOT / ".env").unlink(missing_ok=True)
	if framework.is_ours(paths.FRAMEWORK):
		shutil.rmtree(paths.FRAMEWORK)


def lock(_rest: list[str]) -> None:
	"""Resolve the Python packages anew."""
	progress = Progress()
	with progress.step("Resolving Python packages"):
		pyenv.lock(progress)
	bill_of_materials([])


def bill_of_materials(_rest: list[str]) -> None:
	"""Bring the bills of materials to what the lock files say."""
	for path in sbom.write():
		print(f"  written: {path.relative_to(paths.ROOT)}")


def _style(ruff_commands: list[list[str]], npm_script: str) -> int:
	"""Run ruff for Python and the npm script for scripts and style sheets; the worst status."""
	paths.make_folders()
	progress = Progress()
	with progress.step("Python packages"):
		pyenv.ensure(progress)
	with progress.step("Node packages"):
		node.ensure(progress)
	commands = [[paths.ENV / "bin" / "ruff", *words] for words in ruff_commands]
	commands.append([machine.find("npm"), "run", "--silent", npm_script])
	return max([subprocess.run(command, cwd=paths.ROOT).returncode for command in commands])

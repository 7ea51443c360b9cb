"""The commands: start, stop, restart, test, logs, status, lint, format, clean, bench, lock, sbom."""

import argparse
import errno
import fcntl
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from engine import (
	bench,
	commands,
	daemons,
	exposure,
	framework,
	machine,
	node,
	parts,
	paths,
	processes,
	pyenv,
	services,
	testing,
	upkeep,
)
from engine.bench_config import admin_password, main_site, settings
from engine.errors import EngineError
from engine.ports import chosen
from engine.progress import Aside, Progress
from engine.site import Site


def main(arguments: list[str] | None = None) -> int:
	"""Run one command; the exit status for the shell."""
	parser = _parser()
	options, rest = parser.parse_known_args(arguments)
	if rest and options.command not in ("bench", "test"):
		parser.error(f"unknown: {' '.join(rest)}")
	signal.signal(signal.SIGTERM, _interrupt)
	try:
		return COMMANDS[options.command](rest) or 0
	except EngineError as error:
		print(f"\n  {error}", file=sys.stderr)
		return 1
	except BrokenPipeError:
		return 0
	except OSError as error:
		if error.errno != errno.ENOSPC:
			raise
		print("\n  The disk is full: make room and start again.", file=sys.stderr)
		return 1
	except KeyboardInterrupt:
		print("\n  Interrupted. The same command goes on from here.", file=sys.stderr)
		return 130


def prepare(progress: Progress) -> Aside:
	"""Everything before the first site: programs, packages, framework, services, configuration.

	Node packages come and desk assets are built aside, of which a site's making needs nothing; wait for them before
	a page is asked for.
	"""
	paths.make_folders()
	machine.check_disk()
	with progress.step("Programs of the machine"):
		machine.ensure(progress, without=services.not_needed_packages())
	packages = Aside(node.ensure)
	with progress.step("Python packages"):
		pyenv.ensure(progress)
	with progress.step("Framework"):
		framework.ensure(progress)
	with progress.step("MariaDB and Redis"):
		services.start(progress)
		bench.write_config()
	return Aside(lambda quiet: (packages.wait(quiet), node.build(quiet)))


def make_site(progress: Progress, site: Site) -> None:
	"""Bring one site from nothing to migrated, or from where an interrupt left it."""
	with progress.step(f"Site {site.name}"):
		site.make(progress)
		site.configure()
	with progress.step("Set-up values"):
		site.set_up(progress)
	with progress.step("Apps"):
		site.install_apps(progress)
	with progress.step("Migration"):
		site.migrate(progress)


def start(_rest: list[str]) -> None:
	"""`make start`."""
	progress, site = Progress(), Site(main_site())
	exposure.refuse_public(site)
	with only_one():
		assets = prepare(progress)
		make_site(progress, site)
		with progress.step("Node packages and desk assets"):
			assets.wait(progress)
		with progress.step("Data that the apps load"):
			site.load(progress)
		exposure.refuse_public(site)
		with progress.step("Processes"):
			processes.start(progress, site.name)
	progress.summary()
	announce(site)


def announce(site: Site) -> None:
	"""Print where the bench answers and what the apps want to tell."""
	port = chosen()["web"]
	print(f"\n  http://{site.name}:{port}   (also http://127.0.0.1:{port})")
	print(f"  Administrator / {admin_password()}")
	if words := settings().get("announce"):
		print("\n" + bench.output(["--site", site.name, *words]))


def stop(_rest: list[str]) -> None:
	"""`make stop`."""
	testing.stop_servers()
	stopped = (["bench processes"] if processes.stop() else []) + services.stop()
	print("Stopped: " + (", ".join(stopped) or "nothing was running"))


def restart(_rest: list[str]) -> None:
	"""`make restart`: the processes anew, so that changed Python code is in use; data stays up."""
	progress, site = Progress(), Site(main_site())
	exposure.refuse_public(site)
	with only_one():
		processes.stop()
		pyenv.link_apps()
		services.start(progress)
		bench.write_config()
		with progress.step("Processes"):
			processes.start(progress, site.name)


def test(rest: list[str]) -> int:
	"""`make test`: all tests, or those that the arguments (pytest's) choose."""
	progress, site = Progress(), testing.TestSite()
	with only_one():
		was_up = services.running()
		try:
			assets = prepare(progress)
			with progress.step("Test site as it was"):
				site.reset(progress)
			make_site(progress, site)
			with progress.step("Test site kept"):
				site.keep(progress)
			with progress.step("Node packages and desk assets"):
				assets.wait(progress)
			sites = [site] if rest else [site, *further_parts(progress, site)]
			with progress.step("Test processes"):
				testing.stop_servers()
				for one in sites:
					testing.start_servers(one)
			with progress.open_step("Tests"):
				status = testing.run_pytest(site, rest) if rest else parts.run(sites)
		finally:
			testing.stop_servers()
			if not was_up:
				services.stop()
	progress.summary()
	return status


def as_bench(rest: list[str]) -> None:
	"""`python3 -m engine bench ...`: the bench's own command line."""
	bench.become(rest)


def further_parts(progress: Progress, first: testing.TestSite) -> list[testing.TestSite]:
	"""The sites of the whole suite's further parts, made from the first one's dump."""
	further = [testing.TestSite(part) for part in testing.PARTS[1:]]
	with progress.step("Test site once more"):
		for site in further:
			site.copy_of(first)
	return further


@contextmanager
def only_one() -> Iterator[None]:
	"""Refuse to work twice at once on the same bench; end commands that a killed engine, or this one, left behind."""
	paths.VAR.mkdir(exist_ok=True)
	with (paths.VAR / "lock").open("w") as lock:
		try:
			fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
		except BlockingIOError:
			raise EngineError("Another start or test of this bench is at work; wait for it.") from None
		daemons.stop(commands.STEP, patience=5)
		try:
			yield
		finally:
			daemons.stop(commands.STEP, patience=5)


def _parser() -> argparse.ArgumentParser:
	parser = argparse.ArgumentParser(prog="python3 -m engine", description=__doc__)
	parser.add_argument("command", choices=COMMANDS, help="what to do")
	return parser


def _interrupt(*_signal) -> None:
	raise KeyboardInterrupt


COMMANDS = {
	"start": start,
	"stop": stop,
	"restart": restart,
	"test": test,
	"bench": as_bench,
	"logs": upkeep.logs,
	"status": upkeep.status,
	"lint": upkeep.lint,
	"format": upkeep.format_code,
	"clean": upkeep.clean,
	"lock": upkeep.lock,
	"sbom": upkeep.bill_of_materials,
}

"""`make test`: every test, on a site and database of its own, with a web process of its own.

The test site is made once and kept as a dump; each run begins from that dump, so that nothing is left of the run
before it. After a change of code the dump is migrated and taken again.
"""

import os
import shutil
import subprocess

from engine import bench, daemons, machine, paths, ports, processes, services
from engine.bench_config import admin_password, test_site
from engine.errors import EngineError
from engine.progress import Progress
from engine.site import Site
from engine.store import read_json, write_json

WEB, WORKER, REALTIME = "test_web", "test_worker", "test_socketio"
GUNICORN = "--workers 1 --threads 6 --worker-class gthread --timeout 120 --worker-tmp-dir /dev/shm"


class TestSite(Site):
	"""The site for tests, with its dump."""

	def __init__(self) -> None:
		super().__init__(test_site(), web_port="test_web")
		self.dump = paths.VAR / "sites" / f"{self.name}.sql"

	def configure(self) -> None:
		"""As any site, and tests are allowed on it; its pages know the test's realtime server."""
		super().configure()
		file = self.folder / "site_config.json"
		ours = {"allow_tests": True, "socketio_port": ports.chosen()["test_socketio"]}
		write_json(file, read_json(file) | ours, secret=True)

	def reset(self, progress: Progress) -> None:
		"""Begin from the dump; without one (or with one of another state of the apps) leave all as it is."""
		if not self.dump.exists() or self.state().get("dumped_apps") != self.state().get("apps", []):
			return
		self._empty_files()
		command = [*self._client("mariadb"), self.database_name()]
		with self.dump.open("rb") as dump:
			_piped(command, stdin=dump)
		self.remember(code=self.state()["dumped_code"])
		self.run(["clear-cache"], progress)

	def keep(self, progress: Progress) -> None:
		"""Take the dump, when it is not of the present code."""
		state = self.state()
		if self.dump.exists() and state.get("dumped_code") == state["code"]:
			progress.say("as before")
			return
		fresh = self.dump.with_suffix(".new")
		options = ["--single-transaction", "--skip-comments", "--add-drop-table", "--result-file", str(fresh)]
		_piped([*self._client("mariadb-dump"), *options, self.database_name()])
		fresh.replace(self.dump)
		self.remember(dumped_code=state["code"], dumped_apps=state.get("apps", []))

	def _client(self, program: str) -> list[str]:
		database = services.database()
		address = ["--protocol=tcp", f"--host={database.host}", f"--port={database.port}"]
		return [machine.find(program), f"--defaults-extra-file={services.client_file()}", *address]

	def _empty_files(self) -> None:
		for kind in ("public", "private"):
			for entry in (self.folder / kind / "files").glob("*"):
				shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def start_servers(site: Site) -> None:
	"""Start the web, worker and realtime processes that tests of the whole system talk to."""
	stop_servers()
	env = bench.environment() | {
		"BENCH_SITE": site.name,
		"WEB_PORT": str(ports.require_free("test_web")),
		"SOCKETIO_PORT": str(ports.require_free("test_socketio")),
	}
	env.pop("CI", None)  # Frappe's worker takes it for a unit test and sends no mail
	gunicorn = [paths.ENV / "bin" / "gunicorn", "--pythonpath", str(paths.ROOT), *GUNICORN.split()]
	address = ["--bind", f"{ports.HOST}:{env['WEB_PORT']}", "--no-control-socket"]
	daemons.start(WEB, [*gunicorn, *address, "engine.web:application"], cwd=paths.SITES, env=env)
	worker = [paths.ENV / "bin" / "bench", "worker", "--quiet", "--queue", "short,default,long"]
	daemons.start(WORKER, worker, cwd=paths.ROOT, env=env)
	realtime = [machine.find("node"), paths.ENGINE / "realtime" / "server.mjs"]
	daemons.start(REALTIME, realtime, cwd=paths.ROOT, env=env)
	daemons.wait_for(WEB, lambda: processes.site_answers(site.name, int(env["WEB_PORT"])), 60)


def stop_servers() -> None:
	"""End the test's own processes."""
	for name in (WEB, WORKER, REALTIME):
		daemons.stop(name, patience=10)


def run_pytest(site: Site, arguments: list[str]) -> int:
	"""Run pytest with the contract's environment; its exit status, where "no tests" is a failure, too."""
	env = bench.environment() | {
		"TEST_SITE": site.name,
		"TEST_URL": f"http://{ports.HOST}:{ports.chosen()['test_web']}",
		"TEST_ADMIN_PASSWORD": admin_password(),
	}
	command = [str(paths.PYTHON), "-m", "pytest", *arguments]
	process = subprocess.Popen(command, cwd=paths.ROOT, env=env)
	try:
		return process.wait()
	except KeyboardInterrupt:
		process.wait(30)
		raise


def _piped(command: list[str], stdin=subprocess.DEVNULL) -> None:
	done = subprocess.run(command, stdin=stdin, capture_output=True, text=True)
	if done.returncode:
		raise EngineError(f"{os.path.basename(command[0])} failed: {done.stderr.strip()[-500:]}")

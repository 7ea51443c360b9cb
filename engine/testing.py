"""`make test`: every test, on sites and databases of their own, with web processes of their own.

The test site is made once and kept as a dump; each run begins from that dump, so that nothing is left of the run
before it. After a change of code the dump is migrated and taken again. A whole run goes in two parts at the same
time (`engine/parts.py`); the second part's site is another database made from the same dump.
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

PROGRAMS = ("test_web", "test_worker", "test_socketio")
PARTS = (1, 2)
EMPTY_REDIS = "import redis, sys\nfor address in sys.stdin: redis.from_url(address.strip()).flushdb()"
GUNICORN = "--workers 1 --threads 6 --worker-class gthread --timeout 120 --worker-tmp-dir /dev/shm"

MANY_USERS = 100_000  # tests make more of them in an hour than the framework would have


class TestSite(Site):
	"""The site for tests, with its dump, and what belongs to it: ports, processes, numbers of Redis databases."""

	def __init__(self, part: int = 1) -> None:
		self.part = part
		self.suffix = f"_{part}" if part > 1 else ""
		stem, dot, rest = test_site().partition(".")
		super().__init__(
			f"{stem}{self.suffix.replace('_', '-')}{dot}{rest}", web_port=f"test_web{self.suffix}"
		)
		self.dump = paths.VAR / "sites" / f"{test_site()}.sql"

	def port(self, server: str) -> int:
		"""The port of `test_web` or `test_socketio` for this part."""
		return ports.chosen()[server + self.suffix]

	def environment(self) -> dict[str, str]:
		"""Environment of every program that works on this site. Each part has Redis databases of its own."""
		env = bench.environment() | {"BENCH_SITE": self.name}
		if self.part > 1:
			for server in services.REDIS:
				env[f"FRAPPE_{server.upper()}"] = services.redis_url(server, number=self.part - 1)
		return env

	def configure(self) -> None:
		"""As any site, and tests are allowed on it; its pages know the test's realtime server."""
		super().configure()
		file = self.folder / "site_config.json"
		ours = {
			"allow_tests": True,
			"throttle_user_limit": MANY_USERS,
			"socketio_port": self.port("test_socketio"),
		}
		write_json(file, read_json(file) | ours, secret=True)

	def copy_of(self, first: "TestSite") -> None:
		"""Become what the first part's dump holds: its settings (its key, too), a database and a user of our own."""
		for folder in ("public/files", "private/files", "locks", "logs"):
			(self.folder / folder).mkdir(parents=True, exist_ok=True)
		settings = read_json(first.folder / "site_config.json") | {"db_name": self.database_name()}
		write_json(self.folder / "site_config.json", settings, secret=True)
		self.configure()
		self._make_database(settings["db_password"])
		self._load()
		own = [services.redis_url(server, number=self.part - 1) for server in services.REDIS]
		_piped([str(paths.PYTHON), "-c", EMPTY_REDIS], text="\n".join(own))

	def _empty_database(self) -> None:
		"""Without any table, those a run made besides the dump's, too. Rights on the database stay."""
		name = self.database_name()
		statement = f"CREATE OR REPLACE DATABASE `{name}` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;"
		_piped(self._client("mariadb"), text=statement)

	def _make_database(self, password: str) -> None:
		self._empty_database()
		name = self.database_name()
		who = f"'{name}'@'%'"
		statements = (
			f"CREATE OR REPLACE USER {who} IDENTIFIED BY '{password}';GRANT ALL ON `{name}`.* TO {who};"
		)
		_piped(self._client("mariadb"), text=statements)

	def reset(self, progress: Progress) -> None:
		"""Begin from the dump; without one (or with one of another state of the apps) leave all as it is."""
		if not self.dump.exists() or self.state().get("dumped_apps") != self.state().get("apps", []):
			return
		self._empty_database()
		self._load()
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

	def _load(self) -> None:
		self._empty_files()
		with self.dump.open("rb") as dump:
			_piped([*self._client("mariadb"), self.database_name()], stdin=dump)

	def _client(self, program: str) -> list[str]:
		database = services.database()
		address = ["--protocol=tcp", f"--host={database.host}", f"--port={database.port}"]
		return [machine.find(program), f"--defaults-extra-file={services.client_file()}", *address]

	def _empty_files(self) -> None:
		for kind in ("public", "private"):
			for entry in (self.folder / kind / "files").glob("*"):
				shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def start_servers(site: TestSite) -> None:
	"""Start the web, worker and realtime processes that tests of the whole system talk to."""
	web, worker, realtime = (program + site.suffix for program in PROGRAMS)
	env = site.environment() | {
		"WEB_PORT": str(ports.require_free(f"test_web{site.suffix}")),
		"SOCKETIO_PORT": str(ports.require_free(f"test_socketio{site.suffix}")),
	}
	env.pop("CI", None)  # Frappe's worker takes it for a unit test and sends no mail
	gunicorn = [paths.ENV / "bin" / "gunicorn", "--pythonpath", str(paths.ROOT), *GUNICORN.split()]
	address = ["--bind", f"{ports.HOST}:{env['WEB_PORT']}", "--no-control-socket"]
	daemons.start(web, [*gunicorn, *address, "engine.web:application"], cwd=paths.SITES, env=env)
	queue = [paths.ENV / "bin" / "bench", "worker", "--quiet", "--queue", "short,default,long"]
	daemons.start(worker, queue, cwd=paths.ROOT, env=env)
	node = [machine.find("node"), paths.ENGINE / "realtime" / "server.mjs"]
	daemons.start(realtime, node, cwd=paths.ROOT, env=env)
	daemons.wait_for(web, lambda: processes.site_answers(site.name, int(env["WEB_PORT"])), 60)


def stop_servers() -> None:
	"""End the tests' own processes, of every part."""
	for part in PARTS:
		for program in PROGRAMS:
			daemons.stop(program + TestSite(part).suffix, patience=10)


def start_pytest(site: TestSite, arguments: list[str], **options) -> subprocess.Popen:
	"""Start pytest with the contract's environment; its status is a failure also where it finds no test."""
	env = site.environment() | {
		"TEST_SITE": site.name,
		"TEST_URL": f"http://{ports.HOST}:{site.port('test_web')}",
		"TEST_ADMIN_PASSWORD": admin_password(),
	}
	env.pop("BENCH_SITE")
	command = [str(paths.PYTHON), "-m", "pytest", *arguments]
	return subprocess.Popen(command, cwd=paths.ROOT, env=env, **options)


def run_pytest(site: TestSite, arguments: list[str]) -> int:
	"""Run pytest with these arguments in one process; its exit status."""
	process = start_pytest(site, arguments)
	try:
		return process.wait()
	except KeyboardInterrupt:
		process.wait(30)
		raise


def _piped(command: list[str], stdin=None, text: str | None = None) -> None:
	given = {"stdin": stdin} if stdin else {"input": text or ""}
	done = subprocess.run(command, **given, capture_output=True, text=True)
	if done.returncode:
		raise EngineError(f"{os.path.basename(command[0])} failed: {done.stderr.strip()[-500:]}")

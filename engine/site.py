"""One site: made, set up, given its apps, migrated. Each part is done once and remembered in `var/sites/`."""

import json
import shutil
from pathlib import Path

from engine import bench, commands, paths, ports, services
from engine.bench_config import admin_password, present_apps, settings
from engine.errors import EngineError
from engine.progress import Progress
from engine.store import digest, digest_files, read_json, write_json

CODE_SUFFIXES = (".py", ".json", ".txt", ".html", ".csv", ".js", ".toml")
NOT_CODE = {"__pycache__", "node_modules", "dist", ".git", ".ruff_cache", ".pytest_cache"}


class Site:
	"""A site of this bench and what has been done to it so far."""

	def __init__(self, name: str, web_port: str = "web") -> None:
		self.name = name
		self.web_port = web_port
		self.folder = paths.SITES / name
		self.record = paths.VAR / "sites" / f"{name}.json"

	def exists(self) -> bool:
		"""Whether the site is complete: made by us to the end, or there without our doing."""
		begun = "made" in self.state()
		return (self.folder / "site_config.json").exists() and (not begun or self.state()["made"])

	def state(self) -> dict:
		"""What is remembered of the site."""
		return read_json(self.record)

	def remember(self, **facts) -> None:
		"""Add to what is remembered."""
		write_json(self.record, self.state() | facts)

	def make(self, progress: Progress) -> None:
		"""Create the site; one that an interrupt left half-made is dropped first."""
		if self.exists():
			self._require_database()
			progress.say("as before")
			return
		self.drop_remains()
		self.remember(made=False)
		code = code_digests()["frappe"]
		database, password = services.database(), admin_password()
		arguments = [self.name, "--admin-password", password]
		arguments += ["--db-root-username", database.user, "--db-root-password", database.password]
		arguments += ["--no-mariadb-socket", "--db-name", self.database_name(), "--force"]
		self.script("new_site.py", [], {"NEW_SITE": json.dumps(arguments)}, progress)
		write_json(self.record, {"made": True, "code": {"frappe": code}})

	def drop_remains(self) -> None:
		"""Remove the folder of a half-made site; `new-site --force` replaces its database."""
		shutil.rmtree(self.folder, ignore_errors=True)
		self.record.unlink(missing_ok=True)

	def database_name(self) -> str:
		"""A name of its own for each bench, also where several share one server."""
		return "_" + digest(str(self.folder))[:16]

	def _require_database(self) -> None:
		name = read_json(self.folder / "site_config.json").get("db_name", "")
		if services.database().private and not (services.DATA / name).is_dir():
			raise EngineError(
				f"The site {self.name} has its folder but no database any more. Restore a backup of it,\n"
				f"    or remove {self.folder} (its uploaded files, too) and start again."
			)

	def configure(self) -> None:
		"""Write the site's own settings, among them the address that links in letters and prints bear."""
		file = self.folder / "site_config.json"
		ours = {"host_name": f"http://{self.name}:{ports.chosen()[self.web_port]}"}
		write_json(file, read_json(file) | ours | settings()["site_config"], secret=True)

	def set_up(self, progress: Progress) -> None:
		"""Answer the set-up wizard with the template's values."""
		if self.state().get("set_up"):
			progress.say("as before")
			return
		values = settings()["setup"] | {"password": admin_password()}
		self.script("first_values.py", [self.name], {"FIRST_VALUES": json.dumps(values)}, progress)
		self.remember(set_up=True)

	def install_apps(self, progress: Progress) -> None:
		"""Install the bench's apps that the site lacks, one by one.

		The framework counts an app as installed before it is done; one that was interrupted is forced.
		"""
		present, code = present_apps(), code_digests()
		missing = [app for app in present if app not in self.state().get("apps", [])]
		for number, app in enumerate(missing):
			progress.bar(number, len(missing), app)
			again = ["--force"] if self.state().get("installing") == app else []
			self.remember(installing=app)
			self.run(["install-app", app, *again], progress)
			state = self.state()
			known = state.get("code", {}) | {app: code[app]}
			self.remember(apps=[*state.get("apps", []), app], installing="", code=known)
		progress.say(f"{len(present)} apps")

	def migrate(self, progress: Progress) -> None:
		"""Bring the database to the code, when code changed since the last time."""
		now = code_digests()
		if self.state().get("code") == now:
			progress.say("as before")
			return
		self.run(["migrate"], progress)
		self.remember(code=now)

	def load(self, progress: Progress) -> None:
		"""Run the template's `after_install` commands, each once; a killed one is run again."""
		for entry in settings()["after_install"]:
			words = entry["command"]
			done = self.state().get("loaded", [])
			if entry["app"] in self.state().get("apps", []) and words not in done:
				self.run(words, progress)
				self.remember(loaded=[*done, words])

	def script(self, name: str, words: list[str], secret: dict[str, str], progress: Progress) -> None:
		"""Run a script of this folder with the bench's Python; what is secret goes through the environment."""
		log = f"{name.removesuffix('.py')}-{self.name}"
		command = [paths.PYTHON, paths.ENGINE / name, *words]
		env = bench.environment() | secret
		commands.run(command, log=log, progress=progress, cwd=paths.SITES, env=env)

	def run(self, words: list[str], progress: Progress) -> None:
		"""Run `bench --site NAME WORDS`."""
		bench.run(["--site", self.name, *words], log=f"{words[0]}-{self.name}", progress=progress)


def code_digests() -> dict[str, str]:
	"""For each app a digest over what a migration reads: its files; for the framework, its marker."""
	marker = paths.FRAMEWORK / ".restored-by-engine"
	framework = digest(marker.read_bytes()) if marker.exists() else ""
	apps = {app: digest_files(_code_files(paths.APPS / app), paths.APPS) for app in present_apps()}
	return {"frappe": framework} | apps


def _code_files(folder: Path) -> list[Path]:
	return [
		path
		for path in folder.rglob("*")
		if path.suffix in CODE_SUFFIXES and not NOT_CODE & set(path.parts) and path.is_file()
	]

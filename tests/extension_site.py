"""A site of its own for the test of the extensions: made, used, compared and dropped."""

import json
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pymysql

from engine import bench, paths, services
from engine.bench_config import admin_password
from engine.store import read_json, write_json

BENCH = str(paths.ENV / "bin" / "bench")
# Columns that say when a row was written and not what it says.
TIMES = frozenset({"modified", "creation", "modified_by", "migration_hash"})


@dataclass
class Snapshot:
	"""Everything a database holds: columns and indexes, and the rows of each table as JSON texts."""

	schema: set[tuple]
	rows: dict[str, Counter]

	def difference(self, later: "Snapshot") -> list[str]:
		"""What `later` has more (+) or less (-), one line for each column, index and row."""
		lines = [f"- schema {part}" for part in sorted(self.schema - later.schema, key=str)]
		lines += [f"+ schema {part}" for part in sorted(later.schema - self.schema, key=str)]
		for table in sorted(set(self.rows) | set(later.rows)):
			old, new = self.rows.get(table, Counter()), later.rows.get(table, Counter())
			lines += [f"- {table} {row}" for row in (old - new)]
			lines += [f"+ {table} {row}" for row in (new - old)]
		return lines

	def mentions(self, words: set[str]) -> list[str]:
		"""Columns and rows in which one of the words stands."""
		lines = [f"schema {part}" for part in sorted(self.schema, key=str)]
		lines += [f"{table} {row}" for table, rows in self.rows.items() for row in rows]
		return [line for line in lines if any(word in line for word in words)]


@dataclass
class ExtensionSite:
	"""A site driven through the bench's command line, as an administrator does it."""

	name: str
	times: list[tuple[str, float]] = field(default_factory=list)

	@property
	def folder(self) -> Path:
		return paths.SITES / self.name

	def make(self) -> None:
		"""Create the site, replacing what a killed run has left of it. Nothing runs on it by schedule."""
		shutil.rmtree(self.folder, ignore_errors=True)
		root = services.database()
		words = [self.name, "--admin-password", admin_password(), "--no-mariadb-socket", "--force"]
		words += ["--db-root-username", root.user, "--db-root-password", root.password]
		script = [str(paths.PYTHON), str(paths.ENGINE / "new_site.py")]
		self._run("new-site", script, cwd=paths.SITES, NEW_SITE=json.dumps(words))
		self._configure(pause_scheduler=1)

	def drop(self) -> None:
		"""Remove site and database, and what the framework keeps of the folder."""
		root = services.database()
		self._configure(root_password=root.password)
		with tempfile.TemporaryDirectory() as archive:
			words = [
				"--no-backup",
				"--force",
				"--archived-sites-path",
				archive,
				"--db-root-username",
				root.user,
			]
			self._run("drop-site", [BENCH, "drop-site", self.name, *words])

	def _configure(self, **values) -> None:
		file = self.folder / "site_config.json"
		write_json(file, read_json(file) | values, secret=True)

	def bench(self, *words: str) -> str:
		"""Run `bench --site NAME WORDS` and return its output; a failure raises with the output's end."""
		return self._run(" ".join(words), [BENCH, "--site", self.name, *words])

	def use(self, deed: str) -> None:
		"""Do what extension_use.py calls `deed`."""
		script = str(Path(__file__).with_name("extension_use.py"))
		self._run(f"use {deed}", [str(paths.PYTHON), script, self.name, deed])

	def _run(self, title: str, words: list[str], cwd: Path = paths.ROOT, **environment: str) -> str:
		"""Passwords go through the environment or the site's own file: command lines can be read by everybody."""
		began = time.monotonic()
		env = bench.environment() | environment
		done = subprocess.run(
			words, cwd=cwd, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True
		)
		self.times.append((title, round(time.monotonic() - began, 1)))
		if done.returncode:
			raise RuntimeError(f"{title} failed: {(done.stdout + done.stderr)[-3000:]}")
		return done.stdout

	@contextmanager
	def _cursor(self) -> Iterator[pymysql.cursors.DictCursor]:
		config = read_json(self.folder / "site_config.json")
		database = services.database()
		connection = pymysql.connect(
			host=database.host,
			port=database.port,
			user=config["db_name"],
			password=config["db_password"],
			database=config["db_name"],
			cursorclass=pymysql.cursors.DictCursor,
		)
		with connection, connection.cursor() as cursor:
			yield cursor
			connection.commit()

	def sql(self, query: str, *values) -> list[dict]:
		"""Ask the site's database directly."""
		with self._cursor() as cursor:
			cursor.execute(query, values)
			return list(cursor.fetchall())

	def snapshot(self) -> Snapshot:
		"""Read the whole database as it is now."""
		with self._cursor() as cursor:
			return Snapshot(_schema(cursor), {table: _rows(cursor, table) for table in _tables(cursor)})


def _tables(cursor) -> list[str]:
	cursor.execute("select table_name as t from information_schema.tables where table_schema = database()")
	return sorted(row["t"] for row in cursor.fetchall())


def _schema(cursor) -> set[tuple]:
	cursor.execute(
		"select table_name, column_name, column_type, is_nullable, column_default"
		" from information_schema.columns where table_schema = database()"
	)
	columns = {("column", *row.values()) for row in cursor.fetchall()}
	cursor.execute(
		"select table_name, index_name, column_name, seq_in_index, non_unique"
		" from information_schema.statistics where table_schema = database()"
	)
	return columns | {("index", *row.values()) for row in cursor.fetchall()}


def _rows(cursor, table: str) -> Counter:
	cursor.execute(f"select * from `{table}`")
	rows = ({key: value for key, value in row.items() if key not in TIMES} for row in cursor.fetchall())
	return Counter(json.dumps(row, default=str, ensure_ascii=False, sort_keys=True) for row in rows)

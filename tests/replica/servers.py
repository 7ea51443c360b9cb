"""Two MariaDB servers of the test's own, the second following the first, and a web process that reads from the second."""

import getpass
import os
import secrets
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pymysql

from engine import daemons, machine, paths, ports, processes, services, testing
from engine.store import read_json, write_json, write_text

CONFIG = """[mariadbd]
datadir = {data}
socket = {folder}/server.sock
pid-file = {folder}/server.pid
tmpdir = {folder}
bind-address = 127.0.0.1
port = {port}
server-id = {number}
skip-name-resolve
log-bin = {folder}/binlog
gtid-strict-mode = 1
binlog-format = ROW
character-set-server = utf8mb4
collation-server = utf8mb4_unicode_ci
innodb_buffer_pool_size = 96M
innodb_log_file_size = 64M
innodb_flush_log_at_trx_commit = 0
max_allowed_packet = 64M
performance_schema = OFF
log_output = TABLE
{more}
"""
SITE = "replica.localhost"
REDIS_NUMBER = 5


def free_port() -> int:
	with socket.socket() as probe:
		probe.bind((ports.HOST, 0))
		return probe.getsockname()[1]


@dataclass
class Server:
	"""One MariaDB server below a folder; `number` is its server id."""

	number: int
	folder: Path
	password: str
	port: int = 0

	@property
	def daemon(self) -> str:
		return f"replica_test_{self.number}"

	def make(self, more: str = "") -> None:
		"""System tables, and the server running with root's password set."""
		data, self.port = self.folder / "data", free_port()
		self.folder.mkdir(parents=True)
		config = self.folder / "server.cnf"
		values = {"data": data, "folder": self.folder, "port": self.port, "number": self.number}
		write_text(config, CONFIG.format(more=more, **values))
		options = ["--auth-root-authentication-method=normal", "--skip-test-db", "--force"]
		user = f"--user={getpass.getuser()}"
		install = [machine.find("mariadb-install-db"), f"--defaults-file={config}", *options, user]
		subprocess.run(install, check=True, capture_output=True)
		script = [
			"SET sql_log_bin = 0;",
			*(
				f"CREATE OR REPLACE USER root@{host} IDENTIFIED BY '{self.password}';\n"
				f"GRANT ALL ON *.* TO root@{host} WITH GRANT OPTION;"
				for host in ("localhost", "127.0.0.1")
			),
			"DELETE FROM mysql.global_priv WHERE User = '';",
			"FLUSH PRIVILEGES;",
		]
		write_text(self.folder / "init.sql", "\n".join(script) + "\n", secret=True)
		self.start()

	def start(self) -> None:
		"""Also again, after `stop`."""
		config, first = self.folder / "server.cnf", self.folder / "init.sql"
		command = [machine.find("mariadbd"), f"--defaults-file={config}", f"--user={getpass.getuser()}"]
		daemons.start(self.daemon, [*command, f"--init-file={first}"], cwd=self.folder)
		daemons.wait_for(self.daemon, lambda: services.answers(ports.HOST, self.port), 60)

	def stop(self) -> None:
		daemons.stop(self.daemon, patience=30)

	def run(self, *statements: str, database: str | None = None) -> list[dict]:
		"""As root; what the last statement answers."""
		connection = pymysql.connect(
			unix_socket=str(self.folder / "server.sock"),
			user="root",
			password=self.password,
			database=database,
			autocommit=True,
			cursorclass=pymysql.cursors.DictCursor,
		)
		with connection, connection.cursor() as cursor:
			for statement in statements:
				cursor.execute(statement)
			return list(cursor.fetchall())

	def said(self, text: str) -> list[str]:
		"""Statements of the log that hold the text."""
		rows = self.run("SELECT CONVERT(argument USING utf8mb4) AS words FROM mysql.general_log")
		return [row["words"] for row in rows if row["words"] and text in row["words"]]

	def listen(self) -> None:
		"""Log every statement from now on, and nothing of before."""
		self.run("SET GLOBAL general_log = 0", "TRUNCATE mysql.general_log", "SET GLOBAL general_log = 1")


@dataclass
class Pair:
	"""The first server, the one that follows it, and the site's address."""

	first: Server
	second: Server
	url: str

	def catch_up(self) -> None:
		"""Wait until the second server has all that the first has."""
		position = self.first.run("SELECT @@gtid_binlog_pos AS position")[0]["position"]
		arrived = self.second.run(f"SELECT MASTER_GTID_WAIT('{position}', 60) AS answer")[0]["answer"]
		assert arrived == 0, self.second.run("SHOW SLAVE STATUS")

	def configure(self, **values) -> None:
		"""Change the site's settings; they hold for the next request."""
		file = paths.SITES / SITE / "site_config.json"
		write_json(file, read_json(file) | values, secret=True)


@contextmanager
def pair(folder: Path, source: testing.TestSite) -> Iterator[Pair]:
	"""Both servers with what the test site holds now, and the site's web process; all gone afterwards."""
	word = secrets.token_hex(16)
	first, second = Server(1, folder / "first", word), Server(2, folder / "second", word)
	web = "replica_test_web"
	try:
		first.make()
		second.make("read_only = 1")
		follow(first, second)
		settings = copy_database(source, first)
		port = free_port()
		make_site(source, first, second, settings)
		found = Pair(first, second, f"http://{ports.HOST}:{port}")
		found.catch_up()
		start_web(web, port)
		yield found
	finally:
		for name in (web, second.daemon, first.daemon):
			daemons.stop(name, patience=20)
		shutil.rmtree(paths.SITES / SITE, ignore_errors=True)


def follow(first: Server, second: Server) -> None:
	"""The second server follows the first from its first row on."""
	first.run(
		f"CREATE USER follower@127.0.0.1 IDENTIFIED BY '{first.password}'",
		"GRANT REPLICATION SLAVE ON *.* TO follower@127.0.0.1",
	)
	second.run(
		f"CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = {first.port}, MASTER_USER = 'follower',"
		f" MASTER_PASSWORD = '{first.password}', MASTER_USE_GTID = slave_pos",
		"START SLAVE",
	)


def copy_database(source: testing.TestSite, first: Server) -> dict:
	"""Load what the test site holds; returns the site's settings."""
	settings = read_json(source.folder / "site_config.json")
	name, password = settings["db_name"], settings["db_password"]
	first.run(
		f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci",
		f"CREATE USER `{name}`@`127.0.0.1` IDENTIFIED BY '{password}'",
		f"GRANT ALL ON `{name}`.* TO `{name}`@`127.0.0.1`",
	)
	database = services.database()
	address = ["--protocol=tcp", f"--host={database.host}", f"--port={database.port}"]
	options = ["--single-transaction", "--skip-comments", name]
	dump = [
		machine.find("mariadb-dump"),
		f"--defaults-extra-file={services.client_file()}",
		*address,
		*options,
	]
	load = [machine.find("mariadb"), f"--socket={first.folder / 'server.sock'}", "--user=root", name]
	with subprocess.Popen(dump, stdout=subprocess.PIPE) as reading:
		subprocess.run(
			load, stdin=reading.stdout, env={**os.environ, "MYSQL_PWD": first.password}, check=True
		)
	return settings


def make_site(source: testing.TestSite, first: Server, second: Server, settings: dict) -> None:
	"""The folder of a site on the first server that reads from the second."""
	folder = paths.SITES / SITE
	shutil.rmtree(folder, ignore_errors=True)
	shutil.copytree(source.folder, folder, ignore=shutil.ignore_patterns("backups", "*.log"))
	ours = {"db_host": ports.HOST, "db_port": first.port, "pause_scheduler": 1}
	ours |= {"read_from_replica": 1, "replica_host": ports.HOST, "replica_db_port": second.port}
	write_json(folder / "site_config.json", settings | ours, secret=True)


def start_web(name: str, port: int) -> None:
	own = {
		f"FRAPPE_{server.upper()}": services.redis_url(server, number=REDIS_NUMBER)
		for server in services.REDIS
	}
	env = testing.TestSite().environment() | own | {"BENCH_SITE": SITE}
	command = [paths.ENV / "bin" / "gunicorn", "--pythonpath", str(paths.ROOT), *testing.GUNICORN.split()]
	address = ["--bind", f"{ports.HOST}:{port}", "--no-control-socket", "engine.web:application"]
	daemons.start(name, [*command, *address], cwd=paths.SITES, env=env)
	daemons.wait_for(name, lambda: processes.site_answers(SITE, port), 60)

"""MariaDB and Redis: private instances below `var/`, or servers elsewhere that the environment names.

Private instances listen on the loopback address only, on this bench's own ports, and end with `make stop`.
A server elsewhere is never started or stopped.
"""

import getpass
import os
import secrets
import shutil
import socket
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from engine import commands, daemons, machine, paths, ports
from engine.bench_config import settings
from engine.errors import EngineError
from engine.progress import Progress
from engine.store import read_json, write_json, write_text

DATA = paths.VAR / "mariadb"
SOCKET = paths.RUN / "mariadb.sock"
SECRETS = paths.VAR / "secrets.json"
REDIS = {"redis_cache": "cache", "redis_queue": "queue"}

MARIADB_CONFIG = """[mariadbd]
datadir = {data}
socket = {socket}
pid-file = {run}/mariadb.pid
bind-address = 127.0.0.1
port = {port}
skip-name-resolve
character-set-server = utf8mb4
collation-server = utf8mb4_unicode_ci
innodb_buffer_pool_size = {buffer}M
innodb_log_file_size = 256M
innodb_flush_method = O_DIRECT
innodb_file_per_table = 1
innodb_read_only_compressed = OFF
max_allowed_packet = 64M
tmp_table_size = 64M
max_heap_table_size = 64M
max_connections = 150
performance_schema = OFF
skip-log-bin
tmpdir = {tmp}
"""

REDIS_CONFIG = """bind 127.0.0.1
port {port}
protected-mode yes
dir {folder}
daemonize no
set-proc-title no
maxmemory {memory}mb
maxmemory-policy {policy}
save {save}
appendonly {append}
"""


@dataclass(frozen=True)
class Database:
	"""How to reach MariaDB as an administrator, and whether this bench runs it."""

	host: str
	port: int
	user: str
	password: str
	private: bool


def database() -> Database:
	"""The database server in use: `BENCH_DB_HOST` (or "services" in bench.local.json), else the private one."""
	host = _outside("db_host")
	if not host:
		return Database(ports.HOST, ports.chosen()["mariadb"], "root", _root_password(), True)
	user, password = _outside("db_root_user") or "root", _outside("db_root_password")
	return Database(host, int(_outside("db_port") or 3306), user, password, False)


def client_file() -> Path:
	"""An options file with the administrator's name and password, so that neither stands in a process list."""
	path = paths.RUN / "mariadb-client.cnf"
	account = database()
	write_text(path, f'[client]\nuser = "{account.user}"\npassword = "{account.password}"\n', secret=True)
	return path


def redis_url(server: str, number: int = 0) -> str:
	"""The address of `redis_cache` or `redis_queue`; a number asks for another than its first database."""
	address = _outside(server) or f"redis://{ports.HOST}:{ports.chosen()[server]}"
	return urlsplit(address)._replace(path=f"/{number}").geturl() if number else address


def not_needed_packages() -> frozenset[str]:
	"""Debian packages that this machine can do without because their servers run elsewhere."""
	spare = set()
	if _outside("db_host"):
		spare.add(machine.DATABASE_SERVER)
	if all(_outside(server) for server in REDIS):
		spare.add(machine.REDIS_SERVER)
	return frozenset(spare)


def start(progress: Progress) -> None:
	"""Bring up what this bench runs itself and wait until everything answers."""
	if database().private:
		progress.say("MariaDB")
		_start_mariadb(progress)
	_require("MariaDB", database().host, database().port)
	for server in REDIS:
		if not _outside(server):
			progress.say(server)
			_start_redis(server)
	progress.say("")


def running() -> bool:
	"""Whether any of this bench's own instances runs."""
	return any(daemons.running(name) for name in (*REDIS, "mariadb"))


def stop() -> list[str]:
	"""End this bench's own instances; returns the names of those that ran."""
	return [name for name in (*REDIS, "mariadb") if daemons.stop(name, patience=60)]


def answers(host: str, port: int) -> bool:
	"""Whether something accepts connections there."""
	try:
		with socket.create_connection((host, port), timeout=2):
			return True
	except OSError:
		return False


def _start_mariadb(progress: Progress) -> None:
	if daemons.running("mariadb"):
		return
	port = ports.require_free("mariadb")
	config = paths.VAR / "mariadb.cnf"
	values = {"data": DATA, "socket": SOCKET, "run": paths.RUN, "port": port, "tmp": paths.TMP}
	write_text(config, MARIADB_CONFIG.format(buffer=_buffer_megabytes(), **values))
	if not (DATA / ".complete").exists():
		_make_data_folder(config, progress)
	init = _init_file()
	command = [machine.find("mariadbd"), f"--defaults-file={config}", f"--user={getpass.getuser()}"]
	daemons.start("mariadb", [*command, f"--init-file={init}"], cwd=paths.VAR)
	daemons.wait_for("mariadb", lambda: answers(ports.HOST, port), 60)


def _make_data_folder(config: Path, progress: Progress) -> None:
	"""System tables in a folder beside, moved into place when complete."""
	fresh = paths.VAR / "mariadb.new"
	for folder in (fresh, DATA):
		shutil.rmtree(folder, ignore_errors=True)
	command = [machine.find("mariadb-install-db"), f"--defaults-file={config}", f"--datadir={fresh}"]
	# --force: also where the machine's own name cannot be looked up, as in a bare container.
	options = ["--auth-root-authentication-method=normal", "--skip-test-db", "--force"]
	command += [*options, f"--user={getpass.getuser()}"]
	commands.run(command, log="mariadb-install", progress=progress)
	(fresh / ".complete").touch()
	fresh.rename(DATA)


def _init_file() -> Path:
	"""Statements run at each start: only the administrator with our password may enter."""
	password = _root_password()
	users = [
		f"CREATE OR REPLACE USER 'root'@'{host}' IDENTIFIED BY '{password}';\n"
		f"GRANT ALL ON *.* TO 'root'@'{host}' WITH GRANT OPTION;\n"
		for host in ("localhost", "127.0.0.1")
	]
	path = paths.RUN / "mariadb-init.sql"
	write_text(
		path,
		"".join(users) + "DELETE FROM mysql.global_priv WHERE User = '';\nFLUSH PRIVILEGES;\n",
		secret=True,
	)
	return path


def _start_redis(server: str) -> None:
	if daemons.running(server):
		return
	port = ports.require_free(server)
	folder = paths.VAR / server
	folder.mkdir(parents=True, exist_ok=True)
	cache = REDIS[server] == "cache"
	values = {"memory": 256, "policy": "allkeys-lru" if cache else "noeviction"}
	values |= {"save": '""', "append": "no" if cache else "yes"}
	config = paths.VAR / f"{server}.conf"
	write_text(config, REDIS_CONFIG.format(port=port, folder=folder, **values))
	daemons.start(server, [machine.find("redis-server"), config], cwd=paths.VAR)
	daemons.wait_for(server, lambda: answers(ports.HOST, port), 20)


def _require(name: str, host: str, port: int) -> None:
	if not answers(host, port):
		raise EngineError(f"{name} does not answer at {host}:{port}, where the settings point.")


def _buffer_megabytes() -> int:
	"""An eighth of the machine's memory, between 256 MB and 1 GB."""
	total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024**2
	return max(256, min(1024, total // 8))


def _root_password() -> str:
	kept = read_json(SECRETS)
	if "mariadb_root" not in kept:
		kept["mariadb_root"] = secrets.token_urlsafe(18)
		write_json(SECRETS, kept, secret=True)
	return kept["mariadb_root"]


def _outside(key: str) -> str:
	"""A server of somebody else: from the environment (BENCH_DB_HOST ...), else from the local settings."""
	return os.environ.get(f"BENCH_{key.upper()}") or str(settings().get("services", {}).get(key, ""))

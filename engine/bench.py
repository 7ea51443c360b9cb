"""The bench folder as frappe-bench knows it: its configuration files and its command line."""

import getpass
import os
from collections.abc import Sequence

from engine import commands, paths, ports, services
from engine.bench_config import main_site, present_apps
from engine.progress import Progress
from engine.store import read_json, write_json, write_text

# What would change where programs look, and passwords that they do not need.
NOT_PASSED_ON = ("PYTHONPATH", "FRAPPE_SITE", "BENCH_DB_ROOT_PASSWORD", "BENCH_ADMIN_PASSWORD")
COMMON = paths.SITES / "common_site_config.json"


def write_config() -> None:
	"""Write what `bench` and the processes read. Keys that somebody added by hand are kept."""
	chosen, database = ports.chosen(), services.database()
	ours = {
		"frappe_user": getpass.getuser(),
		"default_site": main_site(),
		"db_host": database.host,
		"db_port": database.port,
		"redis_cache": services.redis_url("redis_cache"),
		"redis_queue": services.redis_url("redis_queue"),
		"redis_socketio": services.redis_url("redis_queue"),
		"webserver_port": chosen["web"],
		"socketio_port": chosen["socketio"],
		"socketio_direct": 1,
		"server_script_enabled": 0,
		"developer_mode": 0,
		"live_reload": False,
		"background_workers": 1,
		"serve_default_site": True,
	}
	write_json(COMMON, read_json(COMMON) | ours)
	write_text(paths.SITES / "apps.txt", "\n".join(["frappe", *present_apps()]) + "\n")
	lines = {"WEB_PORT": chosen["web"], "SOCKETIO_PORT": chosen["socketio"], "BENCH_ROOT": paths.ROOT}
	write_text(paths.ROOT / ".env", "".join(f"{key}={value}\n" for key, value in lines.items()))


def environment() -> dict[str, str]:
	"""The environment in which the bench's programs run."""
	path = os.pathsep.join([str(paths.ENV / "bin"), os.environ.get("PATH", "")])
	known = {key: value for key, value in os.environ.items() if key not in NOT_PASSED_ON}
	return known | {"PATH": path, "BENCH_ROOT": str(paths.ROOT), "PYTHONUNBUFFERED": "1"}


def run(arguments: Sequence[str], *, log: str, progress: Progress | None = None) -> None:
	"""Run `bench ARGUMENTS` to its end, its output in a log."""
	command = [paths.ENV / "bin" / "bench", *arguments]
	commands.run(command, log=log, progress=progress, env=environment())


def output(arguments: Sequence[str]) -> str:
	"""Return what `bench ARGUMENTS` prints."""
	return commands.output([paths.ENV / "bin" / "bench", *arguments], cwd=paths.ROOT, env=environment())


def become(arguments: Sequence[str]) -> None:
	"""Turn this process into `bench ARGUMENTS`, with the terminal as it is."""
	os.chdir(paths.ROOT)
	bench = str(paths.ENV / "bin" / "bench")
	os.execve(bench, [bench, *arguments], environment())

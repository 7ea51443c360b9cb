"""A bench with data or passwords of a demonstration stays on this machine: it refuses to start on any other address."""

import ipaddress
import json
import re
from urllib.parse import urlsplit

from engine import bench_config, paths
from engine.errors import EngineError
from engine.ports import HOST
from engine.site import Site
from engine.store import read_json

BIND = re.compile(r"--bind[ =]\[?([^\s\]]+?)\]?:")


def refuse_public(site: Site) -> None:
	"""EngineError where the site is reachable or named beyond this machine and still is a demonstration."""
	public = [name for name in addresses(site) if not is_local(name)]
	reasons = demonstration(site)
	if public and reasons:
		raise EngineError(
			f"This bench would answer at {', '.join(public)}, beyond this machine, though {' and '.join(reasons)}.\n"
			"    Set BENCH_ADMIN_PASSWORD and remove the demonstration data, or let it answer at a loopback address."
		)


def addresses(site: Site) -> list[str]:
	"""Where the processes listen, and the name under which the site is opened and linked."""
	procfile = (paths.ROOT / "Procfile").read_text(encoding="utf-8")
	configured = read_json(site.folder / "site_config.json").get("host_name", "")
	named = urlsplit(configured if "://" in configured else f"//{configured}").hostname
	return [*dict.fromkeys([HOST, *BIND.findall(procfile), site.name, *([named] if named else [])])]


def demonstration(site: Site) -> list[str]:
	"""Why the site is no place for the public."""
	mark = bench_config.settings().get("demonstration_mark", "")
	config = read_json(site.folder / "site_config.json")
	reasons = ["it holds demonstration data"] if mark and config.get(mark) else []
	if bench_config.admin_password() == json.loads(bench_config.TEMPLATE.read_text())["admin_password"]:
		reasons.append("its Administrator has the password of sites/bench.json")
	return reasons


def is_local(name: str) -> bool:
	"""Whether a name or an address never leaves this machine."""
	if name == "localhost" or name.endswith(".localhost"):
		return True
	try:
		return ipaddress.ip_address(name).is_loopback
	except ValueError:
		return False

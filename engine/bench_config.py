"""What this bench is for: `sites/bench.json`, overlaid by an uncommitted `sites/bench.local.json`."""

import os
from functools import cache
from typing import Any

from engine import paths
from engine.errors import EngineError
from engine.store import read_json

TEMPLATE = paths.SITES / "bench.json"
LOCAL = paths.SITES / "bench.local.json"


@cache
def settings() -> dict[str, Any]:
	"""The bench's settings. Keys of the local file replace those of the committed one."""
	if not TEMPLATE.exists():
		raise EngineError(f"{TEMPLATE} is missing: it names the site and its apps.")
	return read_json(TEMPLATE) | read_json(LOCAL)


def main_site() -> str:
	"""The site that `make start` makes and opens."""
	return os.environ.get("BENCH_SITE_NAME") or settings()["site"]


def test_site() -> str:
	"""The site that `make test` uses; never the main one."""
	return settings()["test_site"]


def admin_password() -> str:
	"""Administrator's password on sites made by this engine; BENCH_ADMIN_PASSWORD replaces the template's."""
	return os.environ.get("BENCH_ADMIN_PASSWORD") or settings()["admin_password"]


def present_apps() -> list[str]:
	"""The named apps whose folders are there, in the order of installing."""
	return [app for app in settings()["apps"] if (paths.APPS / app / app / "hooks.py").exists()]

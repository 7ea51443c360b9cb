"""A demonstration does not start where others reach it."""

import json

import pytest

from engine import bench_config, exposure, paths
from engine.errors import EngineError
from engine.site import Site

LOOPBACK = "web: gunicorn --bind 127.0.0.1:${WEB_PORT} app\n"


@pytest.fixture
def start(bench_root, settings, monkeypatch):
	"""Start a site with a configuration; the template's password is «secret»."""
	settings["demonstration_mark"] = "demo_mark"
	template = bench_root / "bench.json"
	template.write_text('{"admin_password": "secret"}')
	monkeypatch.setattr(bench_config, "TEMPLATE", template)
	monkeypatch.delenv("BENCH_ADMIN_PASSWORD", raising=False)

	def start(name: str = "one.localhost", procfile: str = LOOPBACK, **config) -> None:
		(paths.ROOT / "Procfile").write_text(procfile)
		site = Site(name)
		site.folder.mkdir(parents=True, exist_ok=True)
		(site.folder / "site_config.json").write_text(json.dumps(config))
		exposure.refuse_public(site)

	return start


def test_a_demonstration_starts_on_this_machine(start) -> None:
	start(demo_mark=True, host_name="http://one.localhost:8000")
	start(demo_mark=True, host_name="http://127.0.0.1:8000")


@pytest.mark.parametrize(
	"where",
	[
		{"host_name": "https://care.example.org"},
		{"name": "care.example.org"},
		{"procfile": LOOPBACK.replace("127.0.0.1", "0.0.0.0")},
		{"procfile": LOOPBACK.replace("127.0.0.1", "[::]")},
		{"host_name": "http://192.168.1.4:8000"},
	],
)
def test_known_passwords_do_not_start_anywhere_else(start, where: dict, monkeypatch) -> None:
	with pytest.raises(EngineError, match=r"password of sites/bench\.json"):
		start(**where)
	monkeypatch.setenv("BENCH_ADMIN_PASSWORD", "a password of one's own")
	start(**where)
	with pytest.raises(EngineError, match="holds demonstration data"):
		start(demo_mark=True, **where)

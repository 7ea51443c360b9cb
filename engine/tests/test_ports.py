"""Ports: chosen once as a free block, remembered, and refused with a clear sentence when taken."""

import socket

import pytest

from engine import ports
from engine.errors import EngineError
from engine.store import write_json


@pytest.fixture
def taken():
	"""Somebody else's program at a port of the system's choice."""
	with socket.socket() as holder:
		holder.bind((ports.HOST, 0))
		holder.listen()
		yield holder.getsockname()[1]


def test_chosen_ports_are_free_distinct_and_remembered(bench_root) -> None:
	first = ports.chosen()
	assert len(set(first.values())) == len(ports.FIRST)
	assert all(ports.is_free(port) for port in first.values())
	assert ports.chosen() == first


def test_a_server_that_came_later_joins_the_block(bench_root) -> None:
	first = ports.chosen()
	known = {name: port for name, port in first.items() if not name.endswith("_2")}
	write_json(ports.FILE, known)
	assert ports.chosen() == first


def test_a_block_with_a_taken_port_is_passed_over(bench_root, monkeypatch) -> None:
	blocked = ports._block(0)["mariadb"]
	monkeypatch.setattr(ports, "is_free", lambda port: port != blocked)
	assert blocked not in ports.chosen().values()


def test_two_benches_get_different_ports(bench_root, monkeypatch) -> None:
	first = ports.chosen()
	monkeypatch.setattr(ports, "FILE", bench_root / "var" / "other.json")
	monkeypatch.setattr(ports, "is_free", lambda port: port not in first.values())
	assert not set(ports.chosen().values()) & set(first.values())


def test_a_remembered_port_that_is_taken_is_named(bench_root, taken: int, monkeypatch) -> None:
	monkeypatch.setattr(ports, "chosen", lambda: {"web": taken})
	with pytest.raises(EngineError, match=f"Port {taken}.*web.*taken"):
		ports.require_free("web")


@pytest.mark.parametrize("asked", ["80", "many", "70000"])
def test_a_senseless_wish_is_refused(bench_root, monkeypatch, asked: str) -> None:
	monkeypatch.setenv("BENCH_PORT", asked)
	with pytest.raises(EngineError, match="BENCH_PORT must be a port"):
		ports.chosen()


def test_a_wished_block_that_is_taken_is_refused(bench_root, taken: int, monkeypatch) -> None:
	monkeypatch.setenv("BENCH_PORT", str(taken))
	with pytest.raises(EngineError, match="are taken"):
		ports.chosen()
	assert not ports.FILE.exists()


def test_no_free_block_is_said(bench_root, monkeypatch) -> None:
	monkeypatch.setattr(ports, "is_free", lambda port: False)
	with pytest.raises(EngineError, match="No free block"):
		ports.chosen()

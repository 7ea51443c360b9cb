"""Splink and DuckDB as this app uses them: in memory, silent, without files or a network."""

import logging

import duckdb
import pyarrow as pa

MEMORY = "1GB"
SPEAKERS = ("splink", "sqlglot")


def connection(threads: int | None = None) -> duckdb.DuckDBPyConnection:
	"""A database in memory that reads no file and loads no extension."""
	settings = {"memory_limit": MEMORY, "autoinstall_known_extensions": False}
	own = duckdb.connect(":memory:", config=settings | ({"threads": threads} if threads else {}))
	own.execute("set enable_external_access = false")
	own.execute("set enable_progress_bar = false")
	return own


def api(own: duckdb.DuckDBPyConnection | None = None):
	"""Splink's way to the database. Values never reach a log: Splink's own are shut."""
	from splink import DuckDBAPI

	for name in SPEAKERS:
		logging.getLogger(name).setLevel(logging.CRITICAL)
	return DuckDBAPI(connection=own or connection())


def linker(table: pa.Table, settings, own: duckdb.DuckDBPyConnection | None = None):
	"""A linker of Splink over one table."""
	from splink import Linker

	database = api(own)
	return Linker(
		database.register(table), settings, validate_settings=False, log_level=None
	)  # settings are this app's own, and tested

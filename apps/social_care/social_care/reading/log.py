"""Rows of the Read Log, written when the answer is ready and before it leaves.

Each thread of each process writes a chain of its own: a row holds the seal of the row before it, and its own seal is an
HMAC over that and its content with a key that the database does not hold. So nobody waits for anybody else's row, and a
change, a gap or an alien row shows at once; what is missing at the end of a chain shows by the seals (`seals`) and by the
heads of the chains in Redis.
"""

import json
import os
import secrets
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import frappe
from frappe.utils import now_datetime

from social_care import keyed

LOG = "Read Log"
HEADS = "social_care_read_log_heads"
CONTENT = (
	"read_at",
	"user",
	"address",
	"channel",
	"endpoint",
	"about",
	"record_type",
	"record_name",
	"child",
	"levels",
	"rows_shown",
	"access",
	"records",
)
FRAMES = (
	"name",
	"creation",
	"modified",
	"owner",
	"modified_by",
	"docstatus",
	"idx",
	"chain",
	"number",
	"previous",
)
COLUMNS = (*FRAMES, *CONTENT, "seal")
AT_ONCE = 1000
TEXT = 140  # characters of a column


@dataclass(frozen=True)
class Reading:
	"""What was read of which record. `levels` are those of the fields shown; `records` the names of a list's rows."""

	channel: str
	record_type: str
	record_name: str = ""
	child: str = ""
	levels: str = ""
	about: str = ""
	rows_shown: int = 1
	records: str = ""
	access: str = ""


@dataclass
class Chain:
	"""The rows that one thread of one process has written to one site."""

	pid: int = field(default_factory=os.getpid)
	name: str = field(default_factory=lambda: f"{int(time.time()):08x}{secrets.token_hex(4)}")
	number: int = 0
	head: str = ""


_threads = threading.local()


def write(readings: list[Reading], endpoint: str) -> None:
	"""Write the readings of the session user and commit them; the transaction of the request must have ended before.

	Raises what the database raises: whoever calls withholds the answer then.
	"""
	database = _database()
	chains = _threads.__dict__.setdefault("chains", {})
	chain = chains.pop(frappe.local.site, None)
	if not chain or chain.pid != os.getpid():
		chain = Chain()
	rows = list(_rows(readings, endpoint, chain))
	columns = ", ".join(f"`{column}`" for column in COLUMNS)
	places = ", ".join(["%s"] * len(COLUMNS))
	for start in range(0, len(rows), AT_ONCE):
		part = rows[start : start + AT_ONCE]
		values = [value for row in part for value in row]
		database.sql(
			f"insert into `tab{LOG}` ({columns}) values {', '.join([f'({places})'] * len(part))}", values
		)
	database.commit()  # outside the request's transaction: a refused or rolled back change has still been shown
	chains[frappe.local.site] = chain  # only now: after an unknown outcome the next row begins another chain
	frappe.cache.hset(HEADS, chain.name, [chain.number, chain.head])


def _database():
	"""The writing connection, at the beginning of a transaction."""
	database = getattr(frappe.local, "primary_db", None) or frappe.db
	database.rollback()
	return database


def _rows(readings: list[Reading], endpoint: str, chain: Chain) -> Iterator[tuple]:
	"""Values in the order of COLUMNS; the chain grows with them."""
	now, user = now_datetime(), frappe.session.user
	common = {
		"creation": now,
		"modified": now,
		"owner": user,
		"modified_by": user,
		"docstatus": 0,
		"idx": 0,
		"read_at": now,
		"user": user,
		"address": getattr(frappe.local, "request_ip", None) or "",
		"endpoint": endpoint[:TEXT],
		"chain": chain.name,
	}
	for reading in readings:
		chain.number += 1
		row = common | {key: getattr(reading, key) for key in Reading.__dataclass_fields__}
		row |= {"about": reading.about[:TEXT], "record_name": reading.record_name[:TEXT]}
		row |= {"name": row_name(chain.name, chain.number), "number": chain.number, "previous": chain.head}
		chain.head = row["seal"] = seal_of(row)
		yield tuple(row[column] for column in COLUMNS)


def row_name(chain: str, number: int) -> str:
	"""Names of a chain's rows sort as they were written."""
	return f"{chain}-{number:09d}"


def seal_of(row: dict) -> str:
	"""HMAC over every filled column of a row but the seal; columns of later versions are empty in earlier rows."""
	content = {key: str(value) for key, value in row.items() if key != "seal" and value not in (None, "", 0)}
	return sign(json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")))


def sign(text: str) -> str:
	"""HMAC-SHA256 with a key derived from the site's own, which stands in the site's configuration and in no table."""
	return keyed.sign("read log", text)

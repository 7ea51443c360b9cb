"""Seals: every ten minutes the heads of all chains, signed, chained themselves, and kept a second time in a file.

A chain shows by itself what was changed in it or taken out of its middle; a seal shows what is missing at its end, a chain
that is gone, and an emptied table. The file `private/read_log/seals.jsonl` of the site is where to look when the table of
seals is emptied as well; copied to another machine it also binds whoever administers this one.
"""

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import frappe
from frappe.query_builder.functions import Max, Min
from frappe.utils import now_datetime

from social_care.one_worker import alone
from social_care.reading.log import HEADS, LOG, sign

SEAL = "Read Log Seal"
FILE = ("private", "read_log", "seals.jsonl")
SIGNED = ("name", "sealed_at", "chains", "rows_in_all", "heads", "previous")
OVERLAP = 60  # minutes


def enqueue() -> None:
	"""Scheduler: every ten minutes."""
	frappe.enqueue(
		"social_care.reading.seals.seal",
		queue="short",
		enqueue_after_commit=True,
		job_id="read-log-seal",
		deduplicate=True,
	)


def seal() -> str | None:
	"""Seal what was written since the last seal; its name, or None where nothing was."""
	with alone(f"read_log_{frappe.local.site}"[:64]) as first:
		return _seal() if first else None


def _seal() -> str | None:
	last = last_seal()
	heads, added = _grown(last)
	if not heads:
		return None
	number = int(last["name"].rpartition("-")[2]) + 1 if last else 1
	row = {
		"name": f"SEAL-{number:09d}",
		"sealed_at": now_datetime(),
		"chains": len(heads),
		"rows_in_all": (last["rows_in_all"] if last else 0) + added,
		"heads": json.dumps(heads, sort_keys=True),
		"previous": last["seal"] if last else "",
	}
	row["seal"] = seal_of(row)
	_store(row)
	keep_outside(row)
	frappe.db.commit()  # the bound of this job's only chunk
	for chain, (head, _seal_of_head) in heads.items():
		_forget_head(chain, head)
	return row["name"]


def _grown(last: dict | None) -> tuple[dict[str, list], int]:
	"""{chain: [number, seal]} of chains with rows that are newer than their last sealed one, and how many such rows."""
	known = _sealed_lately(last)
	heads, added = {}, 0
	for row in _heads_since(last):
		sealed = known.get(row.chain, [row.first - 1])[
			0
		]  # what is older than these rows is sealed since long
		if row.number > sealed:
			heads[row.chain] = [row.number, row.seal]
			added += row.number - sealed
	return heads, added


def _since(last: dict) -> datetime:
	"""A row is committed moments after the time that it bears."""
	return frappe.utils.add_to_date(last["sealed_at"], minutes=-OVERLAP)


def _sealed_lately(last: dict | None) -> dict[str, list]:
	"""The newest sealed [number, seal] of each chain of which a row may be read again; one query over the overlap."""
	if not last:
		return {}
	made = frappe.get_all(
		SEAL, {"sealed_at": [">=", _since(last)]}, pluck="heads", order_by="name asc"
	)  # a job's
	return {chain: head for heads in made for chain, head in json.loads(heads).items()}


def _heads_since(last: dict | None) -> list[dict]:
	"""Newest row and first number of each chain among the rows since the last seal."""
	log, newer = frappe.qb.DocType(LOG), frappe.qb.DocType(LOG).as_("newer")
	heads = frappe.qb.from_(newer).select(
		newer.chain, Max(newer.name).as_("head"), Min(newer.number).as_("first")
	)
	if last:
		heads = heads.where(newer.read_at >= _since(last))
	heads = heads.groupby(newer.chain).as_("heads")
	return (
		frappe.qb.from_(log)
		.join(heads)
		.on(log.name == heads.head)
		.select(log.chain, log.number, log.seal, heads.first)
		.orderby(log.chain)
		.run(as_dict=True)
	)


def last_seal() -> dict | None:
	rows = frappe.get_all(SEAL, fields=["*"], order_by="name desc", limit=1)  # a job's or a command's
	return rows[0] if rows else None


def stored() -> Iterator[dict]:
	"""Every seal of the table, the oldest first."""
	start, size = "", 500
	while rows := frappe.get_all(
		SEAL, {"name": [">", start]}, ["*"], order_by="name asc", limit=size
	):  # ditto
		yield from rows
		start = rows[-1]["name"]


def seal_of(row: dict) -> str:
	return sign(json.dumps([str(row[key]) for key in SIGNED], ensure_ascii=False))


def _store(row: dict) -> None:
	now = row["sealed_at"]
	frame = {"creation": now, "modified": now, "owner": "Administrator", "modified_by": "Administrator"}
	values = frame | {"docstatus": 0, "idx": 0} | row
	frappe.db.bulk_insert(SEAL, list(values), [tuple(values.values())])


def file() -> Path:
	return Path(frappe.get_site_path(*FILE))


def keep_outside(row: dict) -> None:
	"""The seal as a line of the file, on the disk before the table has it."""
	path = file()
	path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
	line = json.dumps({key: str(row[key]) for key in (*SIGNED, "seal")}, ensure_ascii=False)
	with open(path, "a+b", opener=_private) as target:
		target.write(_end_of_torn_line(target) + line.encode() + b"\n")
		target.flush()
		os.fsync(target.fileno())


def _end_of_torn_line(target: BinaryIO) -> bytes:
	"""A line that a crash has cut off stays a line of its own."""
	if not target.seek(0, os.SEEK_END):
		return b""
	target.seek(-1, os.SEEK_END)
	return b"" if target.read(1) == b"\n" else b"\n"


def _private(path: str, flags: int) -> int:
	return os.open(path, flags, 0o600)


def kept_outside() -> tuple[dict[str, dict[str, str]], list[int]] | None:
	"""Seals of the file by name, and numbers of lines that cannot be read; None where there is no file."""
	path = file()
	if not path.exists():
		return None
	found, torn = {}, []
	for number, line in enumerate(path.read_bytes().splitlines(), 1):
		if not line.strip():
			continue
		if row := _row_of(line):
			found[row["name"]] = row
		else:
			torn.append(number)
	return found, torn


def _row_of(line: bytes) -> dict[str, str] | None:
	try:
		row = json.loads(line)
	except ValueError:
		return None
	return row if isinstance(row, dict) and {*SIGNED, "seal"} <= row.keys() else None


def _forget_head(chain: str, number: int) -> None:
	"""What is sealed needs no head in Redis."""
	head = frappe.cache.hget(HEADS, chain)
	if head and head[0] <= number:
		frappe.cache.hdel(HEADS, chain)

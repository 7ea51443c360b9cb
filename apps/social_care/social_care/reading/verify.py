"""Whether the Read Log is as it was written: every row, every chain, every seal, and the database's own refusal."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

import frappe
from frappe.utils import add_to_date, now_datetime

from social_care.reading import seals, triggers
from social_care.reading.log import HEADS, LOG, row_name, seal_of

AT_ONCE = 5000
REMOVED = "it was removed"
NAMED = 20  # rows that are told one by one
PLACE = re.compile(r"(?P<chain>[0-9a-f]+)-(?P<number>\d{9})")
CHANGED, MISSING, FOREIGN, UNPROTECTED = "changed", "missing", "out of place", "unprotected"
UNSEALED = "unsealed"
LONGEST_WAIT = 30  # minutes; the job seals every ten


@dataclass(frozen=True)
class Finding:
	"""What is wrong with which row."""

	what: str
	row: str
	why: str

	def __str__(self) -> str:
		return f"{self.what}: {self.row} ({self.why})"


@dataclass
class Answer:
	"""How much was read and what was found."""

	rows: int
	chains: int
	seals: int
	findings: list[Finding]


@dataclass
class _Head:
	"""How far a chain has been read; `strange` are numbers of rows that stand elsewhere than they were written."""

	number: int = 0
	seal: str = ""
	strange: set[int] = field(default_factory=set)


def verify() -> Answer:
	"""Read everything and compare; memory grows with the number of chains, not of rows."""
	frappe.db.rollback()  # the newest state, not that of an open transaction
	findings, heads, total, waits = [], {}, 0, 0
	late = add_to_date(now_datetime(), minutes=-LONGEST_WAIT)
	sealed, of_seals = _check_seals()
	findings += of_seals
	newest = {chain: max(numbers) for chain, numbers in sealed.items()}
	for row in _rows():
		total += 1
		findings += _check_row(row, heads, sealed)
		waits += _waits(row, newest, late)
	findings += _check_ends(heads, sealed)
	findings += [Finding(UNPROTECTED, name, "its trigger is missing") for name in triggers.missing()]
	if waits:
		findings.append(
			Finding(UNSEALED, f"{waits:,}", "rows have waited for a seal for more than half an hour")
		)
	number = frappe.db.count(seals.SEAL)
	return Answer(total, len(heads), number, findings)


def _waits(row: dict, newest: dict[str, int], late: datetime) -> bool:
	"""Whether no seal covers a row that is older than the job's pause: nothing but Redis knows of it then."""
	return (
		row["read_at"] is not None and row["read_at"] < late and row["number"] > newest.get(row["chain"], 0)
	)


def _rows() -> Iterator[dict]:
	"""Every row with every column, chain by chain in their order."""
	start = ""
	while rows := frappe.db.sql(
		f"select * from `tab{LOG}` where `name` > %s order by `name` asc limit {AT_ONCE}", start, as_dict=True
	):
		yield from rows
		start = rows[-1]["name"]


def _check_row(row: dict, heads: dict[str, _Head], sealed: dict[str, dict[int, str]]) -> Iterator[Finding]:
	"""A row by itself, after the one before it, and against the seals; its place in the chain is that of its name."""
	genuine, place = seal_of(row) == row["seal"], PLACE.fullmatch(row["name"])
	if not genuine or not place or place["chain"] != row["chain"]:
		yield Finding(
			CHANGED, row["name"], "its content is not what was written, or the system did not write it"
		)
	if not place:
		return
	chain, number = place["chain"], int(place["number"])
	head = heads.setdefault(chain, _Head())
	if number != head.number + 1 and not genuine:
		head.strange.add(number)
		return
	if number > head.number + 1:
		yield from _gap(chain, [gone for gone in range(head.number + 1, number) if gone not in head.strange])
	elif genuine and row["previous"] != head.seal:
		yield Finding(FOREIGN, row["name"], "the row before it is not the one that it was written after")
	wanted = sealed.get(chain, {}).get(number)
	if wanted and genuine and wanted != row["seal"]:
		yield Finding(CHANGED, row["name"], "it differs from the seal made when it was the newest")
	head.number, head.seal = number, row["seal"]


def _gap(chain: str, gone: list[int]) -> Iterator[Finding]:
	"""Rows that are not there: each by its name, of many the first and the last."""
	if len(gone) <= NAMED:
		yield from (Finding(MISSING, row_name(chain, number), REMOVED) for number in gone)
	else:
		yield Finding(
			MISSING, f"{row_name(chain, gone[0])} … {row_name(chain, gone[-1])}: {len(gone)}", REMOVED
		)


def _check_ends(heads: dict[str, _Head], sealed: dict[str, dict[int, str]]) -> Iterator[Finding]:
	"""What seals and Redis know of the newest rows of each chain."""
	wanted = {chain: max(numbers) for chain, numbers in sealed.items()}
	for chain, head in (frappe.cache.hgetall(HEADS) or {}).items():
		name = chain.decode() if isinstance(chain, bytes) else chain
		wanted[name] = max(wanted.get(name, 0), head[0])
	for chain, number in sorted(wanted.items()):
		head = heads.get(chain, _Head())
		yield from _gap(
			chain, [gone for gone in range(head.number + 1, number + 1) if gone not in head.strange]
		)


def _check_seals() -> tuple[dict[str, dict[int, str]], list[Finding]]:
	"""{chain: {number: seal}} of all sealed heads, of the table and of the file, and what is wrong with the seals."""
	findings: list[Finding] = []
	kept = seals.kept_outside()
	outside, torn = kept if kept is not None else (None, [])
	place = "/".join(seals.FILE)
	findings += [Finding(CHANGED, f"{place}:{number}", "the line cannot be read") for number in torn]
	table = {row["name"]: row for row in seals.stored()}
	findings += _check_chain_of_seals(table)
	if outside is None and table:
		findings.append(Finding(MISSING, place, "the second place of the seals is not there"))
	for name, line in (outside or {}).items():
		if seals.seal_of(line) != line["seal"]:
			findings.append(Finding(CHANGED, name, "the line of the file is not what was written"))
		elif name not in table:
			findings.append(Finding(MISSING, name, "the seal stands in the file and no more in the table"))
		elif table[name]["seal"] != line["seal"]:
			findings.append(Finding(CHANGED, name, "table and file differ"))
	if outside is not None:
		findings += [
			Finding(MISSING, name, "the seal stands in the table and no more in the file")
			for name in table.keys() - outside.keys()
		]
	sealed: dict[str, dict[int, str]] = {}
	for row in [*(outside or {}).values(), *table.values()]:
		if seals.seal_of(row) == row["seal"]:
			for chain, (number, seal) in json.loads(row["heads"]).items():
				sealed.setdefault(chain, {})[number] = seal
	return sealed, findings


def _check_chain_of_seals(table: dict[str, dict]) -> Iterator[Finding]:
	before, expected = "", 1
	for name, row in table.items():
		number = int(name.rpartition("-")[2])
		if seals.seal_of(row) != row["seal"]:
			yield Finding(CHANGED, name, "the seal is not what was written")
		elif number == expected and row["previous"] != before:
			yield Finding(FOREIGN, name, "the seal before it is not the one that it was made after")
		for gone in range(expected, number):
			yield Finding(MISSING, f"SEAL-{gone:09d}", REMOVED)
		before, expected = row["seal"], number + 1

"""The database's own refusal to change or remove rows of the Read Log, for whoever goes around the framework.

Rows come in by `insert` alone. A trigger belongs to the database's user of the site, who can also drop it: that is why the
chain is there, and why `verify` tells when a trigger is missing.
"""

import frappe

from social_care.reading.log import LOG
from social_care.reading.seals import SEAL

TABLES = {"read_log": LOG, "read_log_seal": SEAL}
TIMES = ("update", "delete")
PRIVILEGES = (1142, 1227, 1419)  # refused to create a trigger: rights, or a binary log that asks for more


STATEMENT = "signal sqlstate '45000' set message_text = 'The read log is append-only.'"


def names() -> dict[str, tuple[str, str]]:
	"""{trigger: (DocType, what it refuses)}."""
	return {
		f"social_care_{key}_no_{time}": (doctype, time) for key, doctype in TABLES.items() for time in TIMES
	}


def missing() -> list[str]:
	"""Triggers that the database does not have as they are made here: table, event, moment and statement."""
	rows = frappe.db.sql(
		"""select `trigger_name`, `event_object_table`, `event_manipulation`, `action_timing`, `action_statement`
		from information_schema.triggers where `trigger_schema` = database()"""
	)
	there = {
		name: (table, event.lower(), moment.lower(), _plain(text))
		for name, table, event, moment, text in rows
	}
	return sorted(
		name
		for name, (doctype, time) in names().items()
		if there.get(name) != (f"tab{doctype}", time, "before", _plain(STATEMENT))
	)


def _plain(statement: str) -> str:
	return " ".join(statement.split())


def ensure() -> None:
	"""Make what is missing, and anew what is another than it should be. A database that does not let us leaves the chain, and a word for the administrator."""
	for name in missing():
		doctype, time = names()[name]
		try:
			frappe.db.sql_ddl(f"drop trigger if exists `{name}`")  # names of this module
			frappe.db.sql_ddl(
				f"create trigger `{name}` before {time} on `tab{doctype}` for each row {STATEMENT}"
			)
		except Exception as error:
			if not error.args or error.args[0] not in PRIVILEGES:
				raise
			print(
				f"The database does not allow triggers ({error.args[0]}): the read log is protected by its chain alone."
			)


def remove() -> None:
	for name in names():
		frappe.db.sql_ddl(f"drop trigger if exists `{name}`")  # names of this module

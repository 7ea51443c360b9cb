"""What was confirmed, without keeping it a second time: a keyed digest of each value, so that later changes show by field.

The fields are those of Social Care Settings. A digest tells nothing to whoever does not hold the site's key, and is
another for the same value in another child's file.
"""

import hashlib
import hmac

import frappe

from social_care import keyed
from social_care.registry.levels import read_levels

SIGNS = 16  # of the digest of a value
TABLES = frappe.model.table_fields

Prints = dict[str, str]  # field: digest


def fields() -> list[str]:
	"""Fields of a child's file that are confirmed, in the order of the settings."""
	return [row.field for row in frappe.get_cached_doc("Social Care Settings").confirmed_fields]


def of_children(names: list[str]) -> dict[str, Prints]:
	"""{child: {field: digest}} of what is stored now; one query, and one a table among the fields."""
	if not names:
		return {}
	meta, key = frappe.get_meta("Child"), _key()
	found: dict[str, Prints] = {name: {} for name in names}
	tables = [field for field in fields() if meta.get_field(field).fieldtype in TABLES]
	for name, values in _columns(names, [field for field in fields() if field not in tables]).items():
		found[name] = {field: _digest(key, name, field, value) for field, value in values.items()}
	for field in tables:
		for name, text in _tables(names, field, meta.get_field(field).options).items():
			found[name][field] = _digest(key, name, field, text)
	return found


def token(prints: Prints) -> str:
	"""One digest for all fields, which a screen gives back to say what its user saw."""
	return hashlib.sha256(
		"|".join(f"{field}={prints[field]}" for field in sorted(prints)).encode()
	).hexdigest()[:32]


def changed(confirmed: Prints, now: Prints) -> list[str]:
	"""Fields whose value is another than the confirmed one; of fields that were not confirmed then nothing is known."""
	return [field for field in now if field in confirmed and confirmed[field] != now[field]]


def labels(names: list[str]) -> list[str]:
	"""What to tell the reader of changed fields: their labels, of those at his levels."""
	meta, levels = frappe.get_meta("Child"), read_levels()
	known = [meta.get_field(name) for name in names]
	return [frappe._(df.label) for df in known if df and (df.permlevel or 0) in levels]


def _columns(names: list[str], columns: list[str]) -> dict[str, dict]:
	# all confirmed fields, whatever the reader's levels: he is told of those at his levels only
	rows = frappe.get_all("Child", filters={"name": ["in", names]}, fields=["name", *columns], order_by=None)
	return {row.pop("name"): row for row in rows}


def _tables(names: list[str], field: str, doctype: str) -> dict[str, str]:
	columns = [
		df.fieldname
		for df in frappe.get_meta(doctype).fields
		if df.fieldtype not in frappe.model.no_value_fields
	]
	rows = frappe.get_all(  # as above
		doctype,
		filters={"parenttype": "Child", "parentfield": field, "parent": ["in", names]},
		fields=["parent", *columns],
		order_by="parent asc, idx asc",
	)
	texts: dict[str, list[str]] = {name: [] for name in names}
	for row in rows:
		texts[row.parent].append("\x1f".join(_text(row[column]) for column in columns))
	return {name: "\x1e".join(lines) for name, lines in texts.items()}


def _text(value) -> str:
	return "" if value is None else str(value)


def _digest(key: bytes, child: str, field: str, value) -> str:
	text = f"{child}\x1f{field}\x1f{_text(value)}"
	return hmac.digest(key, text.encode(), "sha256").hex()[:SIGNS]


def _key() -> bytes:
	return keyed.key("confirmation")

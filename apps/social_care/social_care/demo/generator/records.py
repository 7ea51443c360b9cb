"""What every stored row has: a name, an owner and times."""

from datetime import date, datetime, time, timedelta

DOMAIN = "demo.invalid"
SYSTEM = f"loader@{DOMAIN}"
UNITS_FOUNDED = datetime(2023, 12, 1, 9, 0)
REGISTRY_OPENED = date(2023, 12, 17)


def record(name: str, created: datetime, owner: str = SYSTEM, **values) -> dict:
	"""A row of a DocType; who owns a row of ours has an address in `DOMAIN`, by which it is known again."""
	stamps = {"name": name, "creation": created, "modified": created, "owner": owner, "modified_by": owner}
	return {**stamps, "docstatus": 0, "idx": 0, **values}


def table_row(parent: dict, doctype: str, field: str, number: int, **values) -> dict:
	"""Row `number` (from 1) of a table field of `parent`."""
	name = f"{parent['name'].lower()}-{field[:4]}-{number}"
	row = record(name, parent["creation"], parent["owner"], **values)
	return row | {"idx": number, "parent": parent["name"], "parenttype": doctype, "parentfield": field}


def office_hour(day: date, minutes: int) -> datetime:
	"""A time on `day`, `minutes` after eight in the morning."""
	return datetime.combine(day, time(8)) + timedelta(minutes=minutes)


def clamp(day: date, earliest: date, latest: date) -> date:
	"""`day`, or the nearer bound."""
	return max(earliest, min(day, latest))

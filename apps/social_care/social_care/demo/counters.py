"""One-stop shops of the demonstration nation: a counter in each governorate, and the queues of its last working days.

A builder of `social_care_demo_builders`. Tickets name nobody, so they need no applicants.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from social_care.demo.generator.chance import choose, stream, token
from social_care.demo.generator.nation import Nation, Row
from social_care.demo.generator.records import SYSTEM, UNITS_FOUNDED, office_hour, record, table_row
from social_care.services.working_days import REST, WEEK

DAYS, WINDOWS, TARGET = 10, 3, 30
FEWEST, MOST = 8, 16  # tickets of a day
STATES = (("Served", 88), ("Absent", 12))
GROUPS = (("REH", 6), ("CSH", 3), ("ELD", 1))
NOT_YET = ("served_by", "called_on", "last_called_on", "began_on", "ended_on")


def build(nation: Nation) -> Iterator[Row]:
	"""Counters with their places a day, and tickets."""
	seen: set[str] = set()
	for _doctype, unit in nation.units():
		if unit["level"] == "Social Administration" and unit["governorate"] not in seen:
			seen.add(unit["governorate"])
			yield from counter_rows(unit)
			yield from _queues(nation, unit)


def counter_name(unit: dict) -> str:
	return f"OFF-DEMO-{unit['governorate']}"


def counter_rows(unit: dict) -> Iterator[Row]:
	values = {
		"windows": WINDOWS,
		"target_minutes": TARGET,
		"days_ahead": 30,
		"disabled": 0,
		"public_booking": 1,
	}
	office = record(
		counter_name(unit),
		UNITS_FOUNDED,
		office_name=f"شباك {unit['unit_name']}",
		org_unit=unit["name"],
		institution=None,
		**values,
	)
	yield "Service Office", office
	row = table_row(office, "Service Office", "capacities", 1, service_group=None, places=20)
	yield "Service Office Capacity", row | {"from_date": None, "to_date": None}


def _queues(nation: Nation, unit: dict) -> Iterator[Row]:
	for day in working_days(nation.settings.as_of):
		rng = stream(nation.settings.seed, "queue", unit["name"], day)
		start = office_hour(day, 30)
		for number in range(1, rng.randint(FEWEST, MOST) + 1):
			start += timedelta(minutes=rng.randint(3, 18))
			name = token(nation.settings.seed, "ticket", unit["name"], day, number)[:10]
			yield "Service Ticket", _ticket(unit, name, number, start, rng)


def working_days(until: date) -> list[date]:
	"""The last days on which offices worked before a day, the earliest first; holidays are not looked for."""
	found: list[date] = []
	while len(found) < DAYS:
		until -= timedelta(days=1)
		if WEEK[until.weekday()] not in REST:
			found.insert(0, until)
	return found


def _ticket(unit: dict, name: str, number: int, taken: datetime, rng: Random) -> dict:
	state = choose(rng, STATES)
	waited = int(min(rng.expovariate(1 / 1100), 5400)) + 30
	called = taken + timedelta(seconds=waited)
	times = {"called_on": called, "last_called_on": called, "waiting_seconds": waited, "service_seconds": 0}
	if state == "Served":
		times |= _served(called, rng)
	first = {
		"office": counter_name(unit),
		"org_unit": unit["name"],
		"institution": None,
		"day": taken.date(),
		"number": number,
		"title": str(number),
		"state": state,
		"service_group": choose(rng, GROUPS),
		"priority": int(rng.random() < 0.15),
		"receipt": None,
		"appointment": None,
		"window": rng.randint(1, WINDOWS),
		"issued_on": taken,
		"calls": 1 if state == "Served" else 2,
		"within_target": int(waited <= TARGET * 60),
	}
	return record(name, taken, SYSTEM, **first, **dict.fromkeys(NOT_YET) | times)


def _served(called: datetime, rng: Random) -> dict:
	began = called + timedelta(seconds=rng.randint(20, 120))
	worked = rng.randint(240, 1500)
	return {"began_on": began, "ended_on": began + timedelta(seconds=worked), "service_seconds": worked}

"""Rapid interventions of the demonstration nation: of each directorate some, in every state, with the clock of their arrival."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from social_care.demo.generator import user_names
from social_care.demo.generator.chance import choose, stream
from social_care.demo.generator.nation import Nation, Row
from social_care.demo.generator.places import governorates, point_near
from social_care.demo.generator.records import office_hour, record, table_row
from social_care.demo.generator.units import directorate

from social_care_inspections.demo import team, words
from social_care_inspections.demo.rows import after, blank
from social_care_inspections.inspections.interventions import states

CASE, MEMBER, LOOK = states.CASE, "Intervention Team Member", "Rapid Intervention Follow-Up"
MOST = 9  # of a directorate
LIMIT = 60  # minutes of the settings as they come
STATES = (
	*(states.RECEIVED, states.DISPATCHED, states.ARRIVED, states.ACTED),
	*(states.FOLLOWED, states.CLOSED, states.NOT_ACCEPTED),
)
WEIGHTS = tuple(zip(STATES, (1, 1, 1, 2, 4, 9, 1), strict=True))
# Days back on which a case in each state was reported: (from, to).
DAYS = {
	states.RECEIVED: (0, 1),
	states.DISPATCHED: (0, 1),
	states.ARRIVED: (1, 2),
	states.ACTED: (2, 12),
	states.FOLLOWED: (12, 60),
	states.CLOSED: (40, 300),
	states.NOT_ACCEPTED: (5, 200),
}
SENT = STATES[1:6]
THERE, DONE = STATES[2:6], STATES[3:6]
KINDS = (("RK-01", 4), ("RK-02", 5), ("RK-03", 2), ("RK-04", 2), ("RK-05", 1))
CHANNELS = (("Hotline", 5), ("Social Media", 3), ("Police", 2), ("Citizen in Person", 1), ("Field Tour", 1))
ACTIONS = (
	*((states.PLACED, 4), ("Help Given", 4), ("Help Refused", 2)),
	*((states.RECORDED, 1), (states.REFERRED, 2), ("Nobody Found", 2)),
)


@dataclass(frozen=True)
class Call:
	"""One report: of which governorate, which one, how far it has come, when, and when the team was there (minutes; None: not yet)."""

	nation: Nation
	governorate: str
	number: int
	state: str
	day: date
	minutes: int | None

	@property
	def name(self) -> str:
		return f"RI-DEMO-{self.governorate}-{self.number:02}"

	@property
	def late(self) -> bool:
		return self.minutes is not None and self.minutes > LIMIT

	def stream(self, *names: object) -> Random:
		return stream(self.nation.settings.seed, "intervention", self.governorate, self.number, *names)


def calls(nation: Nation) -> Iterator[Call]:
	"""All reports; those of the first governorate show a state each."""
	first = nation.sites[0].governorate
	for governorate in governorates():
		rng = stream(nation.settings.seed, "interventions", governorate)
		shown = STATES if governorate == first else ()
		for number in range(1, max(rng.randint(3, MOST), len(shown)) + 1):
			state = shown[number - 1] if number <= len(shown) else choose(rng, WEIGHTS)
			day = nation.settings.as_of - timedelta(days=rng.randint(*DAYS[state]))
			minutes = rng.choice((18, 25, 34, 41, 52, 58, 74, 115)) if state in THERE else None
			yield Call(nation, governorate, number, state, day, minutes)


def intervention_rows(nation: Nation) -> Iterator[Row]:
	"""The cases with their teams, and what was seen afterwards."""
	homes = {site.governorate: site.code for site in reversed(nation.sites)}
	for call in calls(nation):
		case = reported(call)
		if call.state in SENT:
			case |= sent(call, case)
		if call.state in DONE:
			case |= acted(call, homes)
		if call.state in (states.CLOSED, states.NOT_ACCEPTED):
			case |= closed(call, case)
		yield CASE, case
		if call.state in SENT:
			yield from team_rows(call, case)
		if call.state in (states.FOLLOWED, states.CLOSED):
			yield LOOK, look(call, case)


def reported(call: Call) -> dict:
	rng = call.stream("reported")
	moment = office_hour(call.day, rng.randint(0, 240))
	latitude, longitude = point_near(call.governorate, rng)
	kind = choose(rng, KINDS)
	young = kind in ("RK-02", "RK-03")
	owner = user_names.directorate_director(call.governorate)
	values = {
		"case_kind": kind,
		"channel": choose(rng, CHANNELS),
		"reported_on": moment,
		"status": call.state,
		"org_unit": directorate(call.governorate),
		"governorate": call.governorate,
		"address": words.ADDRESS,
		"latitude": latitude,
		"longitude": longitude,
		"adults": 0 if kind == "RK-02" else 1,
		"children": rng.randint(1, 3) if young else 0,
		"description": words.REPORTED[kind],
		"arrival_due_on": moment + timedelta(minutes=LIMIT),
		"content_editors": owner,
	}
	return record(call.name, moment, owner, **blank(CASE) | values)


def sent(call: Call, case: dict) -> dict:
	"""The team on its way, and there: the minutes since the report, and whether that was in time."""
	begun = case["reported_on"] + timedelta(minutes=min(call.minutes or 10, 10))
	values = {
		"dispatched_by": case["owner"],
		"dispatched_on": begun,
		"vehicle": words.VEHICLE,
		"modified": begun,
	}
	if call.minutes is None:
		return values
	there = case["reported_on"] + timedelta(minutes=call.minutes)
	arrived = {"arrived_on": there, "arrival_minutes": call.minutes, "arrived_late": int(call.late)}
	return values | arrived | {"modified": there}


def acted(call: Call, homes: dict[str, str]) -> dict:
	rng = call.stream("acted")
	way = choose(rng, ACTIONS)
	values = {"action_taken": way, "action_details": words.ACTED[way]}
	number = f"{call.number}/{call.day.year}"
	if way == states.PLACED:
		home = homes.get(call.governorate) or next(iter(homes.values()))
		values |= {"receiving_institution": home, "received_by": words.DIRECTOR_JOB}
	if way in (states.RECORDED, states.REFERRED):
		values["record_number"] = number
	if way == states.REFERRED:
		values["referral_authority"] = words.PROSECUTION
	return values


def closed(call: Call, case: dict) -> dict:
	"""By headquarters' head, above the team."""
	on = after(case["modified"], 2 if call.state == states.NOT_ACCEPTED else 21, 300)
	note = words.NOT_ACCEPTED if call.state == states.NOT_ACCEPTED else words.CLOSED_CASE
	return {"closing_note": note, "closed_by": team.HEAD, "closed_on": on, "modified": on}


def team_rows(call: Call, case: dict) -> Iterator[Row]:
	"""The directorate's inspectors, the first of them at the head."""
	for number, user in enumerate(team.inspectors(call.nation, call.governorate), 1):
		yield MEMBER, table_row(case, CASE, "team", number, user=user, is_lead=int(number == 1))


def look(call: Call, case: dict) -> dict:
	seen = call.day + timedelta(days=7)
	by = team.inspectors(call.nation, call.governorate)[0]
	values = {"followed_on": seen, "note": words.SEEN, "next_on": None, "followed_by": by}
	return table_row(case, CASE, "follow_ups", 1, **values)

"""Rows of a visit of the campaign, as its steps would have left them."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from random import Random

from social_care.demo.generator.chance import token
from social_care.demo.generator.institutions import fancy_director, institution_name
from social_care.demo.generator.nation import Row
from social_care.demo.generator.records import office_hour, record, table_row

from social_care_inspections.demo import team, words
from social_care_inspections.demo.rows import after, blank
from social_care_inspections.demo.slots import Slot
from social_care_inspections.inspections.visits import states

VISIT, ANSWER, INSPECTOR = states.DOCTYPE, "Inspection Answer", "Institution Visit Inspector"
NOTE = "Inspection Sealed Note"
# A drawn line stands for a signature.
SIGNATURE = (
	"data:image/png;base64,"
	"iVBORw0KGgoAAAANSUhEUgAAAHgAAAAoAQAAAAAdkQOIAAAA40lEQVR42t2SMU7DQBRE3y4BUpGUdOEkGA7DHSIamxOEG8BN4iIS"
	"ZY5gSylI6QgknMjZR7FKkZ6K6Z5GX5rR/CBnivwLXp04CHC8TGf+MIfjCABV94P2wV6zf6Ai/LCdEoEXugiHUbWZg0r5YeEmFYuN"
	"aLqfLVz66Wz2ZYT02L3SsuXp7goGB+vCxsa6PEpyb1u69s2dg6Ryp7p2qSZjyBFvqQCqSP2dkz8AgUg1BhjybnWkbQFucsEam4Xq"
	"vlfVSDcFuAin/v07AM8YxoBtodpBUMVOa5hc53u0o1AnmcMf/8sv56CfrgUqp/0AAAAASUVORK5CYII="
)
AHEAD = timedelta(days=20)  # a visit is ordered so long before its day
REPORT_DAYS, REPLY_DAYS, ADMINISTRATION_DAYS, DIRECTORATE_DAYS, HEADQUARTERS_DAYS = 5, 7, 3, 5, 7
SENT = (states.REPORTED, states.ADMINISTRATION, states.DIRECTORATE, states.APPROVED)
NOTED = 0.15


def visit_rows(slot: Slot) -> Iterator[Row]:
	"""The visit, its inspectors, its checklist, its sealed notes."""
	rng, hands, names = slot.stream(), team.hands(slot.nation, slot.site), team.full_names(slot.nation)
	visitors = team_of(slot, hands, rng)
	visit = planned(slot, visitors[0], hands)
	for fill in (begun, completed, reported, reviewed):
		fill(visit, slot, hands, visitors, rng)
	visit["modified"] = latest(visit)
	yield VISIT, visit
	for number, user in enumerate(visitors, 1):
		values = {"user": user, "full_name": names[user], "is_lead": int(number == 1)}
		yield INSPECTOR, table_row(visit, VISIT, "inspectors", number, **values)
	for number, answer in enumerate(slot.checklist.answers if slot.checklist else (), 1):
		yield ANSWER, table_row(visit, VISIT, "answers", number, **answer)
	yield from note_rows(visit, slot, visitors[0], rng)


def team_of(slot: Slot, hands: team.Hands, rng: Random) -> list[str]:
	"""One or two inspectors of the directorate, who change from one visit to the next."""
	turn = (slot.site.index + slot.number) % len(hands.inspectors)
	ordered = hands.inspectors[turn:] + hands.inspectors[:turn]
	return list(ordered[: 1 + int(rng.random() < 0.4)])


def planned(slot: Slot, lead: str, hands: team.Hands) -> dict:
	"""The order of the visit."""
	site, settings = slot.site, slot.nation.settings
	created = office_hour(min(slot.day, settings.as_of) - AHEAD, slot.number * 7)
	seen = not slot.unannounced or slot.made or slot.state == states.BEGUN
	values = {
		"institution": site.code,
		"institution_name": institution_name(settings, site),
		"institution_type": site.kind.code,
		"org_unit": site.unit,
		"shown_institution": site.code if seen else None,
		"status": slot.state,
		"visit_kind": slot.kind,
		"is_unannounced": int(slot.unannounced),
		"planned_on": slot.day,
		"order_number": f"{site.index + 1}/{slot.number}/{slot.day.year}",
		"order_date": created.date(),
		"cancel_reason": words.CANCELLED if slot.state == states.CANCELLED else None,
	}
	return record(slot.name, created, hands.director, **blank(VISIT) | values)


def begun(visit: dict, slot: Slot, hands: team.Hands, visitors: list[str], rng: Random) -> None:
	if slot.state in (states.PLANNED, states.CANCELLED):
		return
	visit |= {
		"visited_on": slot.day,
		"begun_by": visitors[0],
		"begun_on": office_hour(slot.day, 60 + rng.randrange(60)),
		"assessment_tool": slot.checklist.tool if slot.checklist else None,
		"children_present": max(slot.site.size - rng.randrange(3), 1),
		"staff_present": max(slot.site.size // 5, 2),
		"content_editors": visitors[0],
	}


def completed(visit: dict, slot: Slot, hands: team.Hands, visitors: list[str], rng: Random) -> None:
	"""Result, findings, signature or its refusal."""
	if not slot.made:
		return
	if slot.checklist:
		found = slot.checklist.found
		visit |= {"score": found.score, "grade": found.grade, "critical_failed": int(bool(found.failed))}
	refused, done = rng.random() < 0.03, office_hour(slot.day, 300 + rng.randrange(90))
	visit |= {
		"findings": words.FINDINGS[slot.grade],
		"recommendations": words.RECOMMENDATIONS[slot.grade],
		"representative_name": fancy_director(slot.nation.settings, slot.site),
		"representative_job": words.DIRECTOR_JOB,
		"refused_to_sign": int(refused),
		"refusal_reason": words.REFUSED if refused else None,
		"representative_signature": None if refused else SIGNATURE,
		"completed_by": visitors[0],
		"completed_on": done,
		"report_due_on": done + timedelta(days=REPORT_DAYS),
	}


def reported(visit: dict, slot: Slot, hands: team.Hands, visitors: list[str], rng: Random) -> None:
	"""Sent in its time or late; the institution has replied, or may still do so."""
	if slot.state not in SENT:
		return
	late = slot.state == states.APPROVED and rng.random() < 0.12
	sent = after(visit["completed_on"], rng.randint(7, 10) if late else rng.randint(1, 2), 120)
	visit |= {
		"report_number": f"IR-DEMO-{slot.site.index * 20 + slot.number:05}",
		"reported_by": visitors[0],
		"reported_on": sent,
		"reported_late": int(sent > visit["report_due_on"]),
		"reply_due_on": sent + timedelta(days=REPLY_DAYS),
		"step_due_on": sent + timedelta(days=ADMINISTRATION_DAYS),
	}
	share = {states.REPORTED: 0.2, states.ADMINISTRATION: 0.5}.get(slot.state, 0.75)
	if rng.random() < share:
		replied = sent + timedelta(days=rng.randint(1, 3), minutes=45)
		visit |= {
			"institution_reply": rng.choice(words.REPLIES),
			"replied_by": hands.home,
			"replied_on": replied,
			"replied_late": 0,
		}


def reviewed(visit: dict, slot: Slot, hands: team.Hands, visitors: list[str], rng: Random) -> None:
	"""The levels that have confirmed the report, each by its own hands; headquarters after the reply or its time."""
	steps = (
		(states.ADMINISTRATION, "administration_reviewed", hands.manager, DIRECTORATE_DAYS),
		(states.DIRECTORATE, "directorate_reviewed", hands.director, HEADQUARTERS_DAYS),
		(states.APPROVED, "approved", rng.choice((team.HEAD, team.ADVISER)), None),
	)
	if slot.state not in SENT:
		return
	moment = visit["reported_on"]
	for state, step, user, days in steps[: SENT.index(slot.state)]:
		moment = after(moment, rng.randint(1, 4), 60 + rng.randrange(120))
		if state == states.APPROVED and not visit["replied_on"]:
			moment = max(moment, after(visit["reply_due_on"], 1, 60))
		visit["steps_late"] += int(moment > visit["step_due_on"])
		due = moment + timedelta(days=days) if days else None
		visit |= {f"{step}_by": user, f"{step}_on": moment, "step_due_on": due}


def latest(visit: dict) -> datetime:
	"""The last step that was taken."""
	steps = (value for key, value in visit.items() if key.endswith("_on") and "due" not in key)
	return max([visit["creation"], *(value for value in steps if isinstance(value, datetime))])


def note_rows(visit: dict, slot: Slot, writer: str, rng: Random) -> Iterator[Row]:
	"""What was said in confidence; sealed once the report was sent."""
	if not slot.made or rng.random() >= NOTED:
		return
	kind = rng.choice(list(words.NOTES))
	sealed = slot.state in SENT
	written = datetime.combine(slot.day, time(12, rng.randrange(60)))
	values = {
		"institution_visit": slot.name,
		"note_kind": kind,
		"noted_on": written,
		"sealed": int(sealed),
		"sealed_by": visit["reported_by"],
		"sealed_on": visit["reported_on"],
		"age": rng.randint(7, 17) if kind == "Interview with a Child" else 0,
		"note": rng.choice(words.NOTES[kind]),
		"suspects_violation": int(slot.grade == "D"),
	}
	name = token(slot.nation.settings.seed, "note", slot.name)[:10]
	yield NOTE, record(name, written, writer, **blank(NOTE) | values)

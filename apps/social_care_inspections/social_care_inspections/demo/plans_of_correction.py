"""Corrective action plans that followed poor grades, and the follow-up of critical institutions."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from random import Random

from social_care.demo.generator.chance import choose
from social_care.demo.generator.institutions import institution_name
from social_care.demo.generator.nation import Nation, Row
from social_care.demo.generator.records import office_hour, record

from social_care_inspections.demo import team, words
from social_care_inspections.demo.rows import after, blank
from social_care_inspections.demo.slots import Slot
from social_care_inspections.inspections.actions import states
from social_care_inspections.inspections.closings import critical
from social_care_inspections.inspections.visits import states as visits

PLAN, ACTION, CRITICAL = states.PLAN, states.ACTION, critical.CRITICAL
RECENT = 300  # days since the visit that a plan followed
SHARE, MOST = 0.8, 6
AHEAD = (120, 200)  # days until a plan in progress ends: no nightly job orders its visit before
STATES = ((states.RUNNING, 6), (states.CLOSED, 3), (states.DRAFT, 1))
ENDINGS = ((states.ACCEPTED, 5), (states.NOT_DONE, 1))
PROGRESS = ((states.TO_DO, 4), (states.REPORTED, 2), (states.ACCEPTED, 3))


def plan_of(slot: Slot) -> str | None:
	"""State of the plan that followed a visit; None where none did."""
	rng = slot.stream("correction")
	days = (slot.nation.settings.as_of - slot.day).days
	poor = slot.state == visits.APPROVED and not slot.present and slot.grade in ("C", "D")
	return choose(rng, STATES) if poor and days < RECENT and rng.random() < SHARE else None


def correction_rows(slot: Slot, state: str) -> Iterator[Row]:
	"""A plan with an action for each indicator that cost most."""
	rng, hands = slot.stream("correction rows"), team.hands(slot.nation, slot.site)
	plan = plan_row(slot, state, hands, rng)
	actions = [action_row(plan, slot, number, row, rng) for number, row in enumerate(weakest(slot, rng), 1)]
	if state == states.RUNNING:
		actions[0] |= {"status": states.TO_DO} | untouched()
	count(plan, actions)
	yield PLAN, plan
	for row in actions:
		yield ACTION, row


def plan_row(slot: Slot, state: str, hands: team.Hands, rng: Random) -> dict:
	site, as_of = slot.site, slot.nation.settings.as_of
	written = after(office_hour(slot.day, 0), 40, 60)
	values = {
		"institution": site.code,
		"institution_name": institution_name(slot.nation.settings, site),
		"org_unit": site.unit,
		"status": state,
		"plan_kind": states.CORRECTIVE,
		"institution_visit": slot.name,
		"goal": words.GOAL,
		"due_on": as_of + timedelta(days=rng.randint(*AHEAD)),
		"content_editors": hands.director,
	}
	plan = record(
		f"CAP-DEMO-{slot.name.removeprefix('IV-DEMO-')}", written, hands.director, **blank(PLAN) | values
	)
	if state != states.DRAFT:
		started = after(written, 3, 60)
		plan |= {"shown_institution": site.code, "started_by": hands.director, "started_on": started}
		plan["modified"] = started
	if state == states.CLOSED:
		closed = after(plan["started_on"], 90, 60)
		plan |= {
			"due_on": closed.date() + timedelta(days=10),
			"closed_by": hands.director,
			"closed_on": closed,
		}
		plan |= {"closing_basis": states.BY_ACCEPTANCE, "closing_note": words.CLOSING, "modified": closed}
	return plan


def weakest(slot: Slot, rng: Random) -> list[dict]:
	"""Indicators that cost most points, some of them."""
	lost = slot.checklist.found.lost
	rows = sorted(
		(row for row in slot.checklist.answers if lost.get(row.indicator_code)),
		key=lambda row: (-lost[row.indicator_code], row.indicator_code),
	)
	return rows[: rng.randint(3, MOST)]


def action_row(plan: dict, slot: Slot, number: int, indicator: dict, rng: Random) -> dict:
	state = {states.DRAFT: states.TO_DO, states.CLOSED: choose(rng, ENDINGS)}.get(
		plan["status"], choose(rng, PROGRESS)
	)
	due = slot.nation.settings.as_of + timedelta(days=rng.randint(-70, 90))
	if plan["status"] == states.CLOSED:
		due = plan["due_on"] - timedelta(days=20)
	values = {
		"corrective_action_plan": plan["name"],
		"institution": plan["institution"],
		"institution_name": plan["institution_name"],
		"status": state,
		"due_on": due if plan["status"] != states.DRAFT else plan["due_on"] - timedelta(days=number),
		"requirement": indicator.indicator,
		"standard_code": indicator.standard_code,
		"indicator_code": indicator.indicator_code,
		"is_critical": indicator.is_critical,
		"action": words.ACTION.format(indicator.indicator),
		"responsible_name": rng.choice(words.RESPONSIBLE),
		"budget": rng.choice((0, 0, 5000, 20000)),
		"content_editors": plan["owner"],
	}
	name = f"CA-{plan['name'].removeprefix('CAP-')}-{number}"
	row = record(name, plan["creation"], plan["owner"], **blank(ACTION) | values)
	return row | progress(row, plan, slot) | told(row, plan)


def progress(row: dict, plan: dict, slot: Slot) -> dict:
	"""What the institution reported, and what was decided on it."""
	if row["status"] == states.TO_DO:
		return {}
	home = team.hands(slot.nation, slot.site).home
	reported = after(plan["started_on"], 30, 60)
	done = {"progress_note": words.DONE, "percent_done": 100, "reported_by": home, "reported_on": reported}
	if row["status"] == states.REPORTED:
		return done | {"modified": reported}
	decided = after(reported, 9, 60)
	note = words.NOT_DONE if row["status"] == states.NOT_DONE else words.DONE
	return done | {
		"decided_by": plan["owner"],
		"decided_on": decided,
		"outcome_note": note,
		"modified": decided,
	}


def told(row: dict, plan: dict) -> dict:
	"""What is overdue has been told to both levels, so that the nightly job tells it to nobody again."""
	if row["status"] != states.TO_DO or plan["status"] != states.RUNNING:
		return {}
	return {"told_directorate_on": plan["modified"], "told_headquarters_on": plan["modified"]}


def untouched() -> dict:
	"""Columns of an action on which nothing has happened yet."""
	fields = ("progress_note", "reported_by", "reported_on", "decided_by", "decided_on", "outcome_note")
	return dict.fromkeys(fields) | {"percent_done": 0}


def count(plan: dict, actions: list[dict]) -> None:
	"""What a plan repeats of its actions."""
	numbers = Counter(row["status"] for row in actions)
	plan |= {
		"action_count": len(actions),
		"open_count": numbers[states.TO_DO],
		"reported_count": numbers[states.REPORTED],
		"accepted_count": numbers[states.ACCEPTED],
		"failed_count": numbers[states.NOT_DONE],
		"budget": sum(row["budget"] for row in actions),
	}


@lru_cache(maxsize=1)
def critical_codes(nation: Nation) -> frozenset[str]:
	"""Institutions that the nation makes critical."""
	rows = (row for doctype, row in nation.institutions() if doctype == "Institution")
	return frozenset(row["name"] for row in rows if row["status"] == "Critical")


def critical_state(slots: list[Slot]) -> str | None:
	"""State of the follow-up of an institution: followed where it is critical, flagged after the worst grade."""
	first = slots[0]
	if first.site.code in critical_codes(first.nation):
		return critical.FOLLOWED
	graded = [slot.grade for slot in slots if slot.state == visits.APPROVED and slot.grade]
	return critical.FLAGGED if graded and graded[-1] == critical.WORST else None


def critical_rows(slots: list[Slot], state: str) -> Iterator[Row]:
	"""The flag of the last graded visit, or the decision that made the institution critical."""
	site, nation = slots[0].site, slots[0].nation
	graded = [slot for slot in slots if slot.state == visits.APPROVED and slot.grade]
	by_grade = bool(graded) and graded[-1].grade == critical.WORST
	day = graded[-1].day if graded else nation.settings.as_of - timedelta(days=120)
	hands = team.hands(nation, site)
	written = after(office_hour(day, 0), 32, 60)
	values = {
		"institution": site.code,
		"institution_name": institution_name(nation.settings, site),
		"org_unit": site.unit,
		"status": state,
		"flagged_because": critical.BY_GRADE if by_grade else critical.BY_DECISION,
		"memo": words.CRITICAL if by_grade else words.DECIDED_CRITICAL,
		"content_editors": team.HEAD,
	}
	row = record(f"CRF-DEMO-{site.index + 1:04}", written, team.HEAD, **blank(CRITICAL) | values)
	if state == critical.FOLLOWED:
		confirmed = after(written, 4, 60)
		row |= {
			"required_actions": words.REQUIRED,
			"improve_by": nation.settings.as_of + timedelta(days=90),
			"decision_number": f"{site.index + 1}/{written.year}",
			"decision_date": written.date(),
			"decision_authority": words.AUTHORITY,
			"confirmed_by": hands.director,
			"confirmed_on": confirmed,
			"modified": confirmed,
		}
	yield CRITICAL, row

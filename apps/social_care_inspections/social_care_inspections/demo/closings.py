"""Four closings of the demonstration nation in different states, two of them with children to place: one near, one large."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import lru_cache

import frappe
from social_care.demo.generator.chance import token
from social_care.demo.generator.institutions import institution_name
from social_care.demo.generator.layout import Site
from social_care.demo.generator.nation import Nation, Row
from social_care.demo.generator.records import office_hour, record, table_row

from social_care_inspections.demo import team, words
from social_care_inspections.demo.rows import after, blank, working
from social_care_inspections.demo.slots import NOW
from social_care_inspections.inspections.closings import completion, facts, states
from social_care_inspections.setup.tables import table

CASE, STEP, PLACEMENT = states.CLOSING, "Closing Step", states.PLAN
STATES = (
	states.PLACING,
	states.WITH_ADVISER,
	states.SUPERVISED,
	states.PLACING,
)  # the last one is the large one
DAYS = {states.PLACING: 40, states.SUPERVISED: 30, states.WITH_ADVISER: 8}  # since the memo
OF_AGE = 18
LEAST, LARGE = 12, 40  # children: of a closing, and of the large one


@lru_cache(maxsize=1)
def closing_sites(nation: Nation) -> list[Site]:
	"""One institution for each of STATES: the first in the first governorate, where the shown users work, the last a large one; none
	that shows a visit."""
	open_to_all = nation.sites[len(NOW) :]
	free = [site for site in open_to_all if site.kind.code == "CI-01"]
	free.sort(key=lambda site: (site.size < LEAST, site.index))
	first = nation.sites[0].governorate
	near = [site for site in free if site.governorate == first]
	far = [site for site in free if site.governorate != first]
	found = [*near[:1], *far][: len(STATES) - 1]
	return [*found, large(site for site in open_to_all if site not in found)]


def large(sites: Iterable[Site]) -> Site:
	"""The institution for children with the fewest of LARGE children and more; in a small nation the largest."""
	homes = sorted(
		(site for site in sites if site.kind.age_from < OF_AGE), key=lambda site: (site.size, site.index)
	)
	return next((site for site in homes if site.size >= LARGE), homes[-1])


def case_rows(nation: Nation) -> Iterator[Row]:
	"""The closings, with their steps and a row for each child who is to be placed."""
	for site, state in zip(closing_sites(nation), STATES, strict=False):
		case = case_row(nation, site, state)
		yield CASE, case
		if state in states.IN_FORCE:
			yield from step_rows(case)
		if state == states.PLACING:
			yield from child_rows(nation, case)


def case_row(nation: Nation, site: Site, state: str) -> dict:
	"""As its steps would have left it."""
	hands, as_of = team.hands(nation, site), nation.settings.as_of
	written = office_hour(working(as_of - timedelta(days=DAYS[state])), 60)
	sent = after(written, 1, 30)
	values = {
		"institution": site.code,
		"institution_name": institution_name(nation.settings, site),
		"institution_type": site.kind.code,
		"org_unit": site.unit,
		"status": state,
		"step_due_on": sent + timedelta(days=60),
		"reason": "Grave Violations",
		"expected_result": states.FINAL,
		"memo": words.MEMO,
		"content_editors": hands.director,
		"modified": sent,
	}
	name = f"ICL-DEMO-{site.index + 1:04}"
	case = record(name, written, hands.director, **blank(CASE)) | values
	if state in states.IN_FORCE:
		case |= ordered(case, site) | supervised(sent, hands)
	return case


def ordered(case: dict, site: Site) -> dict:
	"""Opinion and order."""
	opinion = after(case["modified"], 2, 60)
	order = after(opinion, 3, 60)
	return {
		"legal_opinion": words.LEGAL_CLOSING,
		"opinion_by": team.LEGAL,
		"opinion_on": opinion,
		"decision_number": f"{site.index + 1}/{order.year}",
		"decision_date": order.date(),
		"decision_authority": words.AUTHORITY,
		"ordered_by": team.HEAD,
		"ordered_on": order,
	}


def supervised(sent, hands: team.Hands) -> dict:
	begun = after(sent, 12, 60)
	return {
		"supervisor_name": words.SUPERVISOR,
		"supervisor_job": words.AUTHORITY,
		"supervision_from": begun.date(),
		"supervision_by": hands.director,
		"supervision_on": begun,
		"modified": begun,
	}


def step_rows(case: dict) -> Iterator[Row]:
	"""The steps of the result; those of the first days are done."""
	kinds = [row for row in table("closing_steps") if row["applies_to"] in ("All Results", states.FINAL)]
	for number, kind in enumerate(kinds, 1):
		due = case["decision_date"] + timedelta(days=int(kind["due_days"]))
		done = int(kind["due_days"]) <= 5
		values = {field: kind[field] for field in ("step_code", "title", "owner_role")}
		values |= {
			"is_required": int(kind["is_required"]),
			"due_on": due,
			"done": int(done),
			"done_by": case["supervision_by"] if done else None,
			"done_on": case["supervision_from"] if done else None,
			"note": None,
		}
		yield STEP, table_row(case, CASE, "steps", number, **values)


def child_rows(nation: Nation, case: dict) -> Iterator[Row]:
	"""A draft for each child who lives there, as the step to re-placement writes it. The children are loaded before."""
	names = completion.residents(case["institution"])
	for child, known in sorted(facts.children(names).items()):
		place = {
			"closing_case": case["name"],
			"institution": case["institution"],
			"org_unit": case["org_unit"],
		}
		values = blank(PLACEMENT) | place | {"child": child, "status": states.DRAFT} | known
		name = token(nation.settings.seed, "closing placement", child)[:10]
		yield PLACEMENT, record(name, case["modified"], case["owner"]) | values


def settle(nation: Nation) -> None:
	"""The institutions of closings in force take no children any more."""
	sites = zip(closing_sites(nation), STATES, strict=False)
	codes = [site.code for site, state in sites if state in states.IN_FORCE]
	values = {"status": "Closing", "status_reason": words.MEMO}
	if codes:
		frappe.db.set_value("Institution", {"name": ["in", codes]}, values, update_modified=False)

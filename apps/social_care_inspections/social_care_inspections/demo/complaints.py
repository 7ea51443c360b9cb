"""Complaints of the demonstration nation: in every state, with and without a name, some about abuse, some about an office."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from social_care.demo.generator.chance import choose, stream, token
from social_care.demo.generator.institutions import institution_name
from social_care.demo.generator.layout import Site
from social_care.demo.generator.names import MUSLIM, name_book
from social_care.demo.generator.nation import Nation, Row
from social_care.demo.generator.records import SYSTEM, office_hour, record
from social_care.demo.generator.units import directorate

from social_care_inspections.demo import team, words
from social_care_inspections.demo.cases import Case, case_of
from social_care_inspections.demo.rows import after, blank
from social_care_inspections.demo.slots import Slot, slots_of
from social_care_inspections.inspections.complaints import states
from social_care_inspections.inspections.visits import states as visits

COMPLAINT, SENDER = states.COMPLAINT, states.SENDER
SHARE, ABUSE, OFFICE, NAMELESS, ASKED = 0.3, 0.15, 0.06, 0.55, 0.5
STATES = (states.RECEIVED, states.EXAMINED, states.DECIDED, states.CLOSED)
WEIGHTS = tuple(zip(STATES, (3, 4, 2, 5), strict=True))
# Days back on which a complaint in each state was received: (from, to).
DAYS = {states.RECEIVED: (0, 6), states.EXAMINED: (8, 28), states.DECIDED: (35, 60), states.CLOSED: (70, 300)}
CHANNELS = ((states.PAGE, 5), ("Telephone", 3), ("Complaint Box", 2), ("Letter", 1), ("In Person", 2))
KINDS = (
	*(("Care and Food", 4), ("Health", 3), ("Education", 2), ("Building and Safety", 3)),
	*(("Staff and Management", 3), ("Money and Donations", 1), ("Other", 1)),
)
ABOUT_ABUSE = "Treatment of Children"
SENDERS = (("Citizen", 5), ("Family of a Child", 4), ("Worker of the Institution", 2))
HOURS = {
	False: 48,
	True: 4,
}  # of the settings as they come: until a complaint is examined, without and with alleged abuse
LONGEST = 30  # days until it is decided


@dataclass(frozen=True)
class Plea:
	"""One complaint: about which institution, how far it has come, whether abuse is alleged, an office is meant, a name is given."""

	nation: Nation
	site: Site
	state: str
	channel: str
	abuse: bool
	office: bool
	nameless: bool

	@property
	def name(self) -> str:
		return f"IC-DEMO-{self.site.index + 1:04}"

	@property
	def unit(self) -> str:
		"""The unit that handles it: above the supervising office, where that is complained of."""
		return directorate(self.site.governorate) if self.office else self.site.unit

	def stream(self, *names: object) -> Random:
		return stream(self.nation.settings.seed, "complaint", self.site.index, *names)


def plea_of(nation: Nation, site: Site) -> Plea | None:
	"""The complaint about an institution, if there is one; the first ones show a state each."""
	rng = stream(nation.settings.seed, "complaint", site.index)
	shown = site.index < len(STATES)
	if rng.random() >= SHARE and not shown:
		return None
	state = STATES[site.index] if shown else choose(rng, WEIGHTS)
	channel, abuse, office = choose(rng, CHANNELS), rng.random() < ABUSE, rng.random() < OFFICE
	nameless = channel == "Complaint Box" or rng.random() < NAMELESS
	return Plea(nation, site, state, channel, abuse, office and not shown, nameless)


def complaint_rows(nation: Nation) -> Iterator[Row]:
	"""The complaints, and who sent those that have a name."""
	for plea in filter(None, (plea_of(nation, site) for site in nation.sites)):
		row = received(plea)
		if plea.state != states.RECEIVED:
			row |= examined(plea, row)
		if plea.state in (states.DECIDED, states.CLOSED):
			row |= decided(plea, row)
		if plea.state == states.CLOSED:
			row |= closed(plea, row)
		yield COMPLAINT, row
		if not plea.nameless:
			yield SENDER, sender_row(plea, row)


def received(plea: Plea) -> dict:
	rng, hands = plea.stream("received"), team.hands(plea.nation, plea.site)
	moment = moment_back(plea, rng)
	due = moment + timedelta(hours=HOURS[plea.abuse])
	late = due.date() < plea.nation.settings.as_of
	kind = ABOUT_ABUSE if plea.abuse else choose(rng, KINDS)
	handler = handler_of(plea, hands)
	values = {
		"org_unit": plea.unit,
		"institution": plea.site.code,
		"institution_name": institution_name(plea.nation.settings, plea.site),
		"governorate": plea.site.governorate,
		"status": plea.state,
		"channel": plea.channel,
		"complaint_kind": kind,
		"abuse_alleged": int(plea.abuse),
		"against_unit": plea.site.unit if plea.office else None,
		"received_on": moment,
		"is_anonymous": int(plea.nameless),
		"description": words.COMPLAINTS[kind],
		"triage_due_on": due,
		"told_above_on": due if plea.state == states.RECEIVED and late else None,
		"content_editors": None if plea.channel == states.PAGE else handler,
	}
	owner = SYSTEM if plea.channel == states.PAGE else handler
	return record(plea.name, moment, owner, **blank(COMPLAINT) | values)


def moment_back(plea: Plea, rng: Random) -> datetime:
	"""When it was received: in office hours, never after the day of the nation."""
	day = plea.nation.settings.as_of - timedelta(days=rng.randint(*DAYS[plea.state]))
	return office_hour(day, rng.randint(5, 300))


def handler_of(plea: Plea, hands: team.Hands) -> str:
	"""The manager of the administration; the directorate's director where the administration itself is complained of."""
	return hands.director if plea.office else hands.manager


def examined(plea: Plea, row: dict) -> dict:
	rng, handler = plea.stream("examined"), handler_of(plea, team.hands(plea.nation, plea.site))
	begun = after(row["received_on"], rng.choice((0, 1, 1, 3)), rng.randint(310, 400))
	values = {
		"triaged_by": handler,
		"triaged_on": begun,
		"triaged_late": int(begun > row["triage_due_on"]),
		"decision_due_on": begun + timedelta(days=LONGEST),
		"examination_notes": words.EXAMINED,
		"content_editors": handler,
		"modified": begun,
	}
	asks = plea.state == states.EXAMINED and not plea.abuse and rng.random() < ASKED
	return values | (asked(plea, begun, rng) if asks else {})


def asked(plea: Plea, begun: datetime, rng: Random) -> dict:
	"""The institution is asked, and has replied to half of it."""
	values = {
		"ask_institution": 1,
		"shown_institution": plea.site.code,
		"text_for_institution": words.ASKED,
	}
	if rng.random() < 0.5:
		replied = after(begun, 2, 120)
		home = team.hands(plea.nation, plea.site).home
		values |= {"institution_reply": words.REPLY, "replied_by": home, "replied_on": replied}
		values["modified"] = replied
	return values


def decided(plea: Plea, row: dict) -> dict:
	"""By the director of the directorate, who examined none of an administration's; by headquarters' head otherwise."""
	rng = plea.stream("decided")
	on = after(row["triaged_on"], rng.randint(9, 18), 60)
	by = team.HEAD if plea.office else team.hands(plea.nation, plea.site).director
	found = outcome(plea, rng)
	reasons = words.UNFOUNDED if found["outcome"] == states.UNFOUNDED else words.FOUNDED
	return found | {
		"decision_reasons": reasons,
		"answer": words.ANSWER,
		"decided_by": by,
		"decided_on": on,
		"modified": on,
	}


def outcome(plea: Plea, rng: Random) -> dict:
	"""What it led to: a visit that was made, a violation that is recorded, a referral, or nothing."""
	slots = slots_of(plea.nation, plea.site)
	made: list[Slot] = [slot for slot in slots if slot.state == visits.APPROVED]
	cases: list[Case] = [case for case in map(case_of, slots) if case]
	ways = [{"outcome": states.UNFOUNDED}]
	if made:
		ways.append({"outcome": states.VISIT, "institution_visit": made[-1].name})
	if cases:
		ways.append({"outcome": states.VIOLATION, "violation_record": cases[-1].name})
	number = f"{plea.site.index + 1}/{plea.nation.settings.as_of.year}"
	ways.append(
		{
			"outcome": states.REFERRAL,
			"referral_authority": words.PROSECUTION if plea.abuse else words.AUTHORITY,
			"referral_number": number,
		}
	)
	return rng.choice(ways)


def closed(plea: Plea, row: dict) -> dict:
	on = after(row["decided_on"], 7, 60)
	return {
		"closing_note": words.CLOSED_COMPLAINT,
		"closed_by": row["decided_by"],
		"closed_on": on,
		"modified": on,
	}


def sender_row(plea: Plea, row: dict) -> dict:
	"""Who gave a name. A number that no telephone has."""
	rng, book = plea.stream("sender"), name_book()
	father, grandfather, family = book.lineage(rng, MUSLIM, plea.site.index * 7)
	kind = choose(rng, SENDERS)
	values = {
		"institution_complaint": row["name"],
		"sender_kind": kind,
		"full_name": f"{father} {grandfather} {family}",
		"telephone": f"+20 000 300 {plea.site.index + 1:04}",
	}
	name = token(plea.nation.settings.seed, "complaint sender", plea.site.index)[:10]
	return record(name, row["received_on"], row["owner"], **blank(SENDER) | values)

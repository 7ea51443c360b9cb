"""Violations that were found on the campaign's visits, with their penalties, and the workers who were excluded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random

from social_care.demo.generator.chance import choose, token
from social_care.demo.generator.institutions import institution_name
from social_care.demo.generator.names import MUSLIM, name_book
from social_care.demo.generator.nation import Row
from social_care.demo.generator.records import record, table_row
from social_care.registry.arabic import normalise

from social_care_inspections.demo import team, words
from social_care_inspections.demo.rows import after, blank
from social_care_inspections.demo.slots import Slot
from social_care_inspections.inspections.violations import states
from social_care_inspections.setup.tables import table

RECORD, PENALTY, BASIS, BARRED = states.RECORD, states.PENALTY, "Penalty Legal Basis", "Barred Worker"
SHARES = {"A": 0.02, "B": 0.10, "C": 0.45, "D": 0.85}
KINDS = (
	*(("AD-01", 6), ("AD-02", 8), ("AD-03", 8), ("SA-01", 5), ("SA-02", 4), ("SA-03", 3)),
	*(("LI-03", 4), ("LI-04", 4), ("NE-01", 3), ("NE-02", 4), ("NE-04", 5), ("NE-05", 3)),
	*(("FI-02", 2), ("OV-01", 2), ("AB-01", 2), ("AB-02", 2)),
)
WORKERS, SUPERVISORS = ("NE-05", "AB-01", "AB-02"), ("OV-01",)
# State of a violation with its share, by the days since it was found.
PATHS = (
	(25, ((states.OBSERVED, 1),)),
	(60, ((states.OBSERVED, 1), (states.INVESTIGATED, 3))),
	(100, ((states.OBSERVED, 1), (states.INVESTIGATED, 4), (states.PROVEN, 4), (states.NOT_PROVEN, 1))),
	(
		300,
		(
			*((states.INVESTIGATED, 2), (states.PROVEN, 3), (states.NOT_PROVEN, 2)),
			*((states.PENALISED, 5), (states.APPEALED, 2), (states.EXECUTED, 3), (states.CLOSED, 2)),
		),
	),
	(
		10_000,
		((states.PENALISED, 2), (states.EXECUTED, 3), (states.CLOSED, 9), (states.NOT_PROVEN, 2)),
	),
)
CONCLUDED = (
	states.PROVEN,
	states.NOT_PROVEN,
	states.PENALISED,
	states.APPEALED,
	states.EXECUTED,
	states.CLOSED,
)
# State of the penalty of a violation in each state; None: no penalty.
PENALTIES = {
	states.PROVEN: (None, states.DRAFT, states.WITH_ADVISER, states.OPINION),
	states.PENALISED: (states.DECIDED,),
	states.APPEALED: (states.APPEALED,),
	states.EXECUTED: (states.EXECUTED,),
	states.CLOSED: (states.EXECUTED, states.EXECUTED, states.CANCELLED, None),
}
BY_SEVERITY = {
	"Minor": ("PE-01",),
	"Moderate": ("PE-01", "PE-02", "PE-09"),
	"Grave": ("PE-03", "PE-05", "PE-06", "PE-09"),
	"Suspected Crime": ("PE-03", "PE-06"),
}
BY_PERSON = {"Worker": "PE-08", "Supervisor": "PE-10"}


@dataclass(frozen=True)
class Case:
	"""One violation: what it is, how far it has come, and its penalty's state and kind (None: there is none)."""

	slot: Slot
	code: str
	state: str
	penalty: str | None

	@property
	def name(self) -> str:
		return f"VR-DEMO-{self.slot.name.removeprefix('IV-DEMO-')}"

	@property
	def against(self) -> str:
		return (
			"Worker" if self.code in WORKERS else "Supervisor" if self.code in SUPERVISORS else "Institution"
		)

	@property
	def kind(self) -> dict[str, str]:
		return next(row for row in table("violation_types") if row["violation_code"] == self.code)

	@property
	def proven(self) -> bool:
		"""Whether it was concluded as proven; of a closed one its penalty tells."""
		return self.state in CONCLUDED and not (
			self.state == states.NOT_PROVEN or (self.state == states.CLOSED and not self.penalty)
		)

	def penalty_kind(self) -> dict[str, str]:
		rng = self.slot.stream("penalty kind")
		code = BY_PERSON.get(self.against) or rng.choice(BY_SEVERITY[self.kind["default_severity"]])
		return next(row for row in table("penalty_kinds") if row["kind_code"] == code)


def case_of(slot: Slot) -> Case | None:
	"""The violation that was found on a visit, if there was one."""
	rng = slot.stream("violation")
	if not slot.grade or rng.random() >= SHARES[slot.grade]:
		return None
	days = (slot.nation.settings.as_of - slot.day).days
	state = choose(rng, next(paths for limit, paths in PATHS if days < limit))
	return Case(slot, choose(rng, KINDS), state, rng.choice(PENALTIES.get(state, (None,))))


def case_rows(case: Case) -> Iterator[Row]:
	"""The violation, its penalty with the law that it stands on, the exclusion that follows."""
	rng, hands = case.slot.stream("violation rows"), team.hands(case.slot.nation, case.slot.site)
	violation = observed(case, hands, rng)
	investigated(violation, case, hands, rng)
	concluded(violation, case, hands, rng)
	yield RECORD, violation
	if case.penalty:
		penalty = drafted(violation, case, hands)
		advised(penalty, case)
		decided(penalty, case, hands, rng)
		yield PENALTY, penalty
		yield (
			BASIS,
			table_row(
				penalty, PENALTY, "legal_basis", 1, instrument=words.LAW, article=words.ARTICLE, text=None
			),
		)
		if penalty["shown_institution"] and case.penalty_kind()["excludes_worker"] == "1":
			yield BARRED, barred(violation, penalty, case)


def observed(case: Case, hands: team.Hands, rng: Random) -> dict:
	"""What the inspectors wrote on the day after the visit; a suspected crime is referred the same day."""
	slot, kind = case.slot, case.kind
	written = after(datetime.combine(slot.day, time(8)), 1, 90)
	lead = hands.inspectors[(slot.site.index + slot.number) % len(hands.inspectors)]
	crime = kind["is_criminal_suspicion"] == "1"
	values = {
		"institution": slot.site.code,
		"institution_name": institution_name(slot.nation.settings, slot.site),
		"org_unit": slot.site.unit,
		"status": case.state,
		"violation_type": case.code,
		"violation_group": kind["violation_group"],
		"severity": kind["default_severity"],
		"suspected_crime": int(crime),
		"found_on": slot.day,
		"institution_visit": slot.name,
		"children_affected": rng.randint(1, 6)
		if kind["violation_group"] in ("Neglect", "Abuse of Children")
		else 0,
		"description": words.VIOLATIONS[kind["violation_group"]],
		"against": case.against,
		"content_editors": lead,
	}
	if case.against != "Institution":
		values |= {"accused_name": accused(case), "accused_job": rng.choice(words.JOBS)}
	if crime:
		values |= referral(written, lead, case)
	return record(case.name, written, lead, **blank(RECORD) | values)


def referral(written: datetime, lead: str, case: Case) -> dict:
	return {
		"referral_due_on": datetime.combine(written.date(), time(23, 59, 59)),
		"referral_number": f"{case.slot.site.index + 1}/{written.year}",
		"referral_authority": words.PROSECUTION,
		"referred_by": lead,
		"referred_on": written + timedelta(hours=2),
	}


def accused(case: Case) -> str:
	"""A fictional person."""
	rng, book = case.slot.stream("accused"), name_book()
	first = book.first_name(rng, MUSLIM, "Male")
	return " ".join((first, *book.lineage(rng, MUSLIM, case.slot.site.index * 13)))


def investigated(violation: dict, case: Case, hands: team.Hands, rng: Random) -> None:
	if case.state == states.OBSERVED:
		return
	begun = after(violation["creation"], rng.randint(1, 4), 30)
	violation |= {
		"investigation_by": team.ADVISER if violation["suspected_crime"] else violation["owner"],
		"investigation_on": begun,
		"investigation_due_on": begun + timedelta(days=15),
		"modified": begun,
	}


def concluded(violation: dict, case: Case, hands: team.Hands, rng: Random) -> None:
	"""By the director of the directorate, after a hearing; headquarters closes."""
	if case.state not in CONCLUDED:
		return
	done = after(violation["investigation_on"], rng.randint(8, 20), 150)
	violation |= {
		"investigation_report": words.INVESTIGATION,
		"hearing_on": done.date() - timedelta(days=3),
		"hearing_statement": words.STATEMENT,
		"conclusion": words.PROVEN if case.proven else words.NOT_PROVEN,
		"concluded_by": hands.director,
		"concluded_on": done,
		"modified": done,
	}
	if case.state == states.CLOSED:
		closed = after(done, 75, 60)
		violation |= {
			"closing_note": words.CLOSING,
			"closed_by": team.HEAD,
			"closed_on": closed,
			"modified": closed,
		}


def drafted(violation: dict, case: Case, hands: team.Hands) -> dict:
	"""The penalty that the directorate proposes."""
	kind, written = case.penalty_kind(), after(violation["concluded_on"], 2, 60)
	values = {key: violation[key] for key in ("institution", "institution_name", "org_unit")}
	values |= {
		"violation_record": violation["name"],
		"status": case.penalty,
		"penalty_kind": kind["kind_code"],
		"target": "Institution" if case.against == "Institution" else "Person",
		"amount": 5000 if kind["has_amount"] == "1" else 0,
		"content_editors": hands.director,
	}
	return record(
		f"VP-DEMO-{case.name.removeprefix('VR-DEMO-')}", written, hands.director, **blank(PENALTY) | values
	)


def advised(penalty: dict, case: Case) -> None:
	if case.penalty in (states.DRAFT, states.WITH_ADVISER):
		return
	given = after(penalty["creation"], 6, 45)
	penalty |= {
		"legal_opinion": words.OPINION,
		"opinion_by": team.LEGAL,
		"opinion_on": given,
		"modified": given,
	}


def decided(penalty: dict, case: Case, hands: team.Hands, rng: Random) -> None:
	"""By headquarters; then appealed, executed, or cancelled by a granted appeal."""
	if case.penalty in (states.DRAFT, states.WITH_ADVISER, states.OPINION):
		return
	made = after(penalty["opinion_on"], 5, 60)
	days = int(case.penalty_kind()["appeal_days"])
	penalty |= {
		"decision_number": f"{case.slot.site.index + 1}/{made.year}",
		"decision_date": made.date(),
		"decision_authority": words.AUTHORITY,
		"decided_by": team.HEAD,
		"decided_on": made,
		"appeal_due_on": made.date() + timedelta(days=days) if days else None,
		"shown_institution": penalty["institution"],
		"modified": made,
	}
	if case.penalty in (states.APPEALED, states.CANCELLED):
		appealed(penalty, case, hands)
	if case.penalty == states.EXECUTED:
		executed = after(made, 12, 60)
		penalty |= {"executed_on": executed.date(), "executed_by": hands.director, "modified": executed}


def appealed(penalty: dict, case: Case, hands: team.Hands) -> None:
	made = after(penalty["decided_on"], 5, 30)
	due = penalty["appeal_due_on"] or made.date()
	penalty |= {
		"appeal_due_on": max(due, made.date()),
		"appeal_text": words.APPEAL,
		"appealed_by": hands.home,
		"appealed_on": made,
		"modified": made,
	}
	if case.penalty == states.CANCELLED:
		answered = after(made, 10, 30)
		penalty |= {
			"appeal_result": states.GRANTED,
			"appeal_reasons": words.APPEAL_REASONS,
			"appeal_decided_by": team.ADVISER,
			"appeal_decided_on": answered,
			"modified": answered,
		}


def barred(violation: dict, penalty: dict, case: Case) -> dict:
	"""The exclusion that a decision brings; a granted appeal has lifted it."""
	values = {
		"full_name": violation["accused_name"],
		"search_name": normalise(violation["accused_name"]),
		"violation_penalty": penalty["name"],
		"org_unit": penalty["org_unit"],
		"barred_from": penalty["decision_date"],
		"lifted": int(case.penalty == states.CANCELLED),
	}
	name = token(case.slot.nation.settings.seed, "barred", case.name)[:10]
	return record(name, penalty["decided_on"], team.HEAD, **blank(BARRED) | values)

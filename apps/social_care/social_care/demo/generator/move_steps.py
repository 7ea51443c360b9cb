"""A Placement Change before any step, and the steps that may be taken on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from social_care.demo.generator import user_names
from social_care.demo.generator.history import AUTHORITIES
from social_care.demo.generator.institutions import institution_name
from social_care.demo.generator.layout import Site
from social_care.demo.generator.move_words import APART, INTERESTS, NEEDS
from social_care.demo.generator.records import office_hour, record
from social_care.demo.generator.settings import NationSettings
from social_care.registry.moves import states
from social_care.setup.tables import table

Row = tuple[str, dict]
EMPTY = (
	*("to_institution", "to_institution_name", "to_unit", "addressed_institution", "addressed_unit"),
	*("answer_due_on", "due_back_on", "leave_host", "returned_on", "return_remarks", "care_needs"),
	*("sibling_separation_reason", "determination", "care_review", "decision_number", "decision_date"),
	*("decision_authority", "decline_reason", "closing_reason", "receiver_remarks", "handed_over_on"),
	*("delivered_by", "received_by", "handed_over_items", "placement"),
	*(
		f"{step}_{what}"
		for step in ("proposed", "approved", "accepted", "carried_out", "closed")
		for what in ("by", "on")
	),
)


@dataclass
class Paper:
	"""A child at a place about whom a row is written; `siblings` in care would stay behind."""

	settings: NationSettings
	key: str
	child: dict
	site: Site
	rng: Random
	siblings: int = 0

	@property
	def code(self) -> str:
		"""Name of the row."""
		return f"PC-{self.key}"

	@property
	def entry(self) -> str:
		"""Who proposes: the institution where the child lives, the directorate for who lives in none."""
		if self.child["life_state"] != "Active":
			return user_names.data_officer(self.site.governorate)
		return user_names.entry_user(self.site.code)

	@property
	def chief(self) -> str:
		"""Who decides at the sending directorate."""
		return user_names.directorate_director(self.site.governorate)

	def days(self, before: date, least: int, most: int) -> date:
		"""A day some days before another."""
		return before - timedelta(days=self.rng.randrange(least, most))


@cache
def reasons() -> dict[str, dict]:
	"""Rows of the reference table of reasons, by code."""
	return {row["reason_code"]: row for row in table("placement_change_reasons")}


def age_on(birth: date, day: date) -> int:
	"""Full years of age on a day."""
	return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def base(paper: Paper, movement: str, reason: str, details: str, effective: date, created: date) -> dict:
	"""A row before any step, with every column."""
	child, site, facts = paper.child, paper.site, reasons()[reason]
	lives = child["life_state"] == "Active"
	return record(
		paper.code,
		office_hour(created, paper.rng.randrange(200)),
		paper.entry,
		child=child["name"],
		movement=movement,
		is_emergency=0,
		sex=child["sex"],
		age=age_on(child["birth_date"], created),
		status=states.DRAFT,
		effective_date=effective,
		from_institution=site.code if lives else None,
		from_institution_name=institution_name(paper.settings, site) if lives else None,
		from_unit=site.unit,
		exit_way="",
		reason=reason,
		reason_details=details,
		siblings_elsewhere=0,
		needs_best_interests=int(facts["needs_best_interests"]),
		legal_basis=facts["legal_basis"],
		from_placement=child["current_placement"],
		content_editors=paper.entry,
		**dict.fromkeys(EMPTY),
	)


def receive(row: dict, paper: Paper, target: Site) -> None:
	"""The receiving institution of a transfer or an admission, and who would stay behind."""
	row |= {
		"to_institution": target.code,
		"to_institution_name": institution_name(paper.settings, target),
		"to_unit": target.unit,
		"care_needs": paper.rng.choice(NEEDS),
		"siblings_elsewhere": paper.siblings,
		"sibling_separation_reason": APART if paper.siblings else None,
	}


def stamp(row: dict, step: str, by: str, on: date) -> None:
	"""A step is taken; it is the last thing that happened to the row."""
	when = office_hour(on, 240)
	row |= {f"{step}_by": by, f"{step}_on": when, "modified": when, "modified_by": by}


def decide(row: dict, paper: Paper, on: date) -> None:
	"""The directorate approves, with a decision."""
	row |= {
		"decision_number": row["decision_number"] or f"{paper.rng.randrange(1, 999)}/{on.year}",
		"decision_date": row["decision_date"] or on,
		"decision_authority": AUTHORITIES[0],
	}
	stamp(row, "approved", paper.chief, on)


def address(row: dict) -> None:
	"""From now on the receiving side sees the request."""
	row |= {"addressed_institution": row["to_institution"], "addressed_unit": row["to_unit"]}


def accept(row: dict, on: date) -> None:
	"""The receiving institution takes the child."""
	row |= {"answer_due_on": None, "receiver_remarks": "المكان مجهز وتم إبلاغ المشرفة"}
	stamp(row, "accepted", user_names.institution_director(row["to_institution"]), on)


def determination(row: dict, paper: Paper, occasion: str = "RK-03") -> Iterator[Row]:
	"""The determination that the reason asks for, then the row."""
	if row["needs_best_interests"] and not row["is_emergency"]:
		child, day = paper.child, row["creation"].date()
		found = record(
			f"BI-{paper.key}",
			row["creation"],
			row["owner"],
			child=child["name"],
			child_name=child["full_name"],
			institution=row["from_institution"],
			occasion=occasion,
			determined_on=day,
			child_view=child["child_view"],
			no_view_reason="",
			best_interests=INTERESTS,
		)
		row["determination"] = found["name"]
		yield "Best Interests Determination", found
	yield "Placement Change", row

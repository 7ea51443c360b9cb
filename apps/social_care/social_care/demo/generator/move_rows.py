"""Rows of Placement Change, each as the steps of its path would have left it."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from social_care.demo.generator import user_names
from social_care.demo.generator.chance import choose
from social_care.demo.generator.layout import Site
from social_care.demo.generator.move_steps import (
	Paper,
	Row,
	accept,
	address,
	age_on,
	base,
	decide,
	determination,
	receive,
	stamp,
)
from social_care.demo.generator.move_words import (
	DANGER,
	DECLINES,
	GROWN,
	HOSTS,
	LEAVES,
	PAPERS,
	TRANSFERS,
	WITHDRAWN,
	WORKER,
)
from social_care.demo.generator.records import office_hour
from social_care.registry.moves import states

ANSWER_DAYS, HOME_LEAVE_DAYS = 7, 7


def receiver(sites: list[Site], here: Site, sex: str, age: int, rng: Random) -> Site | None:
	"""Another institution that takes a child of this sex and age, has room, and is near in the order of governorates."""
	near = sites[max(here.index - 15, 0) : here.index + 16]
	fit = [
		site
		for site in near
		if site.index != here.index
		and site.sex in ("Any", sex)
		and site.kind.age_from <= age < site.kind.age_to - 1
		and not site.over_capacity
	]
	return rng.choice(fit) if fit else None


def why(rng: Random) -> tuple[str, str]:
	"""A reason for a transfer, and its details."""
	reason = choose(rng, tuple(row[:2] for row in TRANSFERS))
	return reason, next(row[2] for row in TRANSFERS if row[0] == reason)


def transfer(paper: Paper, target: Site) -> tuple[Paper, dict]:
	"""A transfer as a draft of the last days; its day comes some days after the nation's."""
	rng, as_of = paper.rng, paper.settings.as_of
	reason, details = GROWN
	if age_on(paper.child["birth_date"], as_of) < paper.site.kind.age_to - 1:
		reason, details = why(rng)
	effective = as_of + timedelta(days=rng.randrange(4, 15))
	row = base(paper, states.TRANSFER, reason, details, effective, paper.days(as_of, 1, 4))
	receive(row, paper, target)
	return paper, row


def asked(request: tuple[Paper, dict], status: str) -> Iterator[Row]:
	"""A request up to a state in which it waits for somebody."""
	paper, row = request
	as_of = paper.settings.as_of
	row["status"] = status
	if status == states.DRAFT:
		yield from determination(row, paper)
		return
	answered = paper.days(as_of, 1, 4) if status == states.SCHEDULED else as_of
	approved = as_of if status == states.APPROVAL else paper.days(answered, 1, 5)
	proposed = paper.days(approved, 1, 5)
	row["creation"] = office_hour(proposed, 20)
	stamp(row, "proposed", paper.entry, proposed)
	if status != states.APPROVAL:
		decide(row, paper, approved)
		address(row)
		row["answer_due_on"] = row["approved_on"] + timedelta(days=ANSWER_DAYS)
	if status == states.SCHEDULED:
		accept(row, answered)
	yield from determination(row, paper)


def closed(request: tuple[Paper, dict], status: str) -> Iterator[Row]:
	"""A request that came to nothing some weeks ago."""
	paper, row = request
	ended = paper.days(paper.settings.as_of, 3, 45)
	proposed = ended - timedelta(days=ANSWER_DAYS + 4)
	row |= {"status": status, "effective_date": ended + timedelta(days=5)}
	row["creation"] = office_hour(proposed, 20)
	stamp(row, "proposed", paper.entry, proposed)
	by = paper.entry
	if status == states.CANCELLED:
		row["closing_reason"] = WITHDRAWN
	else:
		decide(row, paper, proposed + timedelta(days=4))
		address(row)
	if status == states.DECLINED:
		by = user_names.institution_director(row["to_institution"])
		row["decline_reason"] = paper.rng.choice(DECLINES)
	stamp(row, "closed", "Administrator" if status == states.EXPIRED else by, ended)
	yield from determination(row, paper)


def carried_out(paper: Paper, target: Site, old: dict, new: dict) -> Iterator[Row]:
	"""A transfer that lies behind: the way from the placement `old` to the placement `new`."""
	rng, day = paper.rng, new["from_date"]
	is_emergency = rng.random() < 0.05
	reason, details = DANGER if is_emergency else why(rng)
	proposed = day if is_emergency else day - timedelta(days=rng.randrange(9, 21))
	row = base(paper, states.TRANSFER, reason, details, day, proposed)
	receive(row, paper, target)
	row |= {field: new[field] for field in ("decision_number", "decision_date", "decision_authority")}
	row |= {"status": states.CARRIED_OUT, "is_emergency": int(is_emergency)}
	row |= {"from_placement": old["name"], "placement": new["name"]}
	if is_emergency:
		row["needs_best_interests"] = 0
	row |= {"handed_over_on": day, "delivered_by": WORKER, "received_by": WORKER, "handed_over_items": PAPERS}
	stamp(row, "proposed", paper.chief if is_emergency else paper.entry, proposed)
	stamp(row, "approved", paper.chief, proposed if is_emergency else proposed + timedelta(days=3))
	address(row)
	accept(row, day if is_emergency else proposed + timedelta(days=6))
	stamp(row, "carried_out", paper.chief if is_emergency else user_names.entry_user(target.code), day)
	yield from determination(row, paper)


def leave(paper: Paper, status: str, begin: date, days: int) -> dict:
	"""A leave of some days; the institution's director decides on short ones, the directorate on longer ones."""
	reason = choose(paper.rng, LEAVES)
	proposed = min(begin, paper.settings.as_of) - timedelta(days=paper.rng.randrange(1, 6))
	row = base(paper, states.LEAVE, reason, "", begin, proposed)
	back = begin + timedelta(days=days)
	row |= {"status": status, "due_back_on": back, "leave_host": HOSTS[reason]}
	stamp(row, "proposed", paper.entry, proposed)
	if status == states.APPROVAL:
		return row
	short = days <= HOME_LEAVE_DAYS
	stamp(
		row,
		"approved",
		user_names.institution_director(paper.site.code) if short else paper.chief,
		proposed,
	)
	if status == states.CARRIED_OUT:
		row |= {"returned_on": back, "return_remarks": "عاد بصحة جيدة"}
		stamp(row, "carried_out", paper.entry, back)
	return row


def exit_row(
	paper: Paper, status: str, on: date | None = None, placement: str | None = None
) -> Iterator[Row]:
	"""The way into a life of one's own: asked for, decided, or, with the day and the new placement, carried out."""
	effective = on or paper.settings.as_of + timedelta(days=paper.rng.randrange(10, 50))
	proposed = paper.days(on or paper.settings.as_of, 6, 12)
	row = base(paper, states.EXIT, "MR-62", "أتم تدريبه المهني ووجد عملًا", effective, proposed)
	row |= {"status": status, "exit_way": states.INDEPENDENT}
	stamp(row, "proposed", paper.entry, proposed)
	if status != states.APPROVAL:
		decide(row, paper, proposed + timedelta(days=4))
	if on:
		row["placement"] = placement
		stamp(row, "carried_out", paper.entry, on)
	yield from determination(row, paper, "RK-06")


def admission(paper: Paper, target: Site, status: str) -> Iterator[Row]:
	"""Somebody whose care had ended is to be taken in again."""
	as_of = paper.settings.as_of
	effective = as_of + timedelta(days=paper.rng.randrange(3, 9))
	row = base(
		paper, states.ADMISSION, "MR-24", "تعذر استمراره مع الأسرة", effective, paper.days(as_of, 1, 4)
	)
	receive(row, paper, target)
	rows = closed if status in states.CLOSED else asked
	yield from rows((paper, row), status)

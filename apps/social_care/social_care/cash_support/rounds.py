"""Rounds of a programme: filled while they are drafts, frozen by four eyes, paid after that and not before."""

import hashlib

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_first_day, getdate, now, nowdate

from social_care.cash_support import checks, places, rights
from social_care.cash_support.programmes import not_together
from social_care.cash_support.storing import look_up

ROUND, ENTRY = "Support Round", "Support Round Entry"
DRAFT, SUBMITTED, APPROVED, PAID = "Draft", "Submitted", "Approved", "Paid"
READ_AT_ONCE = 20_000
# Conditions on entries: who has died, and who is in a programme that excludes this one.
DEAD = """(entry.`national_number` in (select `national_number` from `tabRecorded Death`)
	or entry.`national_number` in (select `national_number` from `tabPerson`
		where `is_deceased` = 1 and `national_number` is not null))"""
ELSEWHERE = """entry.`national_number` in (select `national_number` from `tabSupport Enrolment`
	where `programme` in %(excluded)s and `national_number` is not null and `valid_from` <= %(day)s
	and ifnull(`valid_to`, '9999-12-31') >= %(day)s)"""


class FrozenRoundError(frappe.ValidationError):
	"""The round is not a draft any more."""


class RoundError(frappe.ValidationError):
	"""A step that a round does not take now."""


def begin(programme: str, month: str) -> Document:
	"""The next round of a programme, for a month that has none."""
	rights.check(rights.ROUND_MAKERS)
	plan = frappe.get_doc("Support Programme", programme)
	first = get_first_day(getdate(month))
	number = frappe.db.count(ROUND, {"programme": programme}) + 1
	if plan.kind != "Support in Rounds" or not plan.enabled:
		_refuse(_("This programme has no rounds."))
	if plan.rounds_planned and number > plan.rounds_planned:
		_refuse(_("All rounds that were planned are there already."))
	if frappe.db.exists(ROUND, {"programme": programme, "month": first}):
		_refuse(_("The month has a round of this programme already."))
	doc = frappe.new_doc(ROUND)
	doc.update({"programme": programme, "month": first, "round_number": number, "org_unit": places.root()})
	doc.update({"status": DRAFT, "prepared_by": frappe.session.user})
	return doc.insert(ignore_permissions=True)  # asked above


def take_over(name: str) -> int:
	"""Take the households of the round before into a draft, without those who died or may not be in it now; how many."""
	rights.check(rights.ROUND_MAKERS)
	own = check_open(name, lock=True)
	before = frappe.db.get_value(
		ROUND, {"programme": own.programme, "round_number": own.round_number - 1}, ["name", "status"]
	)
	if not before or before[1] not in (APPROVED, PAID):
		_refuse(_("The round before has not been approved."))
	_copy(name, before[0], own)
	_count(name)
	return frappe.db.get_value(ROUND, name, "households")


def _copy(name: str, before: str, own: frappe._dict) -> None:
	"""One statement: names follow from those of the round before."""
	values = {"before": before, "user": frappe.session.user, "at": now(), "amount": amount(own.programme)}
	frappe.db.sql(
		f"""insert into `tabSupport Round Entry` (`name`, `creation`, `modified`, `owner`, `modified_by`, `support_round`,
			`programme`, `full_name`, `national_number`, `person`, `household_size`, `org_unit`, `governorate`, `amount`,
			`mother_state`, `health_visits`)
		select concat(%(name)s, '-', lpad(row_number() over (order by entry.`name`), 7, '0')), %(at)s, %(at)s, %(user)s,
			%(user)s, %(name)s, entry.`programme`, entry.`full_name`, entry.`national_number`, entry.`person`,
			entry.`household_size`, entry.`org_unit`, entry.`governorate`, %(amount)s, entry.`mother_state`,
			entry.`health_visits`
		from `tabSupport Round Entry` entry where entry.`support_round` = %(before)s
			and not {DEAD} and not {ELSEWHERE}
			and entry.`national_number` not in (select `national_number` from `tabSupport Round Entry`
				where `support_round` = %(name)s)""",
		values | _asked(name, own.programme),  # conditions of this module
	)


def submit(name: str) -> None:
	"""The round as it stands, for approval."""
	rights.check(rights.ROUND_MAKERS)
	check_open(name, lock=True)
	if frappe.db.exists(
		"Beneficiary Import Batch", {"support_round": name, "status": ["in", ["Uploaded", "Loading"]]}
	):
		_refuse(_("A list of this round is still being loaded."))
	_count(name)
	if not frappe.db.get_value(ROUND, name, "households"):
		_refuse(_("The round has no households."))
	_step(name, status=SUBMITTED, submitted_by=frappe.session.user, submitted_on=now())


def send_back(name: str) -> None:
	"""A submitted round becomes a draft again; who has died or may not be in it any more is taken out."""
	rights.check(rights.ROUND_APPROVERS)
	own = _at(name, SUBMITTED)
	frappe.db.sql(
		f"""delete entry from `tabSupport Round Entry` entry
		where entry.`support_round` = %(name)s and ({DEAD} or {ELSEWHERE})""",
		_asked(name, own.programme),  # conditions of this module
	)
	_count(name)
	_step(name, status=DRAFT, submitted_by=None, submitted_on=None)


def approve(name: str) -> None:
	"""Freeze the round. The second signature is of somebody who has not filled it; who died or joined elsewhere stops it."""
	rights.check(rights.ROUND_APPROVERS)
	own = _at(name, SUBMITTED)
	rights.check_other(own.submitted_by, own.prepared_by, *_hands(name))
	asked = _asked(name, own.programme)
	if found := _those(DEAD, asked):
		_refuse(_("{0} persons of the round have died; send it back.").format(found))
	if found := _those(ELSEWHERE, asked):
		sentence = _("{0} persons of the round are in a programme that excludes this one; send it back.")
		_refuse(sentence.format(found))
	_step(name, status=APPROVED, approved_by=frappe.session.user, approved_on=now(), digest=digest(name))


def pay(name: str, day: str, reference: str) -> None:
	"""Note the payment of an approved round."""
	rights.check(rights.ROUND_MAKERS)
	own = frappe.db.get_value(ROUND, name, ["status", "digest"], as_dict=True, for_update=True)
	if not own or own.status != APPROVED:
		_refuse(_("Only an approved round is paid."))
	if own.digest != digest(name):
		_refuse(_("The households of the round are not those that were approved."))
	_step(name, status=PAID, paid_on=getdate(day), payment_reference=reference)


def digest(name: str) -> str:
	"""What identifies the households and amounts of a round: a changed row gives another one."""
	whole, last = hashlib.sha256(), ""
	query = """select `name`, `national_number`, `amount` from `tabSupport Round Entry`
		where `support_round` = %s and `name` > %s order by `name` asc limit %s"""
	while part := frappe.db.sql(query, (name, last, READ_AT_ONCE)):
		for row in part:
			whole.update("|".join(map(str, row)).encode())
		last = part[-1][0]
	return whole.hexdigest()


def check_open(name: str, lock: bool = False) -> frappe._dict:
	"""The round, if it is a draft; with `lock` nobody freezes it before the transaction ends."""
	fields = ["name", "status", "programme", "round_number"]
	own = frappe.db.get_value(ROUND, name, fields, as_dict=True, for_update=lock)
	if not own or own.status != DRAFT:
		frappe.throw(
			_("The round is frozen; its households do not change any more."),
			FrozenRoundError,
			title=_("Round"),
		)
	return own


def enrolled(numbers: list[str], programmes: tuple[str, ...], day: str) -> set[str]:
	"""Those of the numbers that are in one of the programmes on that day."""
	if not programmes or not numbers:
		return set()
	return {
		number for number, _programme in look_up(checks.ENROLLED, numbers, programmes=programmes, day=day)
	}


def dead(numbers: list[str]) -> set[str]:
	"""Those of the numbers whose holder has died, by the list of deaths or the registry."""
	listed = {number for number, _day in look_up(checks.DEATHS, numbers)}
	return listed | {row[0] for row in look_up(checks.PERSONS, numbers) if row[3]}


def amount(programme: str) -> float:
	"""What a household gets in a round that is filled now."""
	return frappe.db.get_value("Support Programme", programme, "amount_per_round") or 0


def _asked(name: str, programme: str) -> dict:
	"""Values of the conditions."""
	return {"name": name, "excluded": not_together(programme) or [""], "day": nowdate()}


def _those(condition: str, asked: dict) -> int:
	"""Entries of the round of which a condition of this module is true."""
	return frappe.db.sql(
		f"""select count(*) from `tabSupport Round Entry` entry
		where entry.`support_round` = %(name)s and {condition}""",
		asked,
	)[0][0]


def _hands(name: str) -> list[str]:
	"""Who put households into the round, by a list or from the round before."""
	query = "select distinct `owner` from `tabSupport Round Entry` where `support_round` = %s"
	return frappe.db.sql(query, name, pluck=True)


def _count(name: str) -> None:
	households, total = frappe.db.sql(
		"select count(*), ifnull(sum(`amount`), 0) from `tabSupport Round Entry` where `support_round` = %s",
		name,
	)[0]
	frappe.db.set_value(ROUND, name, {"households": households, "total_amount": total})


def _at(name: str, status: str) -> frappe._dict:
	fields = ["name", "status", "programme", "prepared_by", "submitted_by"]
	own = frappe.db.get_value(ROUND, name, fields, as_dict=True, for_update=True)
	if not own or own.status != status:
		_refuse(_("The round is not in a state for this step."))
	return own


def _step(name: str, **values) -> None:
	doc = frappe.get_doc(ROUND, name)
	doc.update(values)
	doc.save(ignore_permissions=True)  # asked by the step


def _refuse(message: str) -> None:
	frappe.throw(message, RoundError, title=_("Round"))

"""The way of a batch: made, sent, answered, or withdrawn; and the jobs that carry it on, one at a time on a site."""

import frappe
from frappe import _
from frappe.utils import now_datetime

from social_care import one_worker
from social_care.registry.verification import (
	ANSWERS,
	BATCH,
	NOT_ASKED,
	QUESTION,
	WAITING,
	WITHDRAWN,
	VerificationError,
	asking,
	counting,
	rights,
	selecting,
	sources,
)
from social_care.registry.verification.standing import UNKNOWN

HOURS = 6
WORKING, OPEN = ("Being Made", "Asking"), ("Ready", "Waiting")
FIELDS = (
	*("name", "source", "org_unit", "status", "position", "round", "made_by", "sent_by"),
	*("unverified", "not_found", "expired", "changed_since"),
)


def enqueue(name: str) -> None:
	"""Queue the work on a batch. Of two workers the second finds the lock taken and goes."""
	job_id = f"identity-batch-{name}-{now_datetime():%Y%m%d%H%M}"
	one_worker.queue("social_care.registry.verification.batches.run", HOURS, job_id, name=name)


def lock() -> str:
	"""One batch or file at a time on a site: a person is asked about once."""
	return f"identity:{frappe.conf.db_name}"[:64]


def resume() -> None:
	"""Scheduler, every ten minutes: what waits, and what has no worker any more."""
	from social_care.registry.verification import loading

	one_worker.queue_again(BATCH, {"status": ["in", WORKING]}, lock(), enqueue)
	one_worker.queue_again(ANSWERS, {"status": ["in", loading.UNFINISHED]}, lock(), loading.enqueue)


def run(name: str) -> None:
	"""The job: the questions that are left to make, or to ask."""
	with one_worker.alone(lock()) as is_alone:
		batch = frappe.db.get_value(BATCH, name, FIELDS, as_dict=True) if is_alone else None
		if batch and batch.status == "Being Made":
			selecting.make(batch)
		elif batch and batch.status == "Asking":
			asking.ask_all(batch)


def begin_asking(name: str) -> None:
	"""Have the open questions asked over the network."""
	batch = rights.asked(BATCH, name)
	source = sources.in_force(batch.source)
	check_open(batch.status)
	if not sources.connector_of(source).ask:
		_refuse(_("This source is asked by file; download the questions."))
	values = {"status": "Asking", "position": "", "failure": "", "round": (batch.round or 0) + 1}
	values |= {"sent_by": frappe.session.user, "sent_on": now_datetime()}
	frappe.db.set_value(BATCH, name, values)
	enqueue(name)


def check_open(status: str) -> None:
	"""Refuse a step with a batch that is being worked on, or has come to its end."""
	if status not in OPEN:
		_refuse(_("This is not open while the batch is {0}.").format(_(status)))


def withdraw(name: str) -> None:
	"""Wait no more: who was not answered about counts as not asked, and answers that come later are refused."""
	batch = rights.asked(BATCH, name)
	check_open(batch.status)
	open_ones = {"batch": name, "state": WAITING}
	frappe.db.sql(
		f"""update `tabPerson` person join `tab{QUESTION}` question on question.`person` = person.`name`
		set person.`identity_state` = %(state)s, person.`identity_state_on` = %(on)s, person.`identity_source` = %(source)s
		where question.`batch` = %(batch)s and question.`state` = %(waiting)s and person.`identity_state` = %(waiting)s""",
		{
			"state": NOT_ASKED,
			"on": UNKNOWN["identity_state_on"],
			"source": UNKNOWN["identity_source"],
			"batch": name,
			"waiting": WAITING,
		},
	)
	frappe.db.set_value(QUESTION, open_ones, "state", WITHDRAWN)
	counting.keep(name, status="Withdrawn")


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, VerificationError, title=_("Verification of Identity"))

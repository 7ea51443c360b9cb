"""Publishing from the desk: asked for once, done in the background, finished whatever ends in between."""

from contextlib import contextmanager
from typing import Any

import frappe
from frappe import _
from frappe.translate import get_user_lang
from frappe.utils import add_to_date, now_datetime
from frappe.utils.background_jobs import get_job_status

from social_care import one_worker
from social_care.services.builder.places import told
from social_care.services.builder.review import all_faults, draft
from social_care.services.compiler import publishing
from social_care.services.compiler.conversions import ConversionError
from social_care.services.packs.definition import PackError

PACK = "Service Pack"
DRAFT, PUBLISHING, PUBLISHED = "Draft", "Publishing", "Published"
KEPT_SECONDS = 3600
PATIENCE_MINUTES = 10
AT_ONCE = 50


class PublishingError(frappe.ValidationError):
	"""A version that cannot be published now."""


def begin(name: str) -> dict[str, Any]:
	"""Check a version and queue its publishing. A second call while it goes on, or after it, begins nothing."""
	doc = frappe.get_doc(PACK, name, for_update=True)
	doc.check_permission("write")
	if doc.status == PUBLISHED:
		return state(name)
	if doc.status not in (DRAFT, PUBLISHING):
		frappe.throw(_("Only a draft can be published."), PublishingError, title=_("Service Pack"))
	if doc.status == DRAFT:
		check_four_eyes(doc)
		wrong = all_faults(doc.service, doc.version, doc.pack())
		if wrong:
			return {"status": DRAFT, "faults": told(doc.pack(), wrong)}
		frappe.db.set_value(PACK, name, {"status": PUBLISHING, "publishing_note": ""})
		frappe.cache.delete_value(_progress_key(name))
	enqueue(name)
	return {"status": PUBLISHING, "faults": []}


def check_four_eyes(doc) -> None:
	"""Where the settings ask for it, whoever wrote the version last does not publish it."""
	asked = frappe.db.get_single_value("Social Care Settings", "services_four_eyes")
	if asked and doc.edited_by == frappe.session.user:
		frappe.throw(
			_("Somebody else than the one who changed this version last has to publish it."),
			PublishingError,
			title=_("Service Pack"),
		)


def enqueue(name: str) -> None:
	"""Queue the work. The entry of a worker that was killed stays «started»: with its lock free, it is dead."""
	job = f"publish-pack-{name}"
	frappe.enqueue(
		run,
		queue="long",
		timeout=3600,
		enqueue_after_commit=True,
		job_id=f"{job}-again" if _is_dead(job, name) else job,
		deduplicate=True,
		name=name,
	)


def _is_dead(job: str, name: str) -> bool:
	status = get_job_status(job)
	return bool(status) and str(getattr(status, "value", status)) == "started" and not is_worked_on(name)


def run(name: str) -> None:
	"""The job. Two at the same time do not disturb each other: the second finds the lock taken and goes."""
	user = frappe.session.user
	frappe.local.lang = get_user_lang(user)  # of the note
	with one_worker.alone(_lock(name)) as is_alone:
		doc = frappe.get_doc(PACK, name)
		if is_alone and doc.status == PUBLISHING:
			_publish(doc, user)


def _publish(doc, user: str) -> None:
	try:
		made = publishing.checked(doc.service, doc.version, doc.pack())
		with _as_system(user):
			publishing.publish(
				made, doc.name, told=lambda done, of, _step: _note_progress(doc.name, done, of)
			)
		frappe.db.set_value(PACK, doc.name, "published_by", user)
	except (PackError, ConversionError) as error:
		frappe.db.rollback()
		_give_back(doc.name, "\n".join(fault.sentence() for fault in error.faults))
	except Exception:
		frappe.db.rollback()
		frappe.log_error(title="Publishing a service pack", reference_doctype=PACK, reference_name=doc.name)
		_give_back(
			doc.name, _("Publishing stopped because of an error. What was done is kept; publish again.")
		)


@contextmanager
def _as_system(user: str):
	"""The records are made by the system, for a user who was asked about his rights at the beginning.

	Some of them (public workspaces) ask the session user for rights of their own, which `ignore_permissions` does not
	answer and a functional administrator has not.
	"""
	frappe.set_user("Administrator")
	try:
		yield
	finally:
		frappe.set_user(user)


def _give_back(name: str, note: str) -> None:
	"""Make it a draft again, with what stood in the way."""
	frappe.db.set_value(PACK, name, {"status": DRAFT, "publishing_note": note})
	frappe.db.commit()  # the end of the job


def state(name: str) -> dict[str, Any]:
	"""How far the publishing of a version is: {"status", "done", "of", "note"}."""
	draft(name)
	values = frappe.db.get_value(PACK, name, ["status", "publishing_note"], as_dict=True)
	progress = frappe.cache.get_value(_progress_key(name), expires=True) or {}
	return {"status": values.status, "note": values.publishing_note or "", "done": 0, "of": 0, **progress}


def _note_progress(name: str, done: int, of: int) -> None:
	frappe.cache.set_value(_progress_key(name), {"done": done, "of": of}, expires_in_sec=KEPT_SECONDS)


def _progress_key(name: str) -> str:
	return f"social_care_pack_publishing:{name}"


def _lock(name: str) -> str:
	return f"publish:{frappe.conf.db_name}:{name}"[:64]


def is_worked_on(name: str) -> bool:
	return one_worker.is_held(_lock(name))


def resume_stopped() -> None:
	"""Queue anew what has stood still for some minutes: its worker was ended."""
	before = add_to_date(now_datetime(), minutes=-PATIENCE_MINUTES)
	filters = {"status": PUBLISHING, "modified": ["<", before]}
	# by the clock, for nobody in particular
	for name in frappe.get_all(PACK, filters=filters, pluck="name", order_by="modified asc", limit=AT_ONCE):
		if not is_worked_on(name):
			enqueue(name)
	frappe.db.commit()  # the jobs are queued with the commit

"""The queue as it is kept: what the providers say is compared with what waited before. What is new is added; what is no longer
said is done, and counts for the officer whom the directorate has that day."""

import hashlib

import frappe
from frappe.utils import create_batch, getdate, now, nowdate

from social_care import one_worker
from social_care.governance.officer.providers import Provider, Waiting, providers
from social_care.registry.together.statements import insert_rows

TASK = "Data Officer Task"
OPEN, DONE = "Open", "Done"
AT_ONCE = 1000


def enqueue() -> None:
	"""Scheduler: every ten minutes."""
	frappe.enqueue(
		"social_care.governance.officer.tasks.follow_all",
		queue="long",
		job_id="social_care_data_officer_queue",
		deduplicate=True,
		enqueue_after_commit=True,
	)


def follow_all() -> None:
	"""The job: each kind of work of the nation, committed kind by kind."""
	with one_worker.alone(_lock()) as is_alone:
		if not is_alone:
			return
		for provider in providers():
			follow(provider)
			frappe.db.commit()  # the bound of a chunk
		close_forgotten()
		frappe.db.commit()  # the end of the job


def follow_directorate(directorate: str) -> None:
	"""The same at once for the institutions of one directorate, when its officer looks. Left to the job where that runs."""
	with one_worker.alone(_lock()) as is_alone:
		if is_alone:
			for provider in providers():
				follow(provider, directorate)


def follow(provider: Provider, directorate: str | None = None) -> tuple[int, int]:
	"""Bring one kind of work up to date; how many rows were added and done."""
	homes = _homes(directorate) if directorate else None
	said = _named(provider.kind, provider.rows(homes) if homes is None or homes else [])
	if directorate:
		said = {name: row for name, row in said.items() if row["directorate"] == directorate}
	kept = _kept(provider.kind, directorate)
	new, over = [row for name, row in said.items() if name not in kept], sorted(kept - said.keys())
	for part in create_batch(new, AT_ONCE):
		insert_rows(TASK, list(part), is_once=True)
	_close(over)
	return len(new), len(over)


def _named(kind: str, waiting) -> dict[str, dict]:
	"""Rows by their names: one for a kind, a record and a directorate."""
	units = _directorates()
	homes = dict(
		frappe.get_all("Institution", fields=["name", "org_unit"], as_list=True, order_by=None)
	)  # of the nation
	rows: dict[str, dict] = {}
	for each in waiting:
		directorate = units.get(each.org_unit or homes.get(each.institution))
		if directorate:
			row = _row(kind, each, directorate)
			rows[row["name"]] = row
	return rows


def _row(kind: str, each: Waiting, directorate: str) -> dict:
	at, user = now(), frappe.session.user
	key = f"{kind}|{each.record_type}|{each.record_name}|{directorate}"
	return {
		"name": hashlib.sha256(key.encode()).hexdigest()[:20],
		"creation": at,
		"modified": at,
		"owner": user,
		"modified_by": user,
		"kind": kind,
		"record_type": each.record_type,
		"record_name": each.record_name,
		"institution": each.institution,
		"directorate": directorate,
		"since": str(getdate(each.since or nowdate())),
		"status": OPEN,
	}


def _kept(kind: str, directorate: str | None) -> set[str]:
	place = {"directorate": directorate} if directorate else {}
	filters = {"kind": kind, "status": OPEN, **place}
	return set(frappe.get_all(TASK, filters=filters, pluck="name", order_by=None))  # by the clock


def _close(names: list[str]) -> None:
	"""Done now, by whoever answers for the directorate's data today. The row gets another name, so that the same record may
	wait again and count again."""
	for part in create_batch(names, AT_ONCE):
		frappe.db.sql(
			f"""update `tab{TASK}` task left join `tabData Officer` officer on officer.`directorate` = task.`directorate`
				and officer.`valid_from` <= %(today)s and (officer.`valid_to` is null or officer.`valid_to` >= %(today)s)
			set task.`name` = left(sha2(concat(task.`name`, %(now)s), 256), 20), task.`status` = 'Done', task.`done_on` = %(now)s, task.`modified` = %(now)s, task.`officer` = officer.`user`
			where task.`name` in %(names)s and task.`status` = 'Open'""",
			{"now": now(), "today": nowdate(), "names": part},
		)


def close_forgotten() -> None:
	"""Rows of kinds that no app gives any more are no work."""
	kinds = [provider.kind for provider in providers()]
	frappe.db.delete(TASK, {"status": OPEN, "kind": ["not in", kinds or [""]]})


def _homes(directorate: str) -> list[str]:
	return frappe.db.sql_list(
		"""select home.`name` from `tabInstitution` home join `tabOrg Unit` unit on unit.`name` = home.`org_unit`
		join `tabOrg Unit` above on above.`name` = %s and unit.`lft` between above.`lft` and above.`rgt`""",
		directorate,
	)


def _directorates() -> dict[str, str]:
	"""{unit: its directorate} of the nation; one query."""
	return dict(
		frappe.db.sql(
			"""select unit.`name`, above.`name` from `tabOrg Unit` above join `tabOrg Unit` unit
			on unit.`lft` between above.`lft` and above.`rgt` where above.`level` = 'Directorate'"""
		)
	)


def _lock() -> str:
	return f"data-officer:{frappe.conf.db_name}"[:64]

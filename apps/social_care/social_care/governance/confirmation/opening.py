"""A cycle is opened for all institutions at once: one confirmation an institution, one row a child, in chunks.

The names of the rows follow from cycle, institution and child, so what was done twice is there once; each chunk is
committed with its position, so a worker may be ended at any moment.
"""

import frappe
from frappe.utils import add_days, add_months, cint, getdate, now, nowdate

from social_care import one_worker
from social_care.governance.confirmation import CONFIRMATION, CYCLE, MISSED, OPEN, PRESENT, ROW

AT_ONCE = 100  # institutions


def enqueue_daily() -> None:
	"""Scheduler: open what is due, bring the open cycle up to date, tell who is late."""
	frappe.enqueue(
		"social_care.governance.confirmation.opening.daily",
		queue="long",
		job_id="social_care_confirmation",
		deduplicate=True,
		enqueue_after_commit=True,
	)


def daily() -> None:
	"""The job of the day; on from where the last one was stopped."""
	from social_care.governance.confirmation import clocks, counting

	with one_worker.alone(_lock()) as is_alone:
		if not is_alone:
			return
		if name := due():
			open_cycle(name)
		counting.follow_children()
		counting.recount()
		frappe.db.commit()  # the bound of a chunk
		clocks.tell()


def due() -> str | None:
	"""The cycle that is to be opened or gone on with; a new one where the period of the last is over. None where all is done."""
	months = cint(frappe.get_cached_doc("Social Care Settings").confirmation_months)
	last = frappe.get_all(CYCLE, fields=["name", "status", "to_date"], order_by="from_date desc", limit=1)
	if last and last[0].status == "Opening":
		return last[0].name
	if not months or (last and getdate(last[0].to_date) >= getdate(nowdate())):
		return None
	return begin(nowdate(), months)


def begin(day: str, months: int) -> str:
	"""A cycle from `day` on. The row's name is its first day, so there is one."""
	days = cint(frappe.get_cached_doc("Social Care Settings").confirmation_days)
	name = f"CC-{getdate(day)}"
	at, user = now(), frappe.session.user
	frappe.db.sql(
		f"""insert ignore into `tab{CYCLE}` (`name`, `creation`, `modified`, `owner`, `modified_by`, `from_date`, `to_date`,
			`due_on`, `status`, `institutions`, `position`) values (%s, %s, %s, %s, %s, %s, %s, %s, 'Opening', 0, '')""",
		(name, at, at, user, user, day, add_days(add_months(day, months), -1), add_days(day, days)),
	)
	return name


def open_cycle(name: str) -> None:
	"""Make what is missing of the cycle; what the one before left open is missed. Commits each chunk."""
	while _next_chunk(name):
		frappe.db.commit()  # the bound of a chunk
	frappe.db.sql(
		f"update `tab{CONFIRMATION}` set `status` = %s where `status` = %s and `cycle` != %s",
		(MISSED, OPEN, name),
	)
	frappe.db.sql(
		f"update `tab{CYCLE}` set `status` = 'Closed' where `status` = 'Open' and `name` != %s", (name,)
	)
	number = frappe.db.count(CONFIRMATION, {"cycle": name})
	frappe.db.set_value(CYCLE, name, {"status": "Open", "institutions": number})
	frappe.db.commit()  # the end of the job


def _next_chunk(name: str) -> bool:
	cycle = frappe.db.get_value(CYCLE, name, ["position", "due_on"], as_dict=True, for_update=True)
	homes = frappe.get_all(  # every institution of the nation, by the clock
		"Institution",
		filters={"name": [">", cycle.position or ""], "status": ["!=", "Closed"]},
		pluck="name",
		order_by="name asc",
		limit=AT_ONCE,
	)
	if not homes:
		return False
	values = {"cycle": name, "due": cycle.due_on, "homes": homes, "now": now(), "user": frappe.session.user}
	frappe.db.sql(
		f"""insert ignore into `tab{CONFIRMATION}` (`name`, `creation`, `modified`, `owner`, `modified_by`, `cycle`,
			`institution`, `org_unit`, `governorate`, `due_on`, `status`, `children`, `confirmed`, `to_correct`)
		select left(sha2(concat(%(cycle)s, '|', home.`name`), 256), 20), %(now)s, %(now)s, %(user)s, %(user)s, %(cycle)s,
			home.`name`, home.`org_unit`, home.`governorate`, %(due)s, 'Open',
			(select count(*) from `tabChild` where `tabChild`.`institution` = home.`name` and {PRESENT}), 0, 0
		from `tabInstitution` home where home.`name` in %(homes)s""",
		values,
	)
	add_rows(homes)
	frappe.db.set_value(CYCLE, name, "position", homes[-1])
	return True


def add_rows(homes: list[str] | None = None) -> None:
	"""A waiting row for each child present in the institutions (all, where none are named) whose confirmation is open."""
	where = "and k.`institution` in %(homes)s" if homes else ""
	frappe.db.sql(
		f"""insert ignore into `tab{ROW}` (`name`, `creation`, `modified`, `owner`, `modified_by`, `confirmation`, `cycle`,
			`child`, `institution`, `state`)
		select left(sha2(concat(k.`name`, '|', `tabChild`.`name`), 256), 20), %(now)s, %(now)s, %(user)s, %(user)s, k.`name`,
			k.`cycle`, `tabChild`.`name`, k.`institution`, 'Waiting'
		from `tab{CONFIRMATION}` k join `tabChild` on `tabChild`.`institution` = k.`institution` and {PRESENT}
		left join `tab{ROW}` there on there.`confirmation` = k.`name` and there.`child` = `tabChild`.`name`
		where k.`status` = 'Open' and there.`name` is null {where}""",  # of this module's own words
		{"homes": homes, "now": now(), "user": frappe.session.user},
	)


def _lock() -> str:
	return f"confirmation:{frappe.conf.db_name}"[:64]

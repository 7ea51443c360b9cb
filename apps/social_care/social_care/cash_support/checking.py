"""All open rows of a campaign judged anew: after a list of deaths, members of a programme or a limit have changed."""

import frappe
from frappe import _
from frappe.utils import now_datetime

from social_care import one_worker
from social_care.cash_support import checks, places, rights
from social_care.cash_support.loading import lock
from social_care.registry.together.statements import update_rows

CAMPAIGN, REVIEW = "Beneficiary Review Campaign", "Beneficiary Review"
AT_ONCE = 5000
HOURS = 4
WAITING, WORKING, FINISHED = "Waiting", "Working", "Finished"
COLUMNS = (
	*("name", "national_number", "search_name", "birth_date", "org_unit"),
	*("monthly_income", "household_size", "status", *checks.ANSWER),
)


def request(campaign: str) -> None:
	"""Judge a campaign's rows anew, in the background."""
	rights.check((rights.HEAD, rights.MANAGER))
	if frappe.db.get_value(CAMPAIGN, campaign, "status") != "Open":
		frappe.throw(_("The campaign is closed."), title=_("Check Anew"))
	begun = {
		"check_status": WAITING,
		"check_position": "",
		"check_progress": 0,
		"checked_rows": 0,
		"changed_rows": 0,
	}
	frappe.db.set_value(CAMPAIGN, campaign, begun)
	enqueue(campaign)


def enqueue(campaign: str) -> None:
	"""Queue the check of a campaign."""
	job_id = f"beneficiary-check-{campaign}-{now_datetime():%Y%m%d%H%M%S}"
	one_worker.queue("social_care.cash_support.checking.run", HOURS, job_id, campaign=campaign)


def resume() -> None:
	"""Scheduler: checks whose worker died."""
	one_worker.queue_again(CAMPAIGN, {"check_status": ["in", (WAITING, WORKING)]}, lock(), enqueue)


def run(campaign: str) -> None:
	"""The job: chunks in the order of the rows' names, each committed with the position."""
	with one_worker.alone(lock()) as is_alone:
		if not is_alone or frappe.db.get_value(CAMPAIGN, campaign, "check_status") not in (WAITING, WORKING):
			return
		rules = checks.rules(campaign)
		root = places.root()
		of = frappe.db.count(REVIEW, {"campaign": campaign})
		while _chunk(campaign, rules, root, of):
			frappe.db.commit()  # the bound of a chunk
		frappe.db.set_value(CAMPAIGN, campaign, {"check_status": FINISHED, "check_progress": 100})
		frappe.db.commit()  # the end of the job


def _chunk(campaign: str, rules: checks.Rules, root: str, of: int) -> bool:
	fields = ["check_position", "checked_rows", "changed_rows"]
	at = frappe.db.get_value(CAMPAIGN, campaign, fields, as_dict=True, for_update=True)
	rows = frappe.get_all(  # of the whole campaign, by the clock or for headquarters
		REVIEW,
		{"campaign": campaign, "name": [">", at.check_position or ""]},
		list(COLUMNS),
		order_by="name asc",
		limit=AT_ONCE,
	)
	if not rows:
		return False
	changed = judge_anew([row for row in rows if row.status in ("Listed", "Verified")], rules, root)
	done = at.checked_rows + len(rows)
	told = {"check_position": rows[-1].name, "checked_rows": done, "changed_rows": at.changed_rows + changed}
	told |= {"check_status": WORKING, "check_progress": min(100 * done / max(of, 1), 99)}
	frappe.db.set_value(CAMPAIGN, campaign, told)
	frappe.publish_realtime(
		"beneficiary_list", {"name": campaign}, doctype=CAMPAIGN, docname=campaign, after_commit=True
	)
	return True


def judge_anew(rows: list[frappe._dict], rules: checks.Rules, root: str) -> int:
	"""Judge stored rows, which are in the order of their names, and write what differs, to the rows, too; how many differ."""
	judged = [dict(row, org_unit_known=row.org_unit != root) for row in rows]
	checks.judge(judged, rules)
	changed = {}
	for row, told in zip(rows, judged, strict=True):
		if differs := {
			field: told[field] for field in checks.ANSWER if (told[field] or None) != (row[field] or None)
		}:
			changed[row.name] = differs
			row.update(differs)
	update_rows(REVIEW, changed)
	return len(changed)

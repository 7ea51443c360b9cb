"""Directives: who is told of a step and of the day on which one is due, and how the service stands that one concerns."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder.functions import Count, Sum
from frappe.utils import add_days, cint, nowdate

from social_care.registry.file_review import FourEyesError
from social_care.registry.notices import notify, responsible
from social_care.services.requests_of_all import of_reader

DIRECTIVE = "Directive"
DOERS = (
	"Directorate Director",
	"Social Administration Manager",
	"General Manager",
	"Central Administration Head",
)
OPEN = ("Issued", "Being Carried Out")
CHUNK = 200


def other_hands(*hands: str | None) -> None:
	"""Raise FourEyesError where the session user has taken part before."""
	if frappe.session.user in hands:
		frappe.throw(
			_("Whoever reported this as done does not close it."), FourEyesError, title=_("Four Eyes")
		)


def tell_of_step(doc: Document) -> None:
	"""The unit is told of a directive and of its return, the issuer of the report."""
	if doc.status == "Issued":
		sentence = _("Directive {0} is to be carried out until {1}.", lang="ar").format(doc.name, doc.due_on)
		notify(carriers(doc.org_unit), sentence, DIRECTIVE, doc.name)
	elif doc.status == "Reported as Done":
		sentence = _("Directive {0} is reported as done.", lang="ar").format(doc.name)
		notify({doc.owner} - {frappe.session.user}, sentence, DIRECTIVE, doc.name)
	elif doc.status == "Being Carried Out" and doc.get_doc_before_save().status == "Reported as Done":
		sentence = _("Directive {0} was returned.", lang="ar").format(doc.name)
		notify({doc.get_doc_before_save().reported_by} - {None}, sentence, DIRECTIVE, doc.name)


def carriers(unit: str) -> list[str]:
	"""Who carries out what the unit is told: its directors and managers; where it has none, as at headquarters, those above."""
	return responsible(unit, DOERS[:2]) or responsible(unit, DOERS)


def enqueue_daily() -> None:
	"""Scheduler: look at the days of all open directives in a job; one at a time."""
	frappe.enqueue(
		"social_care.decisions.directives.tell_of_days",
		queue="long",
		job_id="social_care_directives",
		deduplicate=True,
	)


def tell_of_days() -> int:
	"""The unit before the day (days by the settings), the unit and the issuer after it: each once. How many directives."""
	ahead = cint(frappe.get_cached_doc("Social Care Settings").directive_warn_days)
	count = 0
	for field, last_day in (
		("told_overdue_on", add_days(nowdate(), -1)),
		("told_due_on", add_days(nowdate(), ahead)),
	):
		while rows := due(field, last_day):
			for row in rows:
				tell(row, field)
			_mark([row.name for row in rows], field)
			count += len(rows)
			frappe.db.commit()  # a chunk is done; what was told is not told again
	return count


def due(field: str, last_day: str) -> list[dict]:
	"""Open directives due until a day of which nobody was told so far; one that is overdue is not told of as due."""
	row = frappe.qb.DocType(DIRECTIVE)
	query = frappe.qb.from_(row).select(row.name, row.org_unit, row.due_on, row.owner)
	query = query.where(row.status.isin(OPEN) & row[field].isnull() & (row.due_on <= last_day))
	if field == "told_due_on":
		query = query.where(row.due_on >= nowdate())
	return query.orderby(row.name).limit(CHUNK).run(as_dict=True)


def tell(row: dict, field: str) -> None:
	receivers = carriers(row.org_unit)
	sentence = _("Directive {0} is due on {1}.", lang="ar")
	if field == "told_overdue_on":
		sentence = _("Directive {0} is overdue since {1}.", lang="ar")
		receivers = [*receivers, row.owner]
	notify(dict.fromkeys(receivers), sentence.format(row.name, row.due_on), DIRECTIVE, row.name)


def _mark(names: list[str], field: str) -> None:
	row = frappe.qb.DocType(DIRECTIVE)
	frappe.qb.update(row).set(row[field], nowdate()).where(row.name.isin(names)).run()


def service_standing(name: str) -> dict | None:
	"""Open and overdue requests of the service that a directive concerns, those of its unit that the reader may see.

	None where it concerns no service, or one that takes no requests yet. Raises PermissionError.
	"""
	doc = frappe.get_doc(DIRECTIVE, name)
	doc.check_permission("read")
	requests = frappe.db.get_value("Service", doc.service, "request_type") if doc.service else None
	if not requests or not frappe.has_permission(requests, "read"):
		return None
	return {"doctype": requests, **_counted(requests, doc.org_unit)}


def _counted(requests: str, unit: str) -> dict[str, int]:
	row, place = frappe.qb.DocType(requests), frappe.qb.DocType("Org Unit")
	left, right = frappe.db.get_value("Org Unit", unit, ["lft", "rgt"])
	query = frappe.qb.from_(row).join(place).on(place.name == row.org_unit)
	query = query.select(Count("*").as_("open"), Sum(row.overdue).as_("overdue"))
	query = query.where(row.closed_on.isnull() & (place.lft >= left) & (place.rgt <= right))
	found = of_reader(query, requests).run(as_dict=True)[0]
	return {"open": cint(found.open), "overdue": cint(found.overdue)}

"""Services that a counter takes requests of, and what it asks for each of them."""

import frappe
from frappe import _

from social_care.services import versions
from social_care.services.builder import preview
from social_care.services.counter import offices
from social_care.services.counter.offices import RECEIPT, CounterError
from social_care.services.packs.definition import fields_of
from social_care.services.packs.fact_names import SUBJECT_FIELDS

NOT_OFFERED = ("Suspended", "Dropped")
AT_COUNTER = {"counter", "institution"}


def services(office: str) -> list[dict]:
	"""[{"service", "title", "group", "group_name"}] that the session user may enter at this counter."""
	offices.opened(office, RECEIPT)
	groups = dict(frappe.get_all("Service Group", fields=["name", "group_name"], as_list=True, order_by=None))
	return [
		{
			"service": row.name,
			"title": preview.own(pack["title"]),
			"group": row.service_group,
			"group_name": groups.get(row.service_group, ""),
		}
		for row, pack in _offered()
	]


def _offered():
	rows = frappe.get_list(
		"Service",
		filters={
			"published_version": [">", 0],
			"request_type": ["is", "set"],
			"status": ["not in", NOT_OFFERED],
		},
		fields=["name", "service_group", "request_type"],
		order_by="name asc",
		limit_page_length=0,
	)
	for row in rows:
		pack = versions.published(row.name)
		if pack and AT_COUNTER & set(pack["channels"]) and frappe.has_permission(row.request_type, "create"):
			yield row, pack


def pack_of(service: str) -> dict:
	"""The pack that a new request of the service begins under, for a user who may enter such requests."""
	pack = versions.published(str(service)) if frappe.db.exists("Service", str(service)) else None
	if not pack:
		frappe.throw(_("This service takes no requests at the counter."), CounterError)
	if not frappe.has_permission(pack["document_type"], "create"):
		frappe.throw(_("You may not enter requests of this service."), frappe.PermissionError)
	return pack


def form(office: str, service: str) -> dict:
	"""{"fields": fields of the form in the reader's language, "papers": [{"code", "title", "required"}]}."""
	offices.opened(office, RECEIPT)
	pack = pack_of(service)
	return {
		"fields": [*_subject(pack), *_asked(pack)],
		"papers": [
			{"code": row["code"], "title": preview.own(row["title"]), "required": bool(row["required"])}
			for row in pack["documents"]
			if row["provided_by"] == "applicant"
		],
	}


def _subject(pack: dict) -> list[dict]:
	"""Whom the request is about, where that is not the applicant."""
	if pack["subject"] not in SUBJECT_FIELDS:
		return []
	name, target = SUBJECT_FIELDS[pack["subject"]]
	return [
		{
			"fieldname": name,
			"fieldtype": "Link",
			"label": _(target),
			"options": target,
			"reqd": int(pack["subject"] == "institution"),
		}
	]


def _asked(pack: dict) -> list[dict]:
	"""Fields of the applicant as the builder shows them; those of levels that the user does not write are left out."""
	own = {row["name"]: row for row in _writable(pack)}
	found = []
	for field in preview.fields(pack, for_staff=False):
		row = own.get(field["fieldname"])
		if row and row["type"] == "link":
			field |= {"fieldtype": "Link", "options": row["target"]}
		if row or (field["fieldtype"] == "Section Break" and field["fieldname"] != "applicant_part"):
			found.append(field)
	return found


def _writable(pack: dict) -> list[dict]:
	levels = {0, *frappe.get_meta(pack["document_type"]).get_permlevel_access("write")}
	return [
		row for row in fields_of(pack) if row["filled_by"] == "applicant" and (row["level"] or 0) in levels
	]


def values(pack: dict, sent: dict) -> dict:
	"""Of what a page sent, the fields that the form asks for; of tables their columns."""
	found = {}
	for row in _writable(pack):
		value = sent.get(row["name"])
		if row["type"] == "table":
			columns = [column["name"] for column in row["columns"]]
			rows = value if isinstance(value, list) else []
			value = [{name: line.get(name) for name in columns} for line in rows if isinstance(line, dict)]
		if value not in (None, "", []):
			found[row["name"]] = value
	if pack["subject"] in SUBJECT_FIELDS:
		name = SUBJECT_FIELDS[pack["subject"]][0]
		found[name] = sent.get(name)
	return found

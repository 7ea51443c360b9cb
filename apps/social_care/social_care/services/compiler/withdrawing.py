"""An app that brought packs goes: its services take no new requests; what was entered stays and is finished.

The record types of requests belong to the site and not to the app, so nothing of a request is lost with it. A service
under which no request was ever entered goes altogether, as if its pack had never been compiled.
"""

import json
from collections.abc import Iterator

import frappe

from social_care.services import versions
from social_care.services.compiler.applying import apply
from social_care.services.compiler.artefacts import Change
from social_care.services.compiler.planning import plan
from social_care.services.compiler.publishing import assembled
from social_care.services.compiler.texts import translation_name
from social_care.services.compiler.workspace import workspace_name
from social_care.services.packs.definition import digest
from social_care.services.packs.files import packs_of_app
from social_care.setup.tables import table

CORE = "social_care"
SUSPENDED, PLANNED = "Suspended", "Planned"


def withdraw_app(app: str) -> None:
	"""`before_app_uninstall` hook: withdraw what the app brought and no app that stays brings."""
	if app == CORE:
		return  # its module goes with everything in it
	others = [name for name in frappe.get_installed_apps() if name != app]
	kept = {code for name in others for code in packs_of_app(name)}
	for code, pack in packs_of_app(app).items():
		if code not in kept and is_published_from(code, pack):
			withdraw(code)


def is_published_from(code: str, pack: dict) -> bool:
	"""Whether the published version is this file's; one that administrators have published since is theirs."""
	number = frappe.db.get_value("Service", code, "published_version")
	row = frappe.db.get_value(
		"Service Pack", versions.name_of(code, number or 0), ["origin", "definition_digest"], as_dict=True
	)
	return bool(row) and row.origin == "App" and row.definition_digest == digest(pack)


def withdraw(code: str) -> None:
	"""Take a service out of use: its requests stay and go on; without requests it goes with all that was made of it."""
	kind = frappe.db.get_value("Service", code, "request_type")
	if kind and frappe.db.table_exists(kind) and frappe.db.count(kind):
		close(code)
	else:
		remove(code)


def close(code: str) -> None:
	"""No new request, no public page; the published version is withdrawn and stays the one that requests run under."""
	number = versions.published_version(code) or 0
	frappe.db.set_value("Service Pack", versions.name_of(code, number), "status", "Withdrawn")
	service = frappe.get_doc("Service", code)
	service.status = SUSPENDED
	service.save(ignore_permissions=True)  # by the command line
	if frappe.db.exists("Web Form", code.lower()):
		frappe.db.set_value("Web Form", code.lower(), "published", 0)
	versions.forget(code)


def remove(code: str) -> None:
	"""Everything that the packs of a service have made, but what others use, too."""
	service = frappe.get_doc("Service", code)
	group, kind = service.service_group, service.request_type
	made = [*made_by(code)]
	frappe.db.delete("Service Pack", {"service": code})
	if is_in_the_catalogue(code):
		service.db_set({"published_version": 0, "request_type": None, "status": PLANNED})
	else:
		frappe.db.delete("Service", {"name": code})
		frappe.db.delete("Version", {"ref_doctype": "Service", "docname": code})
	versions.forget(code)
	renew_page(group)
	if kind:  # the page's history tells of the service
		frappe.db.delete("Version", {"ref_doctype": "Workspace", "data": ["like", f"%{kind}%"]})
	used = {record for row in other_records() for record in row}
	for doctype, name in reversed(dict.fromkeys(made)):
		if (doctype, name) not in used and not is_used(doctype, name):
			delete(doctype, name)


def delete(doctype: str, name: str) -> None:
	"""A record without a copy in the framework's trash; of a record type its table, too."""
	options = {"force": True, "ignore_permissions": True, "ignore_missing": True, "delete_permanently": True}
	frappe.delete_doc(doctype, name, **options)
	if doctype == "DocType":
		frappe.db.sql_ddl(f"drop table if exists `tab{name}`")  # name: of a record that a pack has made
		frappe.clear_cache(doctype=name)


def made_by(code: str) -> Iterator[tuple[str, str]]:
	"""Records that the versions of a service have made."""
	rows = frappe.get_all(
		"Service Pack", filters={"service": code}, pluck="artefacts", order_by="version asc"
	)
	for text in rows:
		yield from ((doctype, name) for doctype, name in json.loads(text or "[]"))


def other_records() -> Iterator[set[tuple[str, str]]]:
	"""Records of the packs that stay."""
	for text in frappe.get_all("Service Pack", pluck="artefacts"):  # configuration
		yield {(doctype, name) for doctype, name in json.loads(text or "[]")}


def is_used(doctype: str, name: str) -> bool:
	"""Whether a state or the name of a step stands in a workflow that no pack made, or came with the framework."""
	if doctype == "Workflow State":
		return name in ("Pending", "Approved", "Rejected") or bool(
			frappe.db.exists("Workflow Document State", {"state": name})
		)
	if doctype == "Workflow Action Master":
		return name in ("Approve", "Reject", "Review") or bool(
			frappe.db.exists("Workflow Transition", {"action": name})
		)
	return False


def is_in_the_catalogue(code: str) -> bool:
	"""Whether the service is of the core's own catalogue."""
	return any(row["service_code"] == code for row in table("services"))


def renew_page(group: str) -> None:
	"""The page of a group without the service; none where it was the last."""
	from social_care.services.compiler.publishing import Draft

	left = frappe.get_all(
		"Service",
		filters={"service_group": group, "published_version": [">", 0]},
		pluck="name",
		order_by="name asc",
	)
	if left:
		number = versions.published_version(left[0]) or 0
		drafts = [Draft(left[0], number, versions.at(left[0], number))]
		steps: list[Change] = plan(assembled(drafts)[""])
		apply(steps, commit=False)
		return
	row = frappe.db.get_value("Service Group", group, ["group_name", "group_name_en"], as_dict=True)
	name = workspace_name(row) if row else ""
	delete("Workspace", name)
	delete("Translation", translation_name(name))

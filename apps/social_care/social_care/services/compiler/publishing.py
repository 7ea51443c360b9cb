"""Publishing a pack: checked, planned, applied, and written down as the version that new requests begin under."""

import json
from dataclasses import dataclass
from typing import Any

import frappe
from frappe.utils import getdate, now_datetime, nowdate

from social_care.services import versions
from social_care.services.compiler.applying import Told, apply
from social_care.services.compiler.artefacts import Artefact, Change
from social_care.services.compiler.assembly import artefacts
from social_care.services.compiler.planning import plan
from social_care.services.compiler.spreading import spreading_faults
from social_care.services.compiler.texts import Texts, translations
from social_care.services.compiler.workspace import PAGES, workspace, workspace_name
from social_care.services.packs.definition import PackError, complete, faults_of
from social_care.services.packs.messages import Fault
from social_care.services.packs.samples import sample_faults

HELD_BY_ALL = ("Guest", "All", "Desk User", "Administrator")  # roles that the framework gives by itself
GROUP_FIELDS = ("group_code", "group_name", "group_name_en", "sort_order")


@dataclass
class Draft:
	"""A version that is to be published: its service, number and complete definition."""

	service: str
	version: int
	pack: dict


def checked(service: str, version: int, pack: dict) -> Draft:
	"""The version, when nothing is wrong with it and its samples give what they expect. Raises PackError."""
	faults = (
		faults_of(pack)
		or _ownership_faults(service, pack)
		or list(spreading_faults(pack))
		or sample_faults(complete(pack), getdate(nowdate()))
	)
	if faults:
		raise PackError(faults)
	return Draft(service, version, complete(pack))


def _ownership_faults(service: str, pack: dict) -> list[Fault]:
	"""A record type keeps its name for ever, and belongs to one service."""
	name = pack["document_type"]
	before = frappe.db.get_value("Service", service, "request_type")
	if before and before != name and versions.published(service):
		return [Fault("document_type", "type_name", before)]
	owner = frappe.db.get_value("Service", {"request_type": name, "name": ["!=", service]})
	foreign = frappe.db.get_value("DocType", name, ["custom", "module"])
	taken = owner or (foreign and (not foreign[0] or foreign[1] != "Services"))
	faults = [
		Fault("access", "unknown_role", row["role"]) for row in pack["access"] if not _is_given(row["role"])
	]
	faults += _spelling_faults(pack)
	return [*faults, *([Fault("document_type", "type_taken", name)] if taken else [])]


def _is_given(role: str) -> bool:
	"""Whether a role is there and somebody gives it: those that everybody or every guest holds open no request."""
	return role not in HELD_BY_ALL and bool(frappe.db.exists("Role", role, cache=True))


def _spelling_faults(pack: dict) -> list[Fault]:
	"""Names of states and actions are shared by all services, and the database does not tell capitals apart."""
	faults = []
	for key, doctype in (("states", "Workflow State"), ("actions", "Workflow Action Master")):
		ours = {english(row["title"]) for row in pack["workflow"][key]}
		there = frappe.get_all(doctype, filters={"name": ["in", sorted(ours)]}, pluck="name")
		faults += [Fault(f"workflow.{key}", "other_spelling", name) for name in there if name not in ours]
	return faults


def english(text: dict) -> str:
	return text.get("en") or text["ar"]


def planned(drafts: list[Draft]) -> dict[str, list[Change]]:
	"""Steps for each service by its code, and for the pages of the groups under "". Nothing is changed."""
	made = assembled(drafts)
	steps = {}
	for draft in drafts:
		obsolete = versions.made_before(draft.service) - {artefact.key for artefact in made[draft.service]}
		steps[draft.service] = (made[draft.service], obsolete, draft.version)
	steps[""] = (made[""], _pages_left(), 1)
	everything = [artefact for group in made.values() for artefact in group]
	return _split(everything, steps, made)


def _split(
	everything: list[Artefact], steps: dict, made: dict[str, list[Artefact]]
) -> dict[str, list[Change]]:
	"""One plan over all, so that what is stored is read once, handed out to the services again."""
	version_of = {
		artefact.key: number for artefacts_, _old, number in steps.values() for artefact in artefacts_
	}
	unique = list({artefact.key: artefact for artefact in everything}.values())
	changes: dict[tuple[str, str], Change] = {}
	for number in sorted(set(version_of.values()) | {1}):
		group = [artefact for artefact in unique if version_of.get(artefact.key, 1) == number]
		changes |= {change.artefact.key: change for change in plan(group, version=number)}
	result, taken = {}, set()
	for service, group in made.items():
		own = [
			changes[artefact.key]
			for artefact in group
			if artefact.key in changes and artefact.key not in taken
		]
		taken |= {change.artefact.key for change in own}
		obsolete = steps[service][1] if service in steps else ()
		result[service] = own + plan([], obsolete=sorted(obsolete))
	return result


def assembled(drafts: list[Draft]) -> dict[str, list[Artefact]]:
	"""Artefacts by service, and those of the groups' pages under ""."""
	taken = versions.foreign_texts({draft.service for draft in drafts})
	made: dict[str, list[Artefact]] = {}
	for draft in sorted(drafts, key=lambda draft: draft.service):
		texts = Texts(taken)
		made[draft.service] = artefacts(versions.living(draft.service) | {draft.version: draft.pack}, texts)
		taken |= texts.own
	made[""] = _pages(drafts, taken)
	return made


def _pages_left() -> set[tuple[str, str]]:
	"""Pages of groups that are called otherwise now."""
	groups = frappe.get_all("Service Group", fields=["group_name", "group_name_en"])
	called = {workspace_name(group) for group in groups}
	there = {"module": "Services", "public": 1, "name": ["like", f"{PAGES}%"]}
	return {("Workspace", name) for name in frappe.get_all("Workspace", there, pluck="name")} - {
		("Workspace", name) for name in called
	}


def _pages(drafts: list[Draft], taken: dict[str, str]) -> list[Artefact]:
	new = {draft.service: draft.pack for draft in drafts}
	rows = frappe.get_all("Service", fields=["name", "service_group"], order_by="name asc")  # the catalogue
	groups = {row.service_group for row in rows if row.name in new}
	pages: list[Artefact] = []
	for group in frappe.get_all(
		"Service Group", fields=GROUP_FIELDS, filters={"name": ["in", groups]}, order_by="name"
	):
		members = [row.name for row in rows if row.service_group == group.group_code]
		packs = [pack for name in members if (pack := new.get(name) or versions.published(name))]
		texts = Texts(taken)
		page = workspace(group, packs, texts)
		pages += [*translations(texts), page]
		taken |= texts.own
	return pages


def publish(draft: Draft, name: str, told: Told | None = None) -> int:
	"""Apply the plan of one version and note it as published; returns the number of steps."""
	steps = planned([draft])
	frappe.db.set_value("Service Pack", name, {"status": "Publishing", "artefacts": _made_by(draft)})
	count = apply([*steps[draft.service], *steps[""]], told)
	note(draft, name)
	frappe.db.commit()  # the end of the work: from here new requests begin under this version
	return count


def _made_by(draft: Draft) -> str:
	"""Records of the version as they are kept with it; before they are made, so that none is left where it ends in between."""
	made = [list(artefact.key) for artefact in assembled([draft])[draft.service]]
	return json.dumps(made, ensure_ascii=False)


def note(draft: Draft, name: str) -> None:
	"""Write down that the version is published, what it made, and what it replaces."""
	for earlier in frappe.get_all(
		"Service Pack", filters={"service": draft.service, "status": "Published"}, pluck="name"
	):
		if earlier != name:
			frappe.db.set_value("Service Pack", earlier, "status", "Superseded")
	stamp: dict[str, Any] = {"status": "Published", "artefacts": _made_by(draft)}
	stamp |= {"published_by": frappe.session.user, "published_on": now_datetime()}
	frappe.db.set_value("Service Pack", name, stamp)
	service = frappe.get_doc("Service", draft.service)
	service.request_type, service.published_version = draft.pack["document_type"], draft.version
	if service.status in ("Planned", "In Preparation"):
		service.status = "Launched" if service.in_first_phase else "Pilot"
	service.flags.by_publishing = True
	service.save(ignore_permissions=True)  # by whoever may publish
	versions.forget(draft.service)

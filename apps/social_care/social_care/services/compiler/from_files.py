"""Packs that apps bring as files, brought to the site: `bench --site SITE compile-packs`."""

from collections.abc import Callable
from dataclasses import dataclass, field

import frappe

from social_care.services import versions
from social_care.services.compiler import publishing
from social_care.services.compiler.applying import apply
from social_care.services.packs.definition import complete, digest
from social_care.services.packs.files import packs_of_apps

Say = Callable[[str], None]


@dataclass
class Outcome:
	"""What a run did: how many services are published from files, and the steps that were taken."""

	published: int = 0
	changes: int = 0
	lines: list[str] = field(default_factory=list)


def compile_packs(
	codes: list[str] | None = None, dry: bool = False, say: Say = lambda _line: None
) -> Outcome:
	"""Publish the packs of the apps' files, all or those named, and mend what differs of published ones.

	A version that administrators published after the file's is left to them. `dry` plans only.
	"""
	outcome = Outcome()
	drafts = {draft.service: (draft, name) for draft, name in _drafts(codes, dry)}
	steps = publishing.planned([draft for draft, _name in drafts.values()])
	for code, (draft, name) in drafts.items():
		outcome.published += 1
		_take(steps[code], outcome, say, dry)
		if not dry and frappe.db.get_value("Service Pack", name, "status") != "Published":
			publishing.note(draft, name)
			frappe.db.commit()  # one service is done
	_take(steps[""], outcome, say, dry)
	return outcome


def _take(steps: list, outcome: Outcome, say: Say, dry: bool) -> None:
	if steps and not dry:
		apply(steps)
	for step in steps:
		outcome.changes += 1
		outcome.lines.append(step.line())
		say(step.line())


def _drafts(codes: list[str] | None, dry: bool) -> list[tuple[publishing.Draft, str]]:
	found = []
	for code, pack in sorted(packs_of_apps().items()):
		if codes and code not in codes:
			continue
		number = _version_of(code, pack, dry)
		if number:
			found.append((_draft(code, number, pack), versions.name_of(code, number)))
	return found


def _draft(code: str, number: int, pack: dict) -> publishing.Draft:
	"""The version, checked where it is not published yet: what is published was, and its samples passed."""
	if versions.published_version(code) == number:
		return publishing.Draft(code, number, complete(pack))
	return publishing.checked(code, number, pack)


def _version_of(code: str, pack: dict, dry: bool) -> int:
	"""The number of the version that holds this file, made where there is none; 0 where a later one is in force."""
	same = frappe.get_all(
		"Service Pack",
		filters={"service": code, "definition_digest": digest(pack)},
		fields=["version", "status"],
		order_by="version desc",
		limit=1,
	)
	current = versions.published_version(code) or 0
	if same:
		return same[0].version if same[0].version >= current else 0
	if current and not _from_file(code, current):
		return 0
	return current + 1 if dry else _new_version(code, pack)


def _from_file(code: str, version: int) -> bool:
	return frappe.db.get_value("Service Pack", versions.name_of(code, version), "origin") == "App"


def _new_version(code: str, pack: dict) -> int:
	doc = frappe.new_doc("Service Pack")
	doc.update({"service": code, "origin": "App", "definition": frappe.as_json(pack)})
	doc.insert(ignore_permissions=True)  # by the command line
	return doc.version

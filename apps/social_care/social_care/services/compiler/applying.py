"""Taking the steps of a plan. Each step is whole or not there, and taking it twice changes nothing: end it anywhere,
plan again, and the rest is done."""

from collections.abc import Callable, Iterator
from itertools import groupby

import frappe
from frappe.utils import now

from social_care.services.compiler.artefacts import Artefact, Change

Told = Callable[[int, int, Change], None]
# Kinds without tables, whose documents do nothing when saved but to clear the texts' cache, which is done at the end.
PLAIN = ("Translation", "Workflow State", "Workflow Action Master")
AT_ONCE = 200


def apply(steps: list[Change], told: Told | None = None, commit: bool = True) -> int:
	"""Take the steps in order; returns how many. `told(number, of, step)` is called after each.

	Every step is committed: making a table commits by itself, so that «all or nothing» cannot be had, and «up to here»
	has to be true.
	"""
	forget(steps)
	taken = 0
	for group in _together(steps):
		if len(group) > 1:
			_make_rows([step.artefact for step in group])
		else:
			_STEPS[group[0].action](group[0].artefact)
		if commit:
			frappe.db.commit()  # a bound of the work: see above
		for step in group:
			taken += 1
			if told:
				told(taken, len(steps), step)
	if any(step.artefact.doctype == "Translation" for step in steps):
		forget_texts()
	return len(steps)


def _together(steps: list[Change]) -> Iterator[list[Change]]:
	"""Steps as they are taken: new rows of a plain kind in one statement, all others one by one."""
	for (action, doctype), group in groupby(steps, key=lambda step: (step.action, step.artefact.doctype)):
		rows = list(group)
		size = AT_ONCE if action == "make" and doctype in PLAIN else 1
		yield from (rows[first : first + size] for first in range(0, len(rows), size))


def forget(steps: list[Change]) -> None:
	"""Drop what caches know of record types that a compile may have left half made."""
	for step in steps:
		if step.artefact.doctype == "DocType":
			frappe.clear_cache(doctype=step.artefact.name)


def forget_texts() -> None:
	"""Let every process read the Translation rows anew."""
	from frappe.core.doctype.translation.translation import clear_user_translation_cache

	from social_care.services.compiler.texts import LANGUAGE

	clear_user_translation_cache(LANGUAGE)
	frappe.cache.delete_key("bootinfo")


def _make(artefact: Artefact) -> None:
	doc = frappe.new_doc(artefact.doctype)
	doc.update({**artefact.first, **artefact.values, "name": artefact.name})
	_fill(doc, artefact)
	doc.insert(ignore_permissions=True, set_name=artefact.name)  # whoever may publish may have it made


def _make_rows(artefacts: list[Artefact]) -> None:
	"""Rows of one plain kind, all with the same fields."""
	system = {"owner": frappe.session.user, "modified_by": frappe.session.user}
	system |= dict.fromkeys(("creation", "modified"), now())
	rows = [system | artefact.first | artefact.values | {"name": artefact.name} for artefact in artefacts]
	columns = list(rows[0])
	frappe.db.bulk_insert(artefacts[0].doctype, columns, [[row[key] for key in columns] for row in rows])


def _change(artefact: Artefact) -> None:
	doc = frappe.get_doc(artefact.doctype, artefact.name)
	doc.update(artefact.values)
	_fill(doc, artefact)
	doc.save(ignore_permissions=True)  # as above


def _fill(doc, artefact: Artefact) -> None:
	for table, rows in artefact.tables.items():
		doc.set(table, [dict(row) for row in rows])


def _sync(artefact: Artefact) -> None:
	frappe.clear_cache(doctype=artefact.name)
	frappe.db.updatedb(artefact.name)


def _remove(artefact: Artefact) -> None:
	frappe.delete_doc(
		artefact.doctype, artefact.name, ignore_missing=True, force=True, ignore_permissions=True
	)


_STEPS: dict[str, Callable[[Artefact], None]] = {
	"make": _make,
	"change": _change,
	"sync": _sync,
	"remove": _remove,
}

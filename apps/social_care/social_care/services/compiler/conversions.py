"""Changes of a field's type: which keep every value, and which are refused."""

import frappe

from social_care.services.compiler.artefacts import Artefact
from social_care.services.compiler.stored import Stored
from social_care.services.packs.messages import Fault

TEXTS = {"Data", "Small Text"}
KEEPING: dict[str, set[str]] = {
	"Data": {"Small Text"},
	"Select": TEXTS,
	"Link": TEXTS,
	"Check": {"Int", "Float", "Currency"},
	"Int": {"Float", "Currency", "Percent", *TEXTS},
	"Float": {"Currency", "Percent"},
	"Currency": {"Float", "Percent"},
	"Percent": {"Float", "Currency"},
	"Date": {"Datetime", *TEXTS},
	"Datetime": TEXTS,
	"Time": TEXTS,
}


class ConversionError(ValueError):
	"""A new version would lose values; `faults` say of which fields."""

	def __init__(self, faults: list[Fault]) -> None:
		super().__init__("\n".join(str(fault) for fault in faults))
		self.faults = faults


def check_conversions(artefacts: list[Artefact], there: dict[tuple[str, str], Stored]) -> None:
	"""Refuse a change of type that could lose a value. Raises ConversionError."""
	faults = [
		fault
		for artefact in artefacts
		if artefact.doctype == "DocType" and artefact.key in there
		for fault in _faults(artefact, there[artefact.key])
	]
	if faults:
		raise ConversionError(faults)


def _faults(artefact: Artefact, there: Stored) -> list[Fault]:
	old = {row["fieldname"]: row["fieldtype"] for row in there.tables["fields"]}
	changed = [
		(row["fieldname"], old[row["fieldname"]], row["fieldtype"])
		for row in artefact.tables["fields"]
		if old.get(row["fieldname"], row["fieldtype"]) != row["fieldtype"]
	]
	losing = [change for change in changed if change[2] not in KEEPING.get(change[1], set())]
	if not losing or not frappe.db.table_exists(artefact.name) or not frappe.db.count(artefact.name):
		return []
	return [Fault(name, "type_change", f"{before} → {after}") for name, before, after in losing]

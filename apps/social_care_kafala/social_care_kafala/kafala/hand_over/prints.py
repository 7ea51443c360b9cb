"""The kafala contract and the family's card as official prints. For readers of the file's child alone; neither parentage nor health."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt, format_date
from social_care.prints.digits import in_digits
from social_care.prints.sheet import sheet, speak_arabic
from social_care.reading.notes import note
from social_care.registry.levels import field_readable

from social_care_kafala.kafala.matching import reserving, states

CONTRACT, CARD = "Kafala Contract", "Kafala Family Card"


def kafala_contract(file: Document) -> dict:
	"""Everything the contract shows: {sheet, family, children, facts, clauses, signatures}. Raises before the hand-over."""
	begin(
		file,
		file.contract_number and file.handed_over_on,
		_("The contract is printed from the hand-over on."),
	)
	shown = {
		"family": family(file),
		"children": children(file, CONTRACT),
		"facts": [
			[_("Number of the Kafala Contract"), in_digits(file.contract_number)],
			[_("Handed Over On"), day(file.handed_over_on)],
			[_("Deposit for the Child"), in_digits(f"{flt(file.deposit_amount):g}")],
			[_("Number in the Special Register"), in_digits(file.register_serial or "–")],
		],
		"clauses": [f"{in_digits(str(number))}. {text}" for number, text in enumerate(clauses(), 1)],
		"signatures": [_("The Kafala Family"), _("Director of the Directorate"), _("General Manager")],
	}
	return shown | {"sheet": head(CONTRACT, _("Kafala Contract"), shown, file)}


def kafala_card(file: Document) -> dict:
	"""Everything the card shows: {sheet, family, children, facts}. Raises before it is issued."""
	begin(
		file,
		file.card_number and file.card_issued_on,
		_("The card is printed once it has its number and day."),
	)
	shown = {
		"family": family(file),
		"children": children(file, CARD),
		"facts": [
			[_("Number of the Family Card"), in_digits(file.card_number)],
			[_("Card Issued On"), day(file.card_issued_on)],
			[_("Number of the Kafala Contract"), in_digits(file.contract_number or "–")],
		],
	}
	return shown | {"sheet": head(CARD, _("Kafala Family Card"), shown, file)}


def begin(file: Document, issued: str | None, sentence: str) -> None:
	"""Arabic, for whoever may know the child, and not before there is something to print."""
	speak_arabic()
	if not field_readable(states.FILE, "child"):
		frappe.throw(
			_("Who the child of a family is, is not yours to read."),
			frappe.PermissionError,
			title=_(states.FILE),
		)
	if not issued:
		file.refuse(sentence)


def head(kind: str, title: str, shown: dict, file: Document) -> dict:
	unit = frappe.db.get_value("Org Unit", file.org_unit, "unit_name") or ""
	return sheet(kind, title, shown, file.org_unit, unit, _("Number of the File: {0}").format(file.name))


def family(file: Document) -> list[list[str]]:
	return [[_(row.part), row.full_name or "", in_digits(row.national_number or "–")] for row in file.adults]


def children(file: Document, kind: str) -> list[list[str]]:
	"""Name, code and birth date of each child who was handed over."""
	rows = frappe.get_all(  # a few facts of children whose file the reader may not open
		"Child",
		{"name": ["in", reserving.children_of(file)]},
		["name", "full_name", "birth_date"],
		order_by="birth_date asc",
	)
	note("Child", [row.name for row in rows], "Print", kind)
	return [[row.full_name or "", row.name, day(row.birth_date)] for row in rows]


def day(value) -> str:
	return in_digits(format_date(value)) if value else "–"


def clauses() -> list[str]:
	"""What the family undertakes, from the undertakings of its application and the conditions of the law."""
	return [
		_("The family keeps the child's name and lineage; kafala is no adoption and gives no inheritance."),
		_("The family cares for the child's health, schooling and upbringing as a father and a mother do."),
		_("The family receives the follow-up visits and tells of every change in its circumstances."),
		_("The child does not travel abroad without a permit of the competent committee."),
		_("The deposit in the child's name is kept for the child."),
		_(
			"The family accepts the child's return to the family of origin where the competent committee decides so."
		),
		_("The family hands the child back to nobody but the social administration."),
	]

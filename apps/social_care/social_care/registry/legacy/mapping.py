"""What columns and words of an old registry mean: proposed from headings, corrected by people, kept for its next file."""

from dataclasses import dataclass, field

import frappe
from frappe import _
from frappe.model.document import Document

from social_care.registry.arabic import normalise
from social_care.registry.legacy import SOURCE, LegacyImportError
from social_care.registry.legacy.fields import (
	FIELDS,
	FULL_NAME,
	INSTITUTION,
	LEGACY_ID,
	heading,
	known_headings,
)


def headings_of(source: Document) -> dict[str, str]:
	"""Labels by folded heading: what people said of this registry goes before what the programme knows."""
	said = {normalise(row.heading): row.field for row in source.columns if row.field}
	return known_headings() | said


def propose(source: Document, headings: list[str]) -> list[str]:
	"""Add a row for each heading that the registry has not had yet, with the field that it seems to be.

	A field that another column is already is left open. Returns the headings of which no field is known.
	"""
	known, there = known_headings(), {normalise(row.heading) for row in source.columns}
	taken = {row.field for row in source.columns if row.field}
	for text in headings:
		if not text or normalise(text) in there:
			continue
		label = known.get(normalise(text), "")
		label = "" if label in taken else label
		source.append("columns", {"heading": text, "field": label})
		there.add(normalise(text))
		taken.add(label)
	fields = {normalise(row.heading): row.field for row in source.columns}
	return [text for text in headings if text and not fields[normalise(text)]]


@dataclass
class Mapping:
	"""A mapping that can be read by: the heading of each field in a file, and what words mean."""

	headings: dict[str, str]  # field -> heading
	words: dict[tuple[str, str], str] = field(default_factory=dict)

	def word(self, fieldname: str, text: str) -> str:
		"""The word of today for a word of the old registry."""
		return self.words.get((fieldname, normalise(text)), text)


def mapping_of(source: str, headings: list[str]) -> Mapping:
	"""The mapping for a file with these headings. Raises LegacyImportError where it lacks what no file can do without."""
	doc = frappe.get_doc(SOURCE, source)
	said = {normalise(row.heading): FIELDS[row.field] for row in doc.columns if row.field}
	found: dict[str, str] = {}
	for text in headings:
		if name := said.get(normalise(text)):
			found.setdefault(name, text)
	lacking = [
		label for label, names in NEEDED.items() if not any(set(name) <= found.keys() for name in names)
	]
	if lacking:
		sentence = _("The mapping of the old registry lacks: {0}").format("، ".join(map(heading, lacking)))
		frappe.throw(sentence, LegacyImportError, title=_("Legacy Import"))
	return Mapping(found, {(FIELDS[row.field], normalise(row.written)): row.value for row in doc.words})


# What every file has to say, and the fields that say it.
NEEDED = {
	"Number in the Old Registry": ((LEGACY_ID,),),
	"Full Name": ((FULL_NAME,), ("first_name", "father_name")),
	"Institution": ((INSTITUTION,),),
}


def check(source: Document) -> None:
	"""A field is one column's, a heading stands once, and a word means one thing that exists."""
	_once([normalise(row.heading) for row in source.columns], _("A heading stands twice."))
	_once([row.field for row in source.columns if row.field], _("Two columns mean the same field."))
	_once([(row.field, normalise(row.written)) for row in source.words], _("A word stands twice."))
	from social_care.registry.legacy.rows import Words

	words = Words()
	for row in source.words:
		if not words.exists(FIELDS[row.field], row.value):
			sentence = _("«{0}» is not in the list of «{1}».").format(row.value, heading(row.field))
			frappe.throw(sentence, LegacyImportError, title=_("Legacy Source"))


def _once(values: list, sentence: str) -> None:
	if len(set(values)) != len(values):
		frappe.throw(sentence, LegacyImportError, title=_("Legacy Source"))

"""Arabic of everything that a pack shows, as rows of the framework's Translation.

The framework finds a text's Arabic by its English alone. So an English text belongs to whoever used it first: the files
of the apps, then the packs that are published. A label whose English is taken by another Arabic is written in Arabic
instead; states and options, whose English is stored with requests, keep the Arabic that is there, and the plan says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from social_care.services.compiler.artefacts import Artefact
from social_care.services.packs.definition import fields_of

LANGUAGE = "ar"
LIMIT = 140  # of a label in the framework


@dataclass
class Texts:
	"""Texts of one pack. `taken` are English texts that have an Arabic already, from elsewhere."""

	taken: dict[str, str]
	own: dict[str, str] = field(default_factory=dict)
	clashes: list[str] = field(default_factory=list)

	def label(self, text: dict | None) -> str:
		"""The text as it is written into a label: English where its Arabic is known or ours, Arabic otherwise."""
		if not text:
			return ""
		english, arabic = text["en"], text["ar"]
		if english == arabic or self._known(english, arabic):
			return english
		return arabic

	def value(self, english: str, text: dict) -> str:
		"""A text that is stored with requests: it stays English, whatever Arabic it has."""
		if english != text["ar"] and not self._known(english, text["ar"]):
			self.clashes.append(english)
		return english

	def _known(self, english: str, arabic: str) -> bool:
		there = self.taken.get(english) or self.own.get(english)
		if there is None:
			self.own[english] = arabic
			return True
		return there == arabic


def translation_name(english: str) -> str:
	"""Name of the Translation row of a text: the same for the same text, so that compiling twice makes one row."""
	from hashlib import sha256

	return f"pack-{sha256(english.encode()).hexdigest()[:20]}"


def translations(texts: Texts) -> list[Artefact]:
	"""Rows of Translation for the pack's own texts."""
	return [
		Artefact(
			"Translation",
			translation_name(english),
			{"language": LANGUAGE, "source_text": english, "translated_text": arabic},
		)
		for english, arabic in texts.own.items()
	]


def all_texts(pack: dict) -> Iterator[tuple[str, str]]:
	"""(English, Arabic) of every text of a complete pack that a label, option or state may show."""
	for part in (pack["title"], *(section["title"] for section in pack["sections"])):
		yield part["en"], part["ar"]
	for row in fields_of(pack):
		yield from _field(row)
		for column in row["columns"]:
			yield from _field(column)
	for key in ("documents", "rules", "priority", "outputs", "indicators"):
		yield from ((row["title"]["en"], row["title"]["ar"]) for row in pack[key])
	for key in ("states", "actions"):
		yield from ((row["title"]["en"], row["title"]["ar"]) for row in pack["workflow"][key])


def _field(row: dict) -> Iterator[tuple[str, str]]:
	yield row["label"]["en"], row["label"]["ar"]
	if row.get("help"):
		yield row["help"]["en"], row["help"]["ar"]
	for option in row.get("options") or []:
		yield option["value"], option["title"]["ar"]

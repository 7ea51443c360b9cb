"""The Arabic texts are complete sentences that the framework can load and fill in."""

import csv
import re
import unittest
from collections import Counter
from pathlib import Path

from social_care.plurals import FORMS

ARABIC_FILE = Path(__file__).resolve().parents[1] / "translations" / "ar.csv"

PLACEHOLDER = re.compile(r"\{[\w.#\[\]\- ]*\}|\{%.*?%\}|%\(\w+\)s|%[sd](?!\w)")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
ARABIC_LETTER = re.compile(r"[\u0621-\u064A]")

# Names and technical terms that stay Latin in an Arabic sentence whatever the English text says.
TECHNICAL_TERMS = frozenset({"cron", "docstatus", "excel", "html", "jinja", "json", "pdf", "sql"})


def read_rows(path: Path = ARABIC_FILE) -> list[list[str]]:
	"""Rows of a translation file as Frappe reads them: source, translation and, if given, context."""
	with path.open(encoding="utf-8", newline="") as file:
		return list(csv.reader(file))


# The framework fills these with an English word that it does not translate.
FILLED_WITH_ENGLISH = {"{0} View"}


def placeholders(text: str) -> Counter:
	return Counter(PLACEHOLDER.findall(text))


def lacks_no_placeholder(row: list[str]) -> bool:
	"""The forms for one and two name the number in words («يومين»)."""
	lost = placeholders(row[0]) - placeholders(row[1])
	return (
		row[2:] in (["one"], ["two"])
		and lost.total() == 1
		and not placeholders(row[1]) - placeholders(row[0])
	)


def tags(text: str) -> Counter:
	return Counter(TAG.findall(text))


def foreign_words(source: str, translation: str) -> set[str]:
	"""Latin words of a translation that its source does not have."""
	allowed = {word.lower() for word in LATIN_WORD.findall(source)} | TECHNICAL_TERMS
	visible = TAG.sub(" ", PLACEHOLDER.sub(" ", translation))
	return {word for word in LATIN_WORD.findall(visible) if word.lower() not in allowed}


class TestTranslations(unittest.TestCase):
	@classmethod
	def setUpClass(cls) -> None:
		cls.rows = read_rows()

	def check_each(self, is_wrong) -> None:
		wrong = [row for row in self.rows if is_wrong(row)]
		self.assertFalse(wrong, f"{len(wrong)} rows, first: {wrong[:5]}")

	def test_file_is_not_empty(self) -> None:
		self.assertTrue(self.rows)

	def test_every_row_has_source_translation_and_maybe_context(self) -> None:
		self.check_each(lambda row: len(row) not in (2, 3) or not all(part.strip() for part in row))

	def test_no_text_is_translated_twice(self) -> None:
		keys = Counter((row[0], row[2] if len(row) == 3 else "") for row in self.rows)
		self.assertFalse([key for key, count in keys.items() if count > 1])

	def test_placeholders_are_kept(self) -> None:
		self.check_each(
			lambda row: (
				row[0] not in FILLED_WITH_ENGLISH
				and placeholders(row[0]) != placeholders(row[1])
				and not lacks_no_placeholder(row)
			)
		)

	def test_a_counted_noun_has_all_its_forms(self) -> None:
		forms: dict[str, set] = {}
		for source, _arabic, *context in self.rows:
			if context and context[0] in FORMS:
				forms.setdefault(source, set()).add(context[0])
		self.assertGreater(len(forms), 20)
		self.assertFalse({source for source, found in forms.items() if found != set(FORMS) - {"zero"}})

	def test_markup_is_kept(self) -> None:
		"""A source without tags may be the key of a text that Frappe looks up with its tags removed."""
		self.check_each(lambda row: tags(row[0]) and tags(row[0]) != tags(row[1]))

	def test_translations_are_arabic(self) -> None:
		self.check_each(lambda row: not ARABIC_LETTER.search(row[1]))

	def test_no_english_is_left_over(self) -> None:
		self.check_each(lambda row: foreign_words(row[0], row[1]))

	def test_digits_are_left_to_the_users_setting(self) -> None:
		self.check_each(lambda row: re.search(r"[\u0660-\u0669]", row[1]))

	def test_common_punctuation_is_arabic(self) -> None:
		self.check_each(lambda row: re.search(r"[\u0621-\u064A][?;]|[\u0621-\u064A],(?!\w)", row[1]))


if __name__ == "__main__":
	unittest.main()

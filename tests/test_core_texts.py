"""Every text that a user can see has an Arabic one: of our apps, of the framework, and what stands in the database."""

import csv
import re
from pathlib import Path

import pytest
from arabic_texts import Text, of_app, of_site, without_arabic
from extension_source import CORE, arabic_file, package
from social_care.tests.test_translations import read_rows

from engine.bench_config import present_apps

OURS = present_apps()
GLOSSARY = Path(__file__).parent / "data" / "glossary.csv"
PART = re.compile(r"[\u064B-\u0652\u0640]|\bال(?=\w{3})")
# Words that the ministry's wording replaced («معثور عليه», «كريم النسب»), and a child is never an inmate.
REPLACED = re.compile(
	r"(?<![\u0621-\u064A])[وبلف]?(ال)?(لقيط|لقيطة|لقطاء|مجهول[ةي]? النسب|نزيل|نزيلة|نزلاء)(?![\u0621-\u064A])"
)
OF_THE_OLD = "quality_standards.csv"  # standards of homes for older persons, whose residents are called so


@pytest.mark.parametrize("app", ["frappe", *OURS])
def test_every_text_of_the_files(app: str) -> None:
	texts = set(of_app(app))
	assert len(texts) > 50
	missing = without_arabic(texts, app)
	assert not missing, f"{len(missing)} texts without Arabic:\n" + "\n".join(missing)


def test_every_text_of_the_database(site: str) -> None:
	missing = without_arabic(of_site(), *OURS)
	assert not missing, "\n".join(missing)


def test_a_text_without_arabic_is_told_with_its_place() -> None:
	texts = [Text("Zebra crossing of {0}", "a.py:3"), Text("{0}: {1}", "b.py:1"), Text("حفظ", "c.py:1")]
	assert without_arabic([*texts, Text("Save", "d.js:1")], CORE) == ["a.py:3: 'Zebra crossing of {0}'"]


def folded(text: str) -> str:
	"""A term without vowel signs and articles."""
	return PART.sub("", text).strip()


def test_terms_are_those_of_the_glossary() -> None:
	ours = [(row[0].lower(), row[1], app) for app in OURS for row in read_rows(arabic_file(app))]
	used, wrong = 0, []
	for row in csv.DictReader(GLOSSARY.open(encoding="utf-8")):
		allowed = [folded(term) for term in row["arabic"].split("|")]
		for english, arabic, app in ours:
			if english == row["english"].lower():
				used += 1
				if not any(term in folded(arabic) for term in allowed):
					wrong.append(f"{app}: {row['english']} is «{row['arabic']}», not «{arabic}»")
	assert used > 50
	assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("app", OURS)
def test_replaced_words_are_nowhere(app: str) -> None:
	kinds = ("py", "js", "json", "csv", "html", "css")
	files = [file for kind in kinds for file in package(app).rglob(f"*.{kind}")]
	found = [
		f"{file.name}: {word[0]}"
		for file in files
		if file.name != OF_THE_OLD and "node_modules" not in file.parts
		for word in REPLACED.finditer(file.read_text(encoding="utf-8"))
	]
	assert len(files) > 20
	assert not found

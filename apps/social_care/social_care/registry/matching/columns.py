"""What is compared of a person: few columns, read in chunks, folded once for each different text."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

import frappe
import pyarrow as pa

from social_care.registry.arabic import normalise

CHUNK = 20_000
READ = ("name", "first_name", "father_name", "grandfather_name", "family_name", "sex", "birth_date")
READ += ("national_number", "mother_full_name")
TEXTS = ("unique_id", "first", "father", "grandfather", "family", "lineage", "full_name", "name_key", "sex")
TEXTS += ("birth", "birth_turned", "birth_year", "number", "number_end", "mother")
LISTS = ("words", "mother_words")
SEEN = ("first", "lineage", "name_key", "number", "words")
SCHEMA = pa.schema(
	[
		(name, pa.list_(pa.string()) if name.removesuffix("_seen") in LISTS else pa.string())
		for name in (*TEXTS, *LISTS, *(f"{column}_seen" for column in SEEN))
	]
)
OWN = tuple(name for name in SCHEMA.names if not name.endswith("_seen"))
NUMBER_END = 7  # digits after century and birth date: governorate, serial, check digit

folded = lru_cache(maxsize=200_000)(normalise)


def as_table(rows: Iterable[dict]) -> pa.Table:
	"""Rows with the columns of READ as the table that is compared."""
	found = [compared(row) for row in rows]
	arrays = {name: pa.array([row[name] for row in found], SCHEMA.field(name).type) for name in OWN}
	arrays |= {f"{column}_seen": arrays[column] for column in SEEN}
	return pa.table([arrays[name] for name in SCHEMA.names], schema=SCHEMA)


def compared(row: dict) -> dict:
	"""What is compared of one person; what is not known is None."""
	first, father, grandfather, family = (folded(row.get(part)) for part in READ[1:5])
	lineage = " ".join(part for part in (father, grandfather, family) if part)
	words = sorted(f"{first} {lineage}".split())
	mother = folded(row.get("mother_full_name"))
	born = str(row.get("birth_date") or "") or None
	number = row.get("national_number") or None
	return {
		"unique_id": row.get("name"),
		"first": first or None,
		"father": father or None,
		"grandfather": grandfather or None,
		"family": family or None,
		"lineage": lineage or None,
		"full_name": f"{first} {lineage}".strip() or None,
		"name_key": " ".join(words) or None,
		"words": words or None,
		"sex": row.get("sex") or None,
		"birth": born,
		"birth_turned": turned(born),
		"birth_year": born and born[:4],
		"number": number,
		"number_end": number and number[-NUMBER_END:],
		"mother": mother or None,
		"mother_words": mother.split() or None,
	}


def turned(day: date | str | None) -> str | None:
	"""The date with day and month in each other's place, where that is a date."""
	text = str(day or "")
	return f"{text[:5]}{text[8:10]}-{text[5:7]}" if text and int(text[8:10]) <= 12 else None


def stored(after: str = "", limit: int = CHUNK) -> list[dict]:
	"""The next persons by name, with the mother's name of their file; whoever may see them (callers say what is told)."""
	return frappe.db.sql(
		f"""{SELECT} where person.name > %(after)s and ifnull(person.merged_into, '') = ''
		order by person.name limit %(limit)s""",
		{"after": after, "limit": limit},
		as_dict=True,
	)


def all_stored() -> Iterator[list[dict]]:
	"""All persons that are not merged into another, chunk by chunk."""
	after = ""
	while rows := stored(after):
		yield rows
		after = rows[-1].name


SELECT = """select person.name, person.first_name, person.father_name, person.grandfather_name, person.family_name, person.sex,
	person.birth_date, person.national_number, child.mother_full_name
	from `tabPerson` person left join `tabChild` child on child.person = person.name"""

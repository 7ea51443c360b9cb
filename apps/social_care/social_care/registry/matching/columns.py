"""What is compared of a person: few columns, read in chunks, folded once for each different text."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache, reduce
from itertools import chain

import frappe
import pyarrow as pa
import pyarrow.compute as pc

from social_care.registry.arabic import normalise
from social_care.registry.matching.spelling import Day, Spelling, day, spelling

CHUNK = 50_000
READ = ("name", "first_name", "father_name", "grandfather_name", "family_name", "sex", "birth_date")
READ += ("national_number", "mother_full_name")
PARTS = ("first", "father", "grandfather", "family")
NUMBER_END = 7  # digits after century and birth date: governorate, serial, check digit
MIX = 0x1E3779B97F4A7C15  # odd: multiplying loses nothing
Columns = dict[str, pa.Array]

folded = lru_cache(maxsize=200_000)(normalise)


def as_table(rows: Iterable[dict]) -> pa.Table:
	"""Rows with the columns of READ as the table that is compared."""
	given = list(rows)
	return table_of([row[name] for row in given] for name in READ)


def table_of(given: Iterable[Sequence]) -> pa.Table:
	"""The columns of READ as the table that is compared; what is not known is null."""
	person, *parts, sex, birth, number, mother = given
	names = [_once(pa.array(part, pa.string()), spelling, Spelling) for part in parts]
	days = _once(pa.array(birth).cast(pa.string()), day, Day)
	mothers = _once(pa.array(mother, pa.string()), spelling, Spelling)
	columns = {
		"unique_id": _texts(person),
		"sex": _texts(sex),
		"number": _texts(number),
		**days,
		**_names(names),
	}
	columns |= {
		"number_end": _number(pc.utf8_slice_codeunits(columns["number"], -NUMBER_END)),
		"mother": mothers["key"],
		"mother_words": _words(mothers["key"]),
		"mother_total": mothers["total"],
		"mother_odd": mothers["odd"],
	}
	return pa.table(columns | _keys(columns, names))


def _names(names: list[Columns]) -> Columns:
	"""What is compared of the name and its parts."""
	first, *line = names
	lineage = _joined(*(part["key"] for part in line))
	whole = _joined(first["key"], lineage)
	return dict(zip(PARTS, (part["key"] for part in names), strict=True)) | {
		"lineage": lineage,
		"lineage_odd": reduce(pc.bit_wise_xor, (part["odd"] for part in line)),
		"full_name": whole,
		"full_name_words": _words(whole),
		"words_total": _sum(*(part["total"] for part in names)),
	}


def _keys(columns: Columns, names: list[Columns]) -> Columns:
	"""Numbers by which pairs are found that agree in several columns (`model.BLOCKING`): one is faster than many texts."""
	first, father, grandfather, family = (part["total"] for part in names)
	birth, mother, lineage = columns["birth_day"], columns["mother_total"], _sum(father, grandfather, family)
	year = pc.divide(birth, 10_000)
	return {
		"birth_first": _mixed(birth, first),
		"turned_first": _mixed(columns["birth_turned"], first),
		"year_lineage": _mixed(year, lineage),
		"birth_mother": _mixed(birth, mother),
		"first_mother": _mixed(first, mother),
		"first_number_end": _mixed(columns["number_end"], first),
		"year_without_family": _mixed(year, first, father, grandfather),
		"year_without_grandfather": _mixed(year, first, father, family),
	}


def _sum(*numbers: pa.Array) -> pa.Array:
	"""Numbers together, whatever their order; null where none is known."""
	together = reduce(pc.add, (number.fill_null(0) for number in numbers))
	return pc.if_else(pc.equal(together, 0), None, together)


def _number(text: pa.Array) -> pa.Array:
	return pc.if_else(pc.match_substring_regex(text, r"^\d+$"), text, None).cast(pa.int64())


def _words(text: pa.Array) -> pa.Array:
	return pc.add(pc.count_substring(text, " "), 1)


def _mixed(*numbers: pa.Array) -> pa.Array:
	"""One number of several; null where one is."""
	return reduce(lambda one, other: pc.add(pc.multiply(one, MIX), other), numbers)


def _joined(*texts: pa.Array) -> pa.Array:
	"""Texts with a space between, without those that are not known; an empty one stands first, because Arrow drops rows of nulls."""
	together = pc.ascii_ltrim_whitespace(pc.binary_join_element_wise("", *texts, " ", null_handling="skip"))
	return pc.if_else(pc.equal(together, ""), None, together)


def _texts(values: Sequence) -> pa.Array:
	written = pa.array(values, pa.string())
	return pc.if_else(pc.equal(written, ""), None, written)


def _once(written: pa.Array, ask: Callable[[str], tuple], fields: type[tuple]) -> Columns:
	"""The fields of what is told of each text (or date) as columns, each different text asked once."""
	encoded = written.fill_null("").dictionary_encode()
	told = list(chain.from_iterable(map(ask, encoded.dictionary.to_pylist() or [""])))
	kinds = fields.__annotations__
	return {
		name: pa.array(told[at :: len(kinds)], pa.string() if kind in (str, str | None) else pa.int64()).take(
			encoded.indices
		)
		for at, (name, kind) in enumerate(kinds.items())
	}


def compared(row: dict) -> dict:
	"""What is compared of one person in words; what is not known is None."""
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


def stored(after: str = "", limit: int = CHUNK) -> list[tuple]:
	"""The next persons by name, with the mother's name of their file; whoever may see them (callers say what is told)."""
	return frappe.db.sql(
		f"""{SELECT} where person.name > %(after)s and ifnull(person.merged_into, '') = ''
		order by person.name limit %(limit)s""",
		{"after": after, "limit": limit},
	)


def all_stored() -> Iterator[pa.Table]:
	"""All persons that are not merged into another, as they are compared, chunk by chunk."""
	after = ""
	while rows := stored(after):
		yield table_of(zip(*rows, strict=True))
		after = rows[-1][0]


SELECT = """select person.name, person.first_name, person.father_name, person.grandfather_name, person.family_name, person.sex,
	person.birth_date, person.national_number, child.mother_full_name
	from `tabPerson` person left join `tabChild` child on child.person = person.name"""

"""Who may be the same as one person: a small neighbourhood by the registry's indexes, weighed as the search over all weighs."""

import frappe
from frappe.utils import cint, flt, getdate

from social_care.registry.arabic import join_name, normalise
from social_care.registry.matching import columns, engine, model, search

MOST = 200  # of each neighbourhood: more are no neighbourhood
PROBE = "·"
Probe = dict


def probe_of(values) -> Probe:
	"""What is compared, of a Person, a Child or typed values."""
	row = {field: values.get(field) for field in columns.READ}
	row["birth_date"] = str(getdate(row["birth_date"])) if row["birth_date"] else None
	return row | {"name": values.get("person") or values.get("name") or PROBE}


def of_person(person: str) -> Probe | None:
	"""What is compared of a stored person."""
	rows = frappe.db.sql(f"{columns.SELECT} where person.name = %s", person, as_dict=True)
	return probe_of(rows[0]) if rows else None


def found(probe: Probe) -> list[search.Found]:
	"""(this one, another person, weight, levels) of all who may be the same, the likeliest first; whoever may see them."""
	others = neighbours(probe)
	if not others:
		return []
	weighed = weigh([probe], others)
	return sorted((row for row in weighed if row[2] >= least_weight()), key=lambda row: -row[2])


def weigh(these: list[dict], others: list[dict]) -> list[search.Found]:
	"""Every one of `these` with every one of `others`, by Splink."""
	from splink.internals.realtime import compare_records

	own = engine.connection(threads=1)
	told = compare_records(
		columns.as_table(these),
		columns.as_table(others),
		model.settings(),
		engine.api(own),
		sql_cache_key="social_care",
	)
	found = search.as_found(told)
	own.close()
	return found


def least_weight() -> float:
	"""The weight from which a pair is told (Social Care Settings)."""
	return flt(frappe.get_cached_doc("Social Care Settings").duplicate_weight) or search.LEAST_WEIGHT


def neighbours(probe: Probe) -> list[dict]:
	"""Persons who share a number, a birth date or a name with this one, as far as an index finds them."""
	parts, values = [], {"self": probe["name"], "most": MOST}
	for condition, value in _conditions(probe):
		key = f"value{len(parts)}"
		values |= {f"{key}_{name}": each for name, each in value.items()}
		parts.append(
			f"(select person.name from `tabPerson` person where {condition.format(key=key)} limit %(most)s)"
		)
	if not parts:
		return []
	names = frappe.db.sql(" union ".join(parts), values, pluck=True)  # conditions of this module
	names = [name for name in names if name != probe["name"]]
	if not names:
		return []
	return frappe.db.sql(
		f"{columns.SELECT} where person.name in %(names)s and ifnull(person.merged_into, '') = ''",
		{"names": names},
		as_dict=True,
	)


def _conditions(probe: Probe):
	first, father = (normalise(probe.get(part)) for part in ("first_name", "father_name"))
	whole = normalise(join_name(*(probe.get(part) for part in columns.READ[1:5])))
	if probe["national_number"]:
		yield "person.national_number = %({key}_number)s", {"number": probe["national_number"]}
	if whole:
		yield "person.search_name like %({key}_name)s", {"name": f"{whole}%"}
	for day in {probe["birth_date"], columns.turned(probe["birth_date"])} - {None}:
		if first:
			same = "person.birth_date = %({key}_day)s and person.search_name like %({key}_first)s"
			yield same, {"day": day, "first": f"%{first}%"}
		if lineage := whole.removeprefix(first).strip():
			same = "person.birth_date = %({key}_day)s and person.search_name like %({key}_lineage)s"
			yield same, {"day": day, "lineage": f"%{lineage}%"}
	if first and father and probe["birth_date"]:
		year = cint(probe["birth_date"][:4])
		yield (
			"person.search_name like %({key}_start)s and person.birth_date between %({key}_from)s and %({key}_to)s",
			{"start": f"{first} {father}%", "from": f"{year - 1}-01-01", "to": f"{year + 1}-12-31"},
		)

"""The requests that a pack brings to prove itself: what each should give, and what it gives."""

import re
from datetime import date, timedelta
from typing import Any

from social_care.services.packs import evaluation, expressions, walking
from social_care.services.packs.definition import fields_of
from social_care.services.packs.fact_names import APPLICANT
from social_care.services.packs.messages import Fault

RELATIVE = re.compile(r"^today(?:([+-])(\d{1,5}))?$")
DATED = ("date", "datetime")


def sample_day(sample: dict, today: date) -> date:
	"""The day on which the sample is looked at."""
	return date.fromisoformat(sample["on"]) if sample.get("on") else today


def value_on(value: Any, day: date, dated: bool) -> Any:
	"""A sample's value, with «today-30» turned into a day."""
	found = RELATIVE.match(value) if isinstance(value, str) else None
	if found:
		sign, days = found.group(1), int(found.group(2) or 0)
		return day + timedelta(days=-days if sign == "-" else days)
	return date.fromisoformat(value[:10]) if dated and isinstance(value, str) and value else value


def sample_values(pack: dict, sample: dict, day: date) -> dict[str, Any]:
	"""Values of the sample's fields, days as days."""
	fields = {field["name"]: field for field in fields_of(pack)}
	return {name: _field_value(fields.get(name, {}), value, day) for name, value in sample["values"].items()}


def _field_value(field: dict, value: Any, day: date) -> Any:
	if field.get("type") == "table":
		dated = {column["name"] for column in field["columns"] if column["type"] == "date"}
		return [{key: value_on(cell, day, key in dated) for key, cell in row.items()} for row in value]
	return value_on(value, day, field.get("type") in DATED)


def sample_facts(pack: dict, sample: dict, day: date) -> dict[str, Any]:
	"""Everything that the pack's conditions may ask for, as far as the sample tells."""
	applicant = sample["applicant"]
	born = value_on(applicant.get("birth_date"), day, dated=True)
	known = dict.fromkeys(APPLICANT) | {
		f"applicant.{key}": applicant.get(key)
		for key in ("sex", "nationality", "national_number", "phone", "email")
	}
	known |= {
		"applicant.birth_date": born,
		"applicant.other_open_requests": 0,
		"applicant.earlier_requests": 0,
	}
	known |= {
		"applicant.age": expressions.years_between(born, day) if born else None,
		"applicant.is_deceased": False,
	}
	known |= {"request.submitted_on": day, "request.channel": pack["channels"][0]}
	known |= {f"documents.{row['code']}": row["code"] in sample["documents"] for row in pack["documents"]}
	empty = {f["name"]: 0 for f in fields_of(pack) if f["type"] == "yes_no"}
	facts = {name: value_on(value, day, dated=False) for name, value in sample["facts"].items()}
	return known | empty | facts | sample_values(pack, sample, day)


def outcome(pack: dict, sample: dict, today: date) -> dict[str, Any]:
	"""What the sample gives: {"wrong_fields", "missing_documents", "rules", "priority", "ends_in", "outputs", "wrong_step"}."""
	day = sample_day(sample, today)
	known = sample_facts(pack, sample, day)
	asked = {row["code"] for row in evaluation.asked_documents(pack, known, day)}
	way = walking.walk(pack, sample, known, day)
	return {
		"wrong_fields": sorted(
			{wrong.name for wrong in evaluation.wrong_fields(pack, known, day, by_staff=False)}
		),
		"missing_documents": sorted(asked - set(sample["documents"])),
		"rules": {result.code: result.outcome for result in evaluation.rule_results(pack, known, day)},
		"priority": evaluation.points(pack, known, day),
		"ends_in": way.states[-1],
		"outputs": sorted(row["code"] for row in pack["outputs"] if row["on_state"] in way.states),
		"wrong_step": way.wrong_step,
	}


def sample_faults(pack: dict, today: date) -> list[Fault]:
	"""Samples whose outcome is another than they expect."""
	return [
		Fault(f"samples[{i}]", "sample", f"{key}: {got!r} ≠ {wanted!r}")
		for i, sample in enumerate(pack["samples"])
		for key, wanted, got in differences(sample["expect"], outcome(pack, sample, today))
	]


def differences(expect: dict, got: dict) -> list[tuple[str, Any, Any]]:
	"""(key, expected, got) of what is not as expected. Wrong fields and missing documents are always compared."""
	found = []
	for key in ("wrong_fields", "missing_documents"):
		wanted = sorted(expect.get(key, []))
		if wanted != got[key]:
			found.append((key, wanted, got[key]))
	for code, wanted in expect.get("rules", {}).items():
		if got["rules"].get(code) != wanted:
			found.append((f"rules.{code}", wanted, got["rules"].get(code)))
	if got["wrong_step"]:
		found.append(("path", expect["path"], got["wrong_step"]))
	for key in ("priority", "ends_in"):
		if key in expect and expect[key] != got[key]:
			found.append((key, expect[key], got[key]))
	if "outputs" in expect and sorted(expect["outputs"]) != got["outputs"]:
		found.append(("outputs", sorted(expect["outputs"]), got["outputs"]))
	return found

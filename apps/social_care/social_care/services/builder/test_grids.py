"""A pack becomes tables and comes back as it was, whatever it holds."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from frappe.utils import getdate, nowdate
from hypothesis import given, settings
from hypothesis import strategies as some

from social_care.services.builder import drafting
from social_care.services.builder.cells import ABSENT, NUMBER, written
from social_care.services.builder.grids import to_grids, to_pack
from social_care.services.builder.places import Place, place_of
from social_care.services.packs.definition import complete, digest, faults_of
from social_care.services.packs.files import FOLDER
from social_care.services.packs.messages import Fault
from social_care.services.packs.samples import sample_faults

FILES = sorted(Path(__file__).parents[2].joinpath(FOLDER).glob("*.json"))
JUNK: list[Any] = [None, True, 0, 1.5, "", " x ", [], {}, ["a", 1], {"ar": 3}, [{"code": 1}], "a\nb", [{}]]


def there_and_back(pack: dict) -> dict:
	"""Through the tables, as JSON would carry them."""
	return to_pack(*json.loads(json.dumps(to_grids(pack))))


def template() -> dict:
	return drafting.template()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_pack_file_comes_back(file: Path) -> None:
	pack = json.loads(file.read_text(encoding="utf-8"))
	_head, tables = to_grids(pack)
	assert len(tables["pack_fields"]) == sum(len(section["fields"]) for section in pack["sections"])
	assert digest(there_and_back(pack)) == digest(pack)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_cells_alone_say_all_that_counts(file: Path) -> None:
	"""Without what is kept beside the cells, only defaults that are written out are lost."""
	pack = json.loads(file.read_text(encoding="utf-8"))
	head, tables = to_grids(pack)
	bare = {name: [row | {"rest": ""} for row in rows] for name, rows in tables.items()}
	made = to_pack(head | {"rest": ""}, bare) | {"code": pack["code"], "format": 1}
	kept, wanted = complete(made), complete(pack)
	for sample in [*kept["samples"], *wanted["samples"]]:
		sample["expect"] = {key: value for key, value in sample["expect"].items() if value != []}
	assert kept == wanted


def paths(part: Any, at: tuple = ()) -> list[tuple]:
	found = [at] if at else []
	if isinstance(part, dict):
		for key, value in part.items():
			found += paths(value, (*at, key))
	elif isinstance(part, list):
		for number, value in enumerate(part):
			found += paths(value, (*at, number))
	return found


def put(pack: dict, path: tuple, value: Any) -> None:
	part: Any = pack
	for step in path[:-1]:
		part = part[step]
	part[path[-1]] = value


@settings(max_examples=300, deadline=None)
@given(some.data())
def test_a_pack_full_of_faults_comes_back(data) -> None:
	"""Any three values of a pack replaced by something that does not belong there."""
	pack = copy.deepcopy(template())
	for _turn in range(3):
		path = data.draw(some.sampled_from(paths(pack)))
		put(pack, path, copy.deepcopy(data.draw(some.sampled_from(JUNK))))
	assert there_and_back(pack) == pack


def test_unknown_keys_and_twins_are_kept() -> None:
	pack = template()
	pack["surplus"] = {"a": [1]}
	pack["sections"][0]["fields"].append(copy.deepcopy(pack["sections"][0]["fields"][0]))
	pack["sections"][0]["fields"][-1]["options"] = [{"value": "A", "title": {"ar": "أ"}}]
	pack["sections"].append(copy.deepcopy(pack["sections"][0]))
	assert there_and_back(pack) == pack


def test_a_cell_comes_before_what_is_kept() -> None:
	pack = template()
	pack["sections"][0]["fields"][0] |= {"type": "integer", "minimum": "many", "required": False}
	head, tables = to_grids(pack)
	row = tables["pack_fields"][0]
	assert (row["minimum"], row["required"]) == ("many", 0)
	row["minimum"], row["required"] = "٣", 1
	field = to_pack(head, tables)["sections"][0]["fields"][0]
	assert (field["minimum"], field["required"]) == (3, True)


def test_new_rows_find_their_places() -> None:
	head, tables = to_grids(template())
	tables["pack_sections"].append({"code": "more", "title_ar": "المزيد"})
	tables["pack_fields"].append(
		{"section": "more", "field_name": "colour", "field_kind": "Choice from a List", "label_ar": "اللون"}
	)
	tables["pack_fields"].append(
		{"section": "", "field_name": "shade", "field_kind": "Line of Text", "label_ar": "الدرجة"}
	)
	tables["pack_options"].append({"of_field": "colour", "option_value": "Red", "title_ar": "أحمر"})
	pack = to_pack(head, tables)
	assert faults_of(pack) == []
	assert [field["name"] for field in pack["sections"][2]["fields"]] == ["colour", "shade"]
	assert pack["sections"][2]["fields"][0]["options"] == [{"value": "Red", "title": {"ar": "أحمر"}}]


def test_the_template_can_be_published_as_it_is() -> None:
	pack = template()
	assert faults_of(pack) == []
	assert sample_faults(complete(pack), getdate(nowdate())) == []


@pytest.mark.parametrize(
	("path", "detail", "place"),
	[
		("title.ar", "", Place(column="title_ar")),
		("clock.days", "", Place(column="clock_days")),
		("surplus", "", Place(column="definition")),
		("sections", "study", Place("pack_sections", 2)),
		("sections[1].title", "", Place("pack_sections", 2, "title_ar")),
		("sections[1].fields[0].valid_when", "", Place("pack_fields", 2, "valid_when")),
		("fields", "study_result", Place("pack_fields", 2)),
		("workflow.states", "granted", Place("pack_states", 5)),
		("workflow.actions[4].roles", "", Place("pack_actions", 5, "roles")),
		("workflow.actions[4].from[0]", "", Place("pack_actions", 5, "from_states")),
		("samples[1]", "", Place("pack_samples", 2)),
		("samples[1].expect.rules.of_age", "", Place("pack_samples", 2, "rule_answers")),
		("access", "Nobody", Place("pack_access")),
	],
)
def test_a_fault_leads_to_its_place(path: str, detail: str, place: Place) -> None:
	_head, tables = to_grids(template())
	assert place_of(tables, Fault(path, "empty", detail)) == place


def test_options_and_columns_are_found() -> None:
	pack = template()
	column = {
		"name": "kind",
		"type": "choice",
		"label": {"ar": "ن"},
		"options": [{"value": "A", "title": {"ar": "أ"}}],
	}
	pack["sections"][0]["fields"] += [
		{
			"name": "one",
			"type": "choice",
			"label": {"ar": "أ"},
			"options": [{"value": "X", "title": {"ar": "س"}}],
		},
		{"name": "two", "type": "table", "label": {"ar": "ب"}, "columns": [column]},
	]
	_head, tables = to_grids(pack)
	at = lambda path: place_of(tables, Fault(path, "empty"))  # noqa: E731
	assert at("sections[0].fields[1].options[0].title") == Place("pack_options", 1, "title_ar")
	assert at("sections[0].fields[2].columns[0].label") == Place("pack_columns", 1, "label_ar")
	assert at("sections[0].fields[2].columns[0].options[0].value").table == "pack_options"
	assert at("sections[0].fields[2].columns[0].options[0].value").row == 2


@pytest.mark.parametrize(
	("text", "value"), [("", ABSENT), ("١٢", 12), ("1.5", 1.5), ("٢٫٥", 2.5), ("many", "many")]
)
def test_numbers_in_both_kinds_of_digits(text: str, value: Any) -> None:
	assert NUMBER.read(text) == value
	assert written(NUMBER, ABSENT) == ""

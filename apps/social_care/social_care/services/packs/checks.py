"""What of a pack hangs together: names, roles, states, fields, conditions. The form (form.py) is right already."""

import re
from collections import Counter
from collections.abc import Iterator

from social_care.services.packs import expressions
from social_care.services.packs.fact_names import SUBJECT_FIELDS, known_facts
from social_care.services.packs.flow_checks import flow_faults
from social_care.services.packs.javascript import as_javascript
from social_care.services.packs.messages import Fault
from social_care.services.packs.second_unit import second_unit_faults
from social_care.services.packs.text_checks import text_faults

RESERVED = frozenset(
	{
		*(
			"name",
			"owner",
			"creation",
			"modified",
			"modified_by",
			"docstatus",
			"idx",
			"parent",
			"parentfield",
		),
		*(
			"parenttype",
			"doctype",
			"status",
			"title",
			"service",
			"pack_version",
			"receipt",
			"receipt_number",
			"channel",
		),
		*(
			"org_unit",
			"second_unit",
			"institution",
			"person",
			"applicant_name",
			"applicant_phone",
			"applicant_email",
			"documents",
		),
		*(
			"rule_results",
			"clock",
			"due_on",
			"state_due_on",
			"overdue",
			"assigned_to",
			"priority_points",
			"reason",
		),
		*(
			"submitted_on",
			"closed_on",
			"decided_on",
			"decided_by",
			"rating",
			"rating_comment",
			"asked_users",
			"flags",
		),
		*(
			"applicant",
			"request",
			"family",
			"child",
			"association",
			"meta",
			"fee_amount",
			"fee_receipt",
			"as_dict",
			"get",
		),
		*(
			"working_days",
			"paused_days",
			"external_days",
			"naming_series",
			"state",
			"request_number",
			"editors",
		),
	}
)
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
IN_BODY = {
	"applicant_name",
	"request_number",
	"output_number",
	"issued_on",
	"valid_until",
	"unit",
	"decided_on",
	"reason",
}


def pack_faults(pack: dict) -> list[Fault]:
	"""Everything that does not hang together, in the order of the document."""
	return [
		*_codes(pack),
		*_fields(pack),
		*_conditions(pack),
		*flow_faults(pack),
		*second_unit_faults(pack),
		*_outputs(pack),
		*_references(pack),
		*text_faults(pack),
	]


def numbered_fields(pack: dict) -> Iterator[tuple[str, dict]]:
	"""(path, field) of every field of the form."""
	for i, section in enumerate(pack["sections"]):
		for j, field in enumerate(section["fields"]):
			yield f"sections[{i}].fields[{j}]", field


def field_names(pack: dict) -> set[str]:
	"""Names that conditions may use as fields: those of the form and the link to whom the request is about."""
	subject = SUBJECT_FIELDS.get(pack.get("subject", "person"))
	return {field["name"] for _path, field in numbered_fields(pack)} | ({subject[0]} if subject else set())


def _codes(pack: dict) -> Iterator[Fault]:
	lists = {
		"sections": [row["code"] for row in pack["sections"]],
		"fields": [field["name"] for _path, field in numbered_fields(pack)],
		"workflow.states": [row["code"] for row in pack["workflow"]["states"]],
		"workflow.actions": [row["code"] for row in pack["workflow"]["actions"]],
	}
	for key in ("documents", "rules", "priority", "outputs", "notifications", "indicators"):
		lists[key] = [row["code"] for row in pack.get(key, [])]
	lists["access"] = [row["role"] for row in pack["access"]]
	for path, codes in lists.items():
		yield from (Fault(path, "twice_code", code) for code, times in Counter(codes).items() if times > 1)


def _fields(pack: dict) -> Iterator[Fault]:
	for path, field in numbered_fields(pack):
		if field["name"] in RESERVED:
			yield Fault(f"{path}.name", "reserved", field["name"])
		needs = {
			"choice": ("options", "no_options"),
			"link": ("target", "no_target"),
			"table": ("columns", "no_columns"),
		}
		key, code = needs.get(field["type"], (None, ""))
		if key and not field.get(key):
			yield Fault(path, code)
		if field.get("valid_when") and not field.get("message"):
			yield Fault(path, "no_message")
		for j, column in enumerate(field.get("columns", [])):
			if column["type"] == "choice" and not column.get("options"):
				yield Fault(f"{path}.columns[{j}]", "no_options")
		values = [option["value"] for option in field.get("options", [])]
		yield from (Fault(f"{path}.options", "twice", v) for v, times in Counter(values).items() if times > 1)


def _conditions(pack: dict) -> Iterator[Fault]:
	names, facts = field_names(pack), known_facts(pack)
	for path, text, in_browser in conditions(pack):
		yield from _condition(path, text, names if in_browser else names | facts, in_browser)


def conditions(pack: dict) -> Iterator[tuple[str, str, bool]]:
	"""(path, condition, whether the browser evaluates it too) of every condition in the pack."""
	for i, section in enumerate(pack["sections"]):
		if section.get("show_when"):
			yield f"sections[{i}].show_when", section["show_when"], True
	for path, field in numbered_fields(pack):
		for key, in_browser in (("show_when", True), ("required_when", True), ("valid_when", False)):
			if field.get(key):
				yield f"{path}.{key}", field[key], in_browser
	for key, parts in (
		("documents", ("required_when",)),
		("rules", ("applies_when", "passes_when")),
		("priority", ("when",)),
	):
		for i, row in enumerate(pack.get(key, [])):
			yield from ((f"{key}[{i}].{part}", row[part], False) for part in parts if row.get(part))
	for i, action in enumerate(pack["workflow"]["actions"]):
		if action.get("when"):
			yield f"workflow.actions[{i}].when", action["when"], False
	if pack.get("fee", {}).get("exempt_when"):
		yield "fee.exempt_when", pack["fee"]["exempt_when"], False


def _condition(path: str, text: str, known: set[str], in_browser: bool) -> Iterator[Fault]:
	try:
		asked = expressions.facts(text)
		if in_browser:
			as_javascript(text)
	except expressions.ExpressionError as error:
		yield Fault(path, error.code, error.detail)
		return
	yield from (Fault(path, "unknown_fact", name) for name in sorted(asked - known))


def _outputs(pack: dict) -> Iterator[Fault]:
	fields = {field["name"]: field for _path, field in numbered_fields(pack)}
	names = field_names(pack)
	for i, output in enumerate(pack.get("outputs", [])):
		shown = [
			*output.get("shows", []),
			*([output["valid_until_field"]] if output.get("valid_until_field") else []),
		]
		for name in shown:
			if name not in names:
				yield Fault(f"outputs[{i}]", "unknown_field", name)
		texts = [text for text in output["body"].values() if isinstance(text, str)]
		asked = {name for text in texts for name in PLACEHOLDER.findall(text)}
		yield from (Fault(f"outputs[{i}].body", "no_text", name) for name in sorted(asked - names - IN_BODY))
		for name in sorted({*shown, *asked} & set(fields)):
			if fields[name].get("level", 0) >= 3:
				yield Fault(f"outputs[{i}]", "secret_output", name)


def _references(pack: dict) -> Iterator[Fault]:
	names, states = field_names(pack), {row["code"] for row in pack["workflow"]["states"]}
	for path, field in numbered_fields(pack):
		if field.get("from_state") and field["from_state"] not in states:
			yield Fault(f"{path}.from_state", "unknown_state", field["from_state"])
	for key in ("outputs", "notifications"):
		for i, row in enumerate(pack.get(key, [])):
			state = row.get("on_state") if key == "outputs" else row["on"].get("state")
			if state and state not in states:
				yield Fault(f"{key}[{i}]", "unknown_state", state)
	for i, row in enumerate(pack.get("indicators", [])):
		wrong = {*row.get("states", [])} - states
		yield from (Fault(f"indicators[{i}].states", "unknown_state", code) for code in sorted(wrong))
		asked = {*row.get("where", {}), *([row["field"]] if row.get("field") else [])}
		yield from (Fault(f"indicators[{i}]", "unknown_field", name) for name in sorted(asked - names))
	yield from _samples(pack, names, states)


def _samples(pack: dict, names: set[str], states: set[str]) -> Iterator[Fault]:
	known = _known_to_samples(pack, names, states)
	for i, sample in enumerate(pack["samples"]):
		for asked, key, code in _asked_by(sample):
			yield from (Fault(f"samples[{i}]", code, name) for name in sorted(asked - known[key]))


def _known_to_samples(pack: dict, names: set[str], states: set[str]) -> dict[str, set[str]]:
	"""What a sample may name, by kind."""
	codes = {key: {row["code"] for row in pack.get(key, [])} for key in ("documents", "rules", "outputs")}
	columns = {
		f"{field['name']}.{column['name']}"
		for _path, field in numbered_fields(pack)
		for column in field.get("columns", [])
	}
	of_appeals = {"appeal", "accept_appeal", "refuse_appeal"}
	return {
		**codes,
		"facts": set(known_facts(pack)),
		"fields": names,
		"wrong": names | columns,
		"waived": codes["rules"] | codes["documents"],
		"actions": {row["code"] for row in pack["workflow"]["actions"]} | of_appeals,
		"states": states | {"appealed", "appeal_refused"},
	}


def _asked_by(sample: dict) -> Iterator[tuple[set[str], str, str]]:
	"""(names, kind of what is known, code of the fault) of everything that a sample names."""
	expect = sample["expect"]
	yield {*sample.get("facts", {})}, "facts", "unknown_fact"
	yield {*sample["values"]}, "fields", "unknown_field"
	yield {*expect.get("wrong_fields", [])}, "wrong", "unknown_field"
	brought = {*sample.get("documents", []), *expect.get("missing_documents", [])}
	yield brought, "documents", "unknown_document"
	yield {*expect.get("rules", {})}, "rules", "unknown_rule"
	yield {*sample.get("waived", [])}, "waived", "unknown_rule"
	yield {*expect.get("path", [])}, "actions", "unknown_action"
	yield {*expect.get("outputs", [])}, "outputs", "unknown_output"
	yield {expect.get("ends_in")} - {None}, "states", "unknown_state"

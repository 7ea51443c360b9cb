"""Whether a pack's second unit can come in and act: it is chosen in the form, and its states lie behind the one where it comes in."""

from collections.abc import Iterator

from social_care.services.packs.messages import Fault


def second_unit_faults(pack: dict) -> Iterator[Fault]:
	"""Everything wrong with the second unit and the states that are its own."""
	second, states = pack.get("second_unit"), pack["workflow"]["states"]
	own = [state["code"] for state in states if state.get("at_second_unit")]
	if not second:
		yield from (Fault("workflow.states", "no_second_unit", code) for code in own)
		return
	if not _chosen_in(pack, second["field"]):
		yield Fault("second_unit.field", "no_unit_field", second["field"])
	first, codes = states[0]["code"], {state["code"] for state in states}
	if second["from_state"] not in codes:
		yield Fault("second_unit.from_state", "unknown_state", second["from_state"])
	elif second["from_state"] == first:
		yield Fault("second_unit.from_state", "second_unit_first", first)
	else:
		early = _reached_without(pack["workflow"]["actions"], first, second["from_state"])
		yield from (Fault("workflow.states", "second_unit_early", code) for code in own if code in early)


def _chosen_in(pack: dict, name: str) -> bool:
	"""Whether the field is a link to units that everybody who works on the request may fill."""
	fields = [field for section in pack["sections"] for field in section["fields"]]
	return any(
		field["name"] == name and field.get("target") == "Org Unit" and not field.get("level")
		for field in fields
	)


def _reached_without(actions: list[dict], first: str, shut: str) -> set[str]:
	"""States that a request may reach without standing in the one that is shut."""
	known, waiting = {first}, [first]
	while waiting:
		code = waiting.pop()
		new = {row["to"] for row in actions if code in row["from"]} - known - {shut}
		known |= new
		waiting += new
	return known

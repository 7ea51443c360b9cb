"""Whether the workflow of a pack can be walked: every state is reached, every path ends, somebody may do each step."""

from collections.abc import Iterator

from social_care.services.packs.messages import Fault

APPEALED = "appealed"  # the state of an appeal that was not answered yet
ENDS = ("accepted", "refused", "withdrawn", "closed")


def flow_faults(pack: dict) -> list[Fault]:
	"""Everything wrong with states, actions and the rights they need."""
	flow = pack["workflow"]
	codes = [state["code"] for state in flow["states"]]
	wrong = list(_unknown(flow, set(codes)))
	return wrong or [*_twice(flow), *_reach(pack, flow, codes), *_people(pack, flow), *_appeal(pack, flow)]


def _unknown(flow: dict, codes: set[str]) -> Iterator[Fault]:
	for i, action in enumerate(flow["actions"]):
		for code in (*action["from"], action["to"]):
			if code not in codes:
				yield Fault(f"workflow.actions[{i}]", "unknown_state", code)


def _twice(flow: dict) -> Iterator[Fault]:
	"""Steps with the ends of an earlier one: a request knows its step by its two states, so they would never be asked."""
	known: set[tuple[str, str]] = set()
	for i, action in enumerate(flow["actions"]):
		steps = {(code, action["to"]) for code in action["from"]}
		if steps & known:
			yield Fault(f"workflow.actions[{i}]", "same_step", action["code"])
		known |= steps


def _reach(pack: dict, flow: dict, codes: list[str]) -> Iterator[Fault]:
	after: dict[str, set[str]] = {code: set() for code in codes}
	for action in flow["actions"]:
		for code in action["from"]:
			after[code].add(action["to"])
	reached = _closure(after, {codes[0]})
	yield from (Fault("workflow.states", "not_reached", code) for code in codes if code not in reached)
	ends = {state["code"] for state in flow["states"] if state["kind"] in ENDS}
	for code in codes:
		if code in reached and not _closure(after, {code}) & ends:
			yield Fault("workflow.states", "no_end", code)
	final = {state["code"] for state in flow["states"] if state["kind"] in ("withdrawn", "closed")}
	yield from (Fault("workflow.actions", "leaves_end", code) for code in sorted(final) if after[code])


def _closure(after: dict[str, set[str]], start: set[str]) -> set[str]:
	known, open_ends = set(start), list(start)
	while open_ends:
		new = after[open_ends.pop()] - known
		known |= new
		open_ends += new
	return known


def _people(pack: dict, flow: dict) -> Iterator[Fault]:
	rights = {row["role"]: set(row["rights"]) for row in pack["access"]}
	if not any("create" in held for held in rights.values()):
		yield Fault("access", "no_intake")
	for i, action in enumerate(flow["actions"]):
		if not action.get("roles") and not action.get("by_applicant"):
			yield Fault(f"workflow.actions[{i}]", "nobody", action["code"])
		for role in action.get("roles", []):
			if "write" not in rights.get(role, set()):
				yield Fault(f"workflow.actions[{i}].roles", "no_right", role)
	for i, state in enumerate(flow["states"]):
		for role in state.get("editors", []):
			if "write" not in rights.get(role, set()):
				yield Fault(f"workflow.states[{i}].editors", "no_right", role)


def _appeal(pack: dict, flow: dict) -> Iterator[Fault]:
	"""Roles that refuse and leave nobody to decide the appeal against it, counted with one user a role."""
	if not pack.get("appeal"):
		return
	refused = {state["code"] for state in flow["states"] if state["kind"] == "refused"}
	roles = {
		role for action in flow["actions"] if action["to"] in refused for role in action.get("roles", [])
	}
	deciders = set(pack["appeal"]["decided_by"])
	yield from (
		Fault("appeal.decided_by", "same_eyes", role) for role in sorted(roles) if not deciders - {role}
	)

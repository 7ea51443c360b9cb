"""The Workflow of a service. Requests finish under the version they began with, so it holds the steps of all of these."""

from collections.abc import Iterator

from social_care.services.compiler.artefacts import Artefact, Row
from social_care.services.compiler.texts import Texts
from social_care.services.packs.appeals import UPHELD

NOBODY = "System Manager"  # edits nothing by it: the controller asks for the role at the place
APPLICANT = "Guest"
# Colours of indicators; the state is shared by services, so the first one decides and the administrator may change it.
STYLES = {
	"draft": "",
	"open": "Primary",
	"waiting": "Warning",
	"external": "Info",
	"accepted": "Success",
	"refused": "Danger",
	"withdrawn": "",
	"closed": "",
}


def style(pack: dict, state: dict) -> str:
	"""Colour of a state. An end without a kind of its own has that of the decisions which it follows, where they are alike."""
	if state["code"] == UPHELD:
		return STYLES["refused"]
	if state["kind"] != "closed":
		return STYLES[state["kind"]]
	kinds = {row["code"]: row["kind"] for row in pack["workflow"]["states"]}
	actions = [row for row in pack["workflow"]["actions"] if row["to"] == state["code"]]
	before = {kinds[code] for row in actions for code in row["from"]}
	return STYLES[before.pop()] if before in ({"accepted"}, {"refused"}) else ""


def state_name(state: dict) -> str:
	"""How a state is stored with requests: by its English title."""
	return state["title"]["en"]


def state_names(packs: dict[int, dict]) -> list[str]:
	"""Names of the states of all living versions, newest version first."""
	names: dict[str, None] = {}
	for version in sorted(packs, reverse=True):
		names |= dict.fromkeys(state_name(state) for state in packs[version]["workflow"]["states"])
	return list(names)


def flow(packs: dict[int, dict], texts: Texts) -> Iterator[Artefact]:
	"""Names of states and actions, then the Workflow. `packs` are the living versions by number."""
	newest = packs[max(packs)]
	for pack in packs.values():
		for state in pack["workflow"]["states"]:
			texts.value(state_name(state), state["title"])
			first = {"style": style(pack, state)}
			yield Artefact(
				"Workflow State", state_name(state), {"workflow_state_name": state_name(state)}, first=first
			)
		for action in pack["workflow"]["actions"]:
			texts.value(action["title"]["en"], action["title"])
			name = action["title"]["en"]
			yield Artefact("Workflow Action Master", name, {"workflow_action_name": name})
	values: Row = {
		"workflow_name": newest["document_type"],
		"document_type": newest["document_type"],
		"workflow_state_field": "status",
		"is_active": 1,
		"send_email_alert": 0,
		"override_status": 0,
	}
	tables = {"states": list(_states(packs)), "transitions": list(_transitions(packs))}
	yield Artefact("Workflow", newest["document_type"], values, tables)


def _states(packs: dict[int, dict]) -> Iterator[Row]:
	seen: set[tuple[str, str]] = set()
	for version in sorted(packs, reverse=True):
		for state in packs[version]["workflow"]["states"]:
			for role in state["editors"] or [NOBODY]:
				if (state_name(state), role) not in seen:
					seen.add((state_name(state), role))
					yield {
						"state": state_name(state),
						"doc_status": "0",
						"allow_edit": role,
						"is_optional_state": 0,
					}


def _transitions(packs: dict[int, dict]) -> Iterator[Row]:
	versions: dict[tuple[str, str, str, str], list[int]] = {}
	for version in sorted(packs, reverse=True):
		for step in _steps(packs[version]):
			versions.setdefault(step, []).append(version)
	for (state, action, following, role), held in versions.items():
		conditions = [] if len(held) == len(packs) else [f"doc.pack_version in {tuple(sorted(held))!r}"]
		if role == APPLICANT:
			conditions.append("frappe.session.user == 'Guest'")
		yield {
			"state": state,
			"action": action,
			"next_state": following,
			"allowed": role,
			"allow_self_approval": 1,  # four eyes are the controller's, which knows every editor
			"condition": " and ".join(conditions) or None,
		}


def _steps(pack: dict) -> Iterator[tuple[str, str, str, str]]:
	names = {state["code"]: state_name(state) for state in pack["workflow"]["states"]}
	for action in pack["workflow"]["actions"]:
		roles = [*action["roles"], *([APPLICANT] if action["by_applicant"] else [])]
		for code in action["from"]:
			for role in roles:
				yield names[code], action["title"]["en"], names[action["to"]], role

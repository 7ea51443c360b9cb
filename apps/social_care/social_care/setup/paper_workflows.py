"""Workflows of the papers about a child (setup/data/paper_states.csv, paper_transitions.csv), by groups of roles."""

from social_care.setup import workflows
from social_care.setup.tables import table

GROUPS = {
	"entry": workflows.ENTRY,
	"directorate": workflows.DIRECTORATE,
	"deciders": ("Directorate Director", "Central Administration Head"),
}


def paper_workflows() -> list[str]:
	"""Names of the workflows, each that of the DocType of the same name."""
	return list(dict.fromkeys(row["workflow"] for row in table("paper_states")))


def ensure_paper_workflows() -> None:
	"""Create those that are missing; afterwards an administrator edits them in the desk."""
	for name in paper_workflows():
		states = tuple(
			(row["state"], row["style"], _roles(row["editors"]))
			for row in table("paper_states")
			if row["workflow"] == name
		)
		workflows.ensure(name, name, "status", states, _transitions(name))


def _transitions(name: str) -> list[dict]:
	return [
		{"state": row["state"], "action": row["action"], "next_state": row["next_state"], "allowed": role}
		for row in table("paper_transitions")
		if row["workflow"] == name
		for role in _roles(row["allowed"])
	]


def _roles(groups: str) -> tuple[str, ...]:
	return tuple(dict.fromkeys(role for group in groups.split("+") for role in GROUPS[group]))

"""What a step of the path has settled: once the case is past it, the answer stands (corrected only after the case came back)."""

from social_care_kafala.kafala.path import states

# The first step in which the fields are written no more.
SETTLED = {
	states.VIEWING: frozenset({"security_sent_on", "security_result"}),
	states.INTEGRATION: frozenset({"contract_number", "handed_over_on"}),
}


def touched(status: str, changed: set[str]) -> set[str]:
	"""Of the changed fields those that a case in this step has behind it."""
	if status not in states.STEPS:
		return set()
	at = states.STEPS.index(status)
	return {
		name for step, names in SETTLED.items() if states.STEPS.index(step) <= at for name in names & changed
	}

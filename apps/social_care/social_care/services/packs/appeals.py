"""The states and actions of an appeal, which are the same for every service that allows one."""

from typing import Any

from social_care.services.packs.flow_checks import APPEALED

UPHELD = "appeal_refused"
DAYS_OF_DECISION = 30  # where the pack names none


def add_appeal(pack: dict, state_defaults: dict[str, Any], action_defaults: dict[str, Any]) -> None:
	"""Add them to a pack that allows an appeal and does not define its state itself."""
	appeal, flow = pack["appeal"], pack["workflow"]
	if not appeal or any(state["code"] == APPEALED for state in flow["states"]):
		return
	appeal.setdefault("decision_days", DAYS_OF_DECISION)
	first_open = next(state["code"] for state in flow["states"] if state["kind"] == "open")
	appeal["reopens_to"] = appeal.get("reopens_to") or first_open
	actions = [_bring(pack), *_decide(appeal)]
	flow["states"] += [{**state_defaults, **state} for state in _states(appeal)]
	flow["actions"] += [{**action_defaults, **action} for action in actions]


def _states(appeal: dict) -> list[dict[str, Any]]:
	under_review = {
		"code": APPEALED,
		"title": {"ar": "تظلم قيد النظر", "en": "Appeal under Review"},
		"kind": "open",
		"days": appeal["decision_days"],
		"editors": list(appeal["decided_by"]),
		"escalate_to": [],
	}
	upheld = {
		"code": UPHELD,
		"title": {"ar": "رفض التظلم", "en": "Appeal Refused"},
		"kind": "closed",
		"editors": [],
		"escalate_to": [],
	}
	return [under_review, upheld]


def _bring(pack: dict) -> dict[str, Any]:
	"""By the applicant, or by whoever enters requests for him."""
	return {
		"code": "appeal",
		"title": {"ar": "تظلم", "en": "Appeal"},
		"from": [state["code"] for state in pack["workflow"]["states"] if state["kind"] == "refused"],
		"to": APPEALED,
		"roles": [row["role"] for row in pack["access"] if "create" in row["rights"]],
		"by_applicant": True,
		"requires": ["reason"],
	}


def _decide(appeal: dict) -> list[dict[str, Any]]:
	common = {"from": [APPEALED], "four_eyes": True, "requires": ["reason"]}
	accept = {"code": "accept_appeal", "title": {"ar": "قبول التظلم", "en": "Accept the Appeal"}}
	refuse = {"code": "refuse_appeal", "title": {"ar": "رفض التظلم", "en": "Refuse the Appeal"}}
	ends = ((accept, appeal["reopens_to"]), (refuse, UPHELD))
	return [{**common, **action, "roles": list(appeal["decided_by"]), "to": end} for action, end in ends]

"""Kinds of committees and of cases that kafala brings to the core's committees."""

from social_care.decisions.committees.case_kinds import (
	APPROVAL,
	DEFERRAL,
	RECOMMENDATION,
	REFERRAL,
	REJECTION,
	CaseKind,
)

from social_care_kafala.kafala.committees import appeals, files
from social_care_kafala.kafala.path import states

LOCAL, HIGH, CENTRAL_HAND_OVER = "CK-KAFALA-LOCAL", "CK-KAFALA-HIGH", "CK-KAFALA-HANDOVER"
OF_FILES = {"doctype": states.DOCTYPE, "summaries": files.summaries, "involved": files.involved}

# Approved, sent back to the study, or rejected.
LOCAL_CASES = CaseKind(
	committee_kind=LOCAL, states=(states.COMMITTEE,), carry_out=files.decide_locally, **OF_FILES
)
# The contract is signed, the case is put off, or it goes back to the viewing.
HAND_OVER_CASES = CaseKind(
	committee_kind=CENTRAL_HAND_OVER,
	states=(states.HAND_OVER,),
	carry_out=files.hand_over,
	decisions=(APPROVAL, DEFERRAL, REFERRAL),
	**OF_FILES,
)
# Conditions that the High Committee alone waives.
WAIVER_CASES = CaseKind(
	committee_kind=HIGH,
	states=(states.COMMITTEE,),
	carry_out=files.waive,
	decisions=(APPROVAL, DEFERRAL, REJECTION, RECOMMENDATION),
	filters=(("waits_for_high", "=", 1),),
	**OF_FILES,
)
APPEAL_CASES = CaseKind(
	doctype=appeals.DOCTYPE,
	committee_kind=HIGH,
	states=(appeals.WAITING,),
	carry_out=appeals.decide,
	summaries=appeals.summaries,
	involved=appeals.involved,
)


def cases() -> list[CaseKind]:
	"""The hook `social_care_committee_cases` of this app."""
	return [LOCAL_CASES, HAND_OVER_CASES, WAIVER_CASES, APPEAL_CASES]

"""Words of a Kafala Termination: its kinds, its states, and who writes what."""

from social_care_kafala.kafala.path import states as path

DOCTYPE = "Kafala Termination"

RETURN, REMOVAL, TRANSFER = "Return by the Family", "Removal for Danger", "Transfer to Another Family"
REINTEGRATION, OF_AGE, DEATH = "Reintegration in the Family of Origin", "Coming of Age", "Death of the Child"
TO_INSTITUTION = (RETURN, REMOVAL)
# A kafala that breaks down ends against the plan; of age, at home or in death it does not.
BREAKDOWNS = (RETURN, REMOVAL, TRANSFER)
WITHOUT_CAUSE = (OF_AGE, DEATH)

STUDIED, BEFORE_DECISION, DECIDED = "Study of the Ending", "Ending to Be Decided", "Ending Decided"
CARRIED_OUT, WITHDRAWN = "Ending Carried Out", "Ending Withdrawn"
OPEN = (STUDIED, BEFORE_DECISION, DECIDED)

# Steps of a file in which the child lives with the family.
WITH_THE_FAMILY = (path.INTEGRATION, path.CARD, path.FOLLOW_UP)

# What whoever decides writes: it makes nobody an author.
DECIDING = {
	*("decision_number", "decision_date", "decision_authority", "decision_reasons", "return_reason"),
	*("withdrawal_reason", "planned_on", "to_institution", "is_hardship", "hardship_reason"),
}
# What may still be written when it is decided: where the child goes, where the first institution declined.
STILL_OPEN = {"planned_on", "to_institution", "sibling_separation_reason", "withdrawal_reason"}

"""A census of children in institutions: expected against entered as of an instant, signed level by level, frozen (docs/census.md)."""

CAMPAIGN, RETURN, ENTRY = "Census Campaign", "Census Return", "Census Entry"
ANNOUNCED, COUNTED, FROZEN = "Announced", "Counted", "Frozen"
WAITING, RETURNED = "Waiting", "Returned"
DECLARED, LICENSED, FORMER = "Declared by the Institution", "Licensed Capacity", "Former Census"
EXPECTED = {DECLARED: "declared", LICENSED: "licensed", FORMER: "former"}

"""Confirmation of children's data: once a period each institution says of each child that the file is right (docs/confirmation.md)."""

CYCLE = "Confirmation Cycle"
CONFIRMATION = "Institution Confirmation"
ROW = "Child Confirmation"
OPEN, SIGNED, MISSED = "Open", "Signed", "Not Confirmed"
WAITING, CONFIRMED, TO_CORRECT = "Waiting", "Confirmed", "To Correct"
PRESENT = "`tabChild`.`life_state` = 'Active'"  # of the children whose file names the institution

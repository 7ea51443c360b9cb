"""Placement changes: admission, transfer, temporary leave, return and exit as one guided action (docs/placement-moves.md)."""

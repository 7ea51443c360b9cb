"""Families and children that wait for each other: suggestions with reasons, reservations, letters and visits (docs/kafala.md)."""

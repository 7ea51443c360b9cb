"""Counting what is in the database, without knowing what was planted there."""

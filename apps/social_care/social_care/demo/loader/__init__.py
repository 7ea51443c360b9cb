"""Bringing a generated nation into a site, set by set, and taking it out again."""

"""Digits of prints: Latin or Arabic-Indic, by the user's choice, else the site's setting."""

import re

from social_care.printing import config
from social_care.printing.sheets import LATIN

WORD = re.compile(r"\S+")
IN_ORDER = "\u200e"  # left-to-right mark
LETTER = re.compile(r"[A-Za-z]")


def in_digits(text: str) -> str:
	"""The text with its digits as prints write them; codes and addresses, which hold Latin letters, stay."""
	table = str.maketrans(LATIN, config.digits())
	return WORD.sub(lambda word: _written(word.group(), table), text)


def telephone(number: str) -> str:
	"""A telephone number, its groups in the order in which they are dialled: in a line of Arabic they would stand in reverse."""
	groups = f"{IN_ORDER} {IN_ORDER}".join(in_digits(part) for part in number.split())
	return f"{IN_ORDER}{groups}{IN_ORDER}"


def _written(word: str, table: dict) -> str:
	return word if LETTER.search(word) else word.translate(table)

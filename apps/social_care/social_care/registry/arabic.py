"""Arabic text for comparing and searching. What was written is stored as written; only the search key is folded."""

import re
from functools import lru_cache

import pyarabic.araby as araby

DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
LETTERS = str.maketrans(
	{"ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ء": "", "ک": "ك", "ی": "ي", "ٱ": "ا", "گ": "ك"}
)
JOINED_BEFORE = re.compile(r"\b(عبد|ابو|ابي|ابن|ام|بنت|ست|زين|نور)\s+(?=ال)")
JOINED_TITLES = re.compile(r"\b(عبد|ابو)\s+(?=\S)")
JOINED_AFTER = re.compile(r"\s+(الدين|الله|الرحمن|الاسلام)\b")
# Words beside which something is joined: most names have none of them.
JOINING = frozenset(
	("عبد", "ابو", "ابي", "ابن", "ام", "بنت", "ست", "زين", "نور", "الدين", "الله", "الرحمن", "الاسلام")
)
NOT_WORD = re.compile(r"[^\w\s]|_")


def ascii_digits(text: str) -> str:
	"""Arabic-Indic and Persian digits as ASCII digits, everything else as it was."""
	return text.translate(DIGITS)


def normalise(text: str | None) -> str:
	"""The search key of a name: no diacritics or tatweel, alef/hamza/yeh/teh marbuta folded, compound names joined.

	«أحمد عبد الرحمن», «احمد عبدالرحمن» and «أَحْمَد عبد الرّحمٰن» give one key.
	"""
	words = " ".join(map(_folded_word, (text or "").split())).split()
	folded = " ".join(words)
	if JOINING.isdisjoint(words):
		return folded
	for pattern in (JOINED_BEFORE, JOINED_TITLES):
		folded = pattern.sub(lambda found: found.group(1), folded)
	return JOINED_AFTER.sub(lambda found: found.group(1), folded)


@lru_cache(maxsize=100_000)
def _folded_word(word: str) -> str:
	"""One word letter by letter; words of names are few, so each is folded once."""
	folded = araby.strip_tatweel(araby.strip_diacritics(word)).translate(LETTERS)
	return NOT_WORD.sub(" ", ascii_digits(araby.normalize_alef(folded)).casefold())


def search_terms(text: str | None) -> list[str]:
	"""Words of a search, folded as the keys are; every one has to occur in the key."""
	return normalise(text).split()


def join_name(*parts: str | None) -> str:
	"""Name parts as one text with single spaces, as written."""
	return " ".join(" ".join(part.split()) for part in parts if part and part.strip())


def name_words(name: str | None) -> list[str]:
	"""Words of a name as written, a compound one («عبد الله», «نور الدين») as one."""
	found: list[str] = []
	for word in (name or "").split():
		together = f"{found[-1]} {word}" if found else word
		if found and " " not in normalise(together):
			found[-1] = together
		else:
			found.append(word)
	return found

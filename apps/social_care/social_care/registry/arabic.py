"""Arabic text for comparing and searching. What was written is stored as written; only the search key is folded."""

import re
from functools import lru_cache

import pyarabic.araby as araby

DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
LETTERS = str.maketrans(
	{"ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ء": "", "ک": "ك", "ی": "ي", "ٱ": "ا", "گ": "ك"}
)
# Words that are written with or without a space before what follows («ال…» or anything), and after what stands before.
BEFORE_ARTICLE = frozenset(["عبد", "ابو", "ابي", "ابن", "ام", "بنت", "ست", "زين", "نور"])
BEFORE_ANY = frozenset(("عبد", "ابو"))
AFTER_ANY = frozenset(["الدين", "الله", "الرحمن", "الاسلام"])
MAY_JOIN = BEFORE_ARTICLE | BEFORE_ANY | AFTER_ANY
NOT_WORD = re.compile(r"[^\w\s]|_")


def ascii_digits(text: str) -> str:
	"""Arabic-Indic and Persian digits as ASCII digits, everything else as it was."""
	return text.translate(DIGITS)


def normalise(text: str | None) -> str:
	"""The search key of a name: no diacritics or tatweel, alef/hamza/yeh/teh marbuta folded, compound names joined.

	«أحمد عبد الرحمن», «احمد عبدالرحمن» and «أَحْمَد عبد الرّحمٰن» give one key.
	"""
	words = " ".join(map(_folded_word, (text or "").split())).split()
	if MAY_JOIN.isdisjoint(words):
		return " ".join(words)
	return "".join(
		word if not before or _are_joined(before, word) else f" {word}"
		for before, word in zip(["", *words], words, strict=False)
	)


def _are_joined(before: str, word: str) -> bool:
	"""Whether two words that follow each other are one name."""
	return before in BEFORE_ANY or word in AFTER_ANY or (before in BEFORE_ARTICLE and word.startswith("ال"))


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

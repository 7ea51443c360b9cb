"""Verification codes of prints: unguessable, readable on paper and over the telephone, stored as keyed digests alone."""

import secrets
import unicodedata

from social_care import keyed

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32, without I, L, O and U
LENGTH = 16  # 5 bits a sign: 80 bits
GROUP = 4
LOOKALIKES = str.maketrans("OIL", "011")
SHOWN = 12  # signs of the content's digest that stand on the paper


def new_code() -> str:
	"""A code that nobody can guess, in groups: "7K3M-…"."""
	return grouped("".join(secrets.choice(ALPHABET) for _sign in range(LENGTH)))


def clean(text: str | None) -> str:
	"""What somebody typed or scanned as a code in groups, or "" where it cannot be one.

	Small letters, Arabic digits, missing dashes and the letters O, I and L for 0 and 1 are understood.
	"""
	folded = "".join(str(unicodedata.decimal(sign, sign)) for sign in str(text or "")[:100])
	signs = "".join(sign for sign in folded.upper().translate(LOOKALIKES) if sign.isalnum())
	return grouped(signs) if len(signs) == LENGTH and set(signs) <= set(ALPHABET) else ""


def grouped(signs: str) -> str:
	return "-".join(signs[start : start + GROUP] for start in range(0, len(signs), GROUP))


def code_digest(code: str) -> str:
	"""What is stored of a code: whoever reads the table cannot make a print that is confirmed."""
	return _digest("code", code)


def content_digest(code: str, content: str) -> str:
	"""Digest of what a print says. It hangs on the code, so two prints of one content do not show that they are alike."""
	return _digest("content", f"{code}\n{content}")


def shown(digest: str) -> str:
	"""The first signs of a digest, as they stand on the paper and on the public page."""
	return grouped(digest[:SHOWN].upper())


def _digest(purpose: str, text: str) -> str:
	"""HMAC-SHA-256 with the site's encryption key, a key apart for each purpose."""
	return keyed.sign(f"prints {purpose}", text)

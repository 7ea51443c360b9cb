"""Digests that tell nothing to whoever does not hold the site's key: what was seen or judged is kept so, not a second time."""

import hashlib
import hmac
import json
from typing import Any

from frappe.utils.password import get_encryption_key


def key(purpose: str) -> bytes:
	"""The key of one purpose, derived from the site's own."""
	return hashlib.sha256(f"social_care {purpose} {get_encryption_key()}".encode()).digest()


def sign(purpose: str, text: str) -> str:
	"""HMAC-SHA-256 of a text, 64 signs."""
	return hmac.digest(key(purpose), text.encode(), "sha256").hex()


def digest(purpose: str, told: Any) -> str:
	"""64 signs for what is told; another one for another purpose, and on another site."""
	text = json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)
	return sign(purpose, text)

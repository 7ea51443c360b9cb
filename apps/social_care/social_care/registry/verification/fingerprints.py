"""What a question asked about, as a digest; and the code by which its answer is known."""

import hmac

from social_care import keyed
from social_care.registry.verification import WATCHED

CODE = 12  # signs


def fingerprint(person: dict) -> str:
	"""64 signs for the values of a person that are asked about."""
	return keyed.digest("identity question", [str(person.get(field) or "") for field in WATCHED])


def code(key: str, print_of: str) -> str:
	"""The code that stands beside a question's key; another one for another question, or other values."""
	return keyed.sign("identity answer", f"{key} {print_of}")[:CODE]


def fits(key: str, print_of: str, given: str) -> bool:
	"""Whether the code came from here, with this question."""
	return hmac.compare_digest(code(key, print_of).encode(), given.strip().lower().encode())

"""One English text has one Arabic within a pack: the framework finds a text's Arabic by its English alone."""

from collections.abc import Iterator
from typing import Any

from social_care.services.packs.messages import Fault


def text_faults(pack: dict) -> Iterator[Fault]:
	"""English texts of labels, options, states and other titles that stand with two Arabic ones."""
	there: dict[str, str] = {}
	for path, text in _texts(pack, ""):
		english, arabic = text.get("en", text["ar"]), text["ar"]
		if there.setdefault(english, arabic) != arabic:
			yield Fault(path, "same_english", english)


def _texts(part: Any, path: str) -> Iterator[tuple[str, dict]]:
	"""(path, text) of everything that is written in both languages, in the order of the document."""
	if isinstance(part, dict) and isinstance(part.get("ar"), str):
		yield path, part
	elif isinstance(part, dict):
		for key, value in part.items():
			yield from _texts(value, f"{path}.{key}" if path else key)
	elif isinstance(part, list):
		for number, value in enumerate(part):
			yield from _texts(value, f"{path}[{number}]")

"""Every text of the core that a user can see has an Arabic one."""

import re

from extension_source import CORE, known_texts, texts_of_code, texts_of_records

BLOOD_GROUP = re.compile(r"(AB|A|B|O)[+-]")


def test_texts_of_records() -> None:
	missing = texts_of_records(CORE) - known_texts(CORE)
	assert not sorted(text for text in missing if not BLOOD_GROUP.fullmatch(text))


def test_texts_of_code() -> None:
	found = {text.replace("\\'", "'") for text in texts_of_code(CORE)}
	assert len(found) > 100
	assert not sorted(found - known_texts(CORE))

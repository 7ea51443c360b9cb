"""Marks are found in an answer whatever else stands around them."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from security.sweep.marks import longest_of

WORDS = st.sets(st.text("ab-.", min_size=1, max_size=5), min_size=1, max_size=30)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(WORDS, st.text("ab-. ", max_size=200))
def test_it_finds_what_trying_every_word_finds(words: set[str], text: str) -> None:
	every = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
	assert re.findall(longest_of(words), text) == every.findall(text)


def test_no_words_find_nothing() -> None:
	assert longest_of(set()) == ""

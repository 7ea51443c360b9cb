"""Functions of the framework that take a row by its name and never ask whose it is."""

from collections.abc import Iterator

import pytest
from isolation.browser import Browser
from isolation.records import Stage

from security.doors import Goods, administrator, goods_of
from security.doors_setup import BY_ROW, CALLS

REFUSED = (403, 404)  # 404: switched off for everybody, or as if the row were not there


@pytest.fixture(scope="module")
def goods(stage: Stage) -> Iterator[Goods]:
	"""Rows of the first directorate."""
	with goods_of(stage.here) as made:
		yield made


@pytest.mark.parametrize("call", CALLS)
def test_another_office_is_refused(stage: Stage, goods: Goods, call: str) -> None:
	_refused(stage.browser(stage.there.place.chief), goods, call)


@pytest.mark.parametrize("call", CALLS)
def test_a_citizen_is_refused(citizen: Browser, goods: Goods, call: str) -> None:
	_refused(citizen, goods, call)


@pytest.mark.parametrize("call", CALLS)
def test_a_guest_is_refused(guest: Browser, goods: Goods, call: str) -> None:
	_refused(guest, goods, call)


@pytest.mark.parametrize("call", BY_ROW)
def test_an_administrator_of_another_office_is_refused(stage: Stage, goods: Goods, call: str) -> None:
	"""Most of these functions are closed to the staff altogether; here the rule of the row answers."""
	_refused(administrator(stage, "system.there", stage.there.place.directorate), goods, call)


def _refused(browser: Browser, goods: Goods, call: str) -> None:
	before = goods.state()
	answer = CALLS[call](browser, goods)
	assert answer.status_code in REFUSED, (answer.status_code, answer.text[:300])
	assert goods.mark not in answer.text
	assert goods.state() == before

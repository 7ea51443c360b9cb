"""Functions of the framework that take a row by its name and never ask whose it is."""

from collections.abc import Iterator
from urllib.parse import urlparse

import pytest
from isolation.browser import Browser
from isolation.records import Stage
from social_care.api.guards.policy import NOBODY, open_to

from security.doors import Goods, administrator, goods_of
from security.doors_setup import BY_ROW, CALLS

SWITCHED_OFF = {"S-77 printers"}  # a document's method: its address does not tell


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
	switched_off = call in SWITCHED_OFF or open_to(urlparse(answer.url).path[len("/api/method/") :]) == NOBODY
	assert answer.status_code == (404 if switched_off else 403), (answer.status_code, answer.text[:300])
	assert goods.mark not in answer.text
	assert goods.state() == before

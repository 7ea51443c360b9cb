"""Two directorates reserve one child in the same moment, 200 times over HTTP: one of them wins, the other is told why in a sentence."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

import frappe
import pytest
import requests
from social_care_kafala.kafala.matching import states
from social_care_kafala.tests import cases, matching_cases

from isolation.browser import Browser
from isolation.records import Stage, account

ROUNDS = 200
RESERVE = "social_care_kafala.api.matching.reserve"


@dataclass
class Rivals:
	"""A child, and in each of two directorates a family with the specialist who wants him for it."""

	child: str
	files: tuple[str, str]
	browsers: tuple[Browser, Browser]


@pytest.fixture(scope="module")
def rivals(stage: Stage) -> Iterator[Rivals]:
	frappe.set_user("Administrator")
	places = (stage.here.place, stage.there.place)
	child = matching_cases.waiting_child(places[0].institution).name
	files = tuple(matching_cases.looking(place.district).name for place in places)
	specialists = [account(cases.SPECIALIST, place.district) for place in places]
	frappe.db.commit()
	yield Rivals(child, files, tuple(Browser(user) for user in specialists))
	forget(child)


def forget(child: str) -> None:
	"""The child waits again, as if nobody had reserved him."""
	frappe.db.rollback()
	for name in frappe.get_all(states.CHILDREN, {"child": child}, pluck="parent"):
		frappe.db.delete(states.CHILDREN, {"parent": name})
		frappe.db.delete(states.DOCTYPE, {"name": name})
	frappe.db.commit()


def one_round(rivals: Rivals, pool: ThreadPoolExecutor) -> list[requests.Response]:
	start = Barrier(2)

	def ask(side: int) -> requests.Response:
		start.wait(30)
		return rivals.browsers[side].call(RESERVE, file=rivals.files[side], child=rivals.child)

	return list(pool.map(ask, (0, 1)))


def test_exactly_one_wins_two_hundred_times(rivals: Rivals) -> None:
	won = [0, 0]
	with ThreadPoolExecutor(2) as pool:
		for number in range(ROUNDS):
			answers = one_round(rivals, pool)
			codes = [answer.status_code for answer in answers]
			assert sorted(codes) == [200, 417], (number, codes, [answer.text[:500] for answer in answers])
			winner = codes.index(200)
			won[winner] += 1
			told = answers[1 - winner].json()
			assert told["exc_type"] == "TakenError", told
			assert "محجوز بالفعل لأسرة أخرى" in str(
				[frappe.parse_json(row) for row in frappe.parse_json(told["_server_messages"])]
			)
			frappe.db.rollback()
			rows = frappe.get_all(states.CHILDREN, {"open_child": rivals.child}, pluck="parent")
			assert rows == [answers[winner].json()["message"]]
			forget(rivals.child)
	assert sum(won) == ROUNDS

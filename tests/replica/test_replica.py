"""A site that reads from a second MariaDB: what is read there, what is not, and that the answers are the same."""

from collections.abc import Iterator

import frappe
import pytest
from isolation.browser import Browser
from isolation.records import Stage

from engine import testing
from replica.servers import Pair, pair

LIST = {"doctype": "Child", "fields": ["name", "file_state"], "order_by": "name asc", "page_length": 500}
DASHBOARDS = {
	"entry": "social_care.api.dashboards.of_institution",
	"chief": "social_care.api.dashboards.of_directorate",
	"head": "social_care.api.dashboards.of_headquarters",
}


@pytest.fixture(scope="module")
def servers(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
	"""Both servers, with the stage's children and users in them."""
	name = frappe.local.site
	source = next(site for site in map(testing.TestSite, testing.PARTS) if site.name == name)
	with pair(tmp_path_factory.mktemp("replica") / "servers", source) as found:
		yield found


@pytest.fixture(scope="module")
def people(servers: Pair, stage: Stage) -> dict[str, Browser]:
	"""Logged in at the site that has two servers."""
	place = stage.here.place
	users = {"entry": place.entry, "chief": place.chief, "head": stage.country.head}
	return {who: Browser(user, url=servers.url) for who, user in users.items()}


@pytest.fixture(autouse=True)
def _following(servers: Pair) -> None:
	servers.second.run("START SLAVE")
	servers.configure(read_from_replica=1)
	servers.catch_up()


def names(browser: Browser) -> list[str]:
	"""Children of the list, as the desk asks for them."""
	answer = browser.message("frappe.desk.reportview.get", **LIST)
	return [row[0] for row in answer["values"]] if answer else []


def heard(servers: Pair, deed, *arguments):
	"""What a deed answers, both servers' logs beginning with it."""
	servers.first.listen()
	servers.second.listen()
	return deed(*arguments)


def test_a_list_is_read_from_the_second_server_and_holds_the_same(
	servers: Pair, people: dict[str, Browser], stage: Stage
) -> None:
	for who, browser in people.items():
		found = heard(servers, names, browser)
		assert found, who
		assert (stage.there.child in found) == (who == "head"), who
		asked = [text for text in servers.second.said("`tabChild`") if "limit 500" in text.lower()]
		assert asked, who
		assert not [text for text in servers.first.said("`tabChild`") if "limit 500" in text.lower()], who
		servers.configure(read_from_replica=0)
		assert names(browser) == found, who
		servers.configure(read_from_replica=1)


def test_dashboards_are_counted_on_the_second_server(servers: Pair, people: dict[str, Browser]) -> None:
	for who, method in DASHBOARDS.items():
		answer = heard(servers, people[who].message, method)
		assert answer, who
		assert servers.second.said("`tabChild`"), who
		assert not [text for text in servers.first.said("`tabChild`") if "count(" in text.lower()], who


def test_nothing_that_is_read_there_is_written_there(servers: Pair, people: dict[str, Browser]) -> None:
	"""Every report of our apps, as whoever may see it: a server that only reads refuses the first write."""
	rows = frappe.get_all(
		"Report",
		filters={"is_standard": "Yes", "disabled": 0, "module": ["in", our_modules()]},
		fields=["name", "ref_doctype"],
	)
	assert len(rows) > 30
	ran, refused = set(), {}
	for browser in people.values():
		for row in rows:
			answer = browser.call(
				"frappe.desk.query_report.run", report_name=row.name, filters={}, ignore_prepared_report=True
			)
			if answer.status_code == 200:
				ran.add(row.name)
			elif answer.status_code >= 500:
				refused[row.name] = answer.text[:300]
	assert not refused
	assert len(ran) > len(rows) / 2, sorted({row.name for row in rows} - ran)


def test_what_is_saved_goes_to_the_first_and_arrives(
	servers: Pair, people: dict[str, Browser], stage: Stage
) -> None:
	child, browser = stage.here.child, people["entry"]
	answer = browser.put(f"/api/resource/Child/{child}", {"nickname": "ثانية"})
	assert answer.status_code == 200, answer.text[:300]
	servers.catch_up()
	told = servers.second.run(f"SELECT nickname FROM `{database()}`.`tabChild` WHERE name = '{child}'")
	assert told[0]["nickname"] == "ثانية"


def test_a_form_is_never_behind(servers: Pair, people: dict[str, Browser], stage: Stage) -> None:
	"""While the second server stands still, a form shows what was saved last; a list may not yet."""
	child, browser = stage.here.child, people["entry"]
	servers.second.run("STOP SLAVE")
	before = browser.get(f"/api/resource/Child/{child}").json()["data"]["nickname"]
	answer = browser.put(f"/api/resource/Child/{child}", {"nickname": "أخيرة"})
	assert answer.status_code == 200, answer.text[:300]
	form = browser.message("frappe.client.get", doctype="Child", name=child)
	assert form["nickname"] == "أخيرة"
	rows = browser.message(
		"frappe.desk.reportview.get",
		doctype="Child",
		fields=["nickname"],
		filters=[["Child", "name", "=", child]],
	)
	assert rows["values"] == [[before]]


def test_rights_that_were_taken_away_hold_at_once(
	servers: Pair, people: dict[str, Browser], stage: Stage
) -> None:
	"""Who may see what is asked of the first server, before anything is read from the second."""
	browser = people["entry"]
	assert stage.here.child in names(browser)
	servers.second.run("STOP SLAVE")
	servers.first.run(
		f"UPDATE `{database()}`.`tabStaff Assignment` SET valid_to = CURDATE() - INTERVAL 1 DAY"
		f" WHERE user = '{stage.here.place.entry}'"
	)
	try:
		assert browser.call("frappe.desk.reportview.get", **LIST).status_code == 401
	finally:
		servers.first.run(
			f"UPDATE `{database()}`.`tabStaff Assignment` SET valid_to = NULL"
			f" WHERE user = '{stage.here.place.entry}'"
		)


def database() -> str:
	return frappe.conf.db_name


def our_modules() -> list[str]:
	apps = [app for app in frappe.get_installed_apps() if app.startswith("social_care")]
	return frappe.get_all("Module Def", filters={"app_name": ["in", apps]}, pluck="name")

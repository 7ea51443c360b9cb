"""Nobody gets a mark that is not his, through any endpoint of the installed bench (docs/sweep.md)."""

from collections.abc import Iterator
from dataclasses import dataclass

import frappe
import pytest
from isolation.browser import Browser
from isolation.records import Stage
from social_care.accounts import attempts
from social_care.api.guards import policy

from security.sweep import endpoints, people, planting, state, web
from security.sweep.people import Caller
from security.sweep.planting import Planting
from security.sweep.probes import Probe
from security.sweep.running import LAST, Findings, Sweep

WORKERS = 2
pytestmark = pytest.mark.timeout(1800)


@dataclass
class Run:
	"""A run against the web process as it is served, and what it was made with."""

	planted: Planting
	callers: list[Caller]
	sweep: Sweep
	found: Findings
	changed: set[str]


@pytest.fixture(scope="module")
def base(site: str) -> Iterator[str]:
	"""Address of a web process that has the sweep for itself."""
	with web.process(web.SERVED, WORKERS) as address:
		yield address


@pytest.fixture(scope="module")
def planted(stage: Stage) -> Iterator[Planting]:
	made = planting.plant(stage)
	yield made
	made.take_back()


@pytest.fixture(scope="module")
def run(stage: Stage, planted: Planting, base: str, citizen: Browser, former: Browser) -> Run:
	"""The run of all tests here; its figures are printed."""
	callers = people.callers(stage, base, citizen.user, former)
	sweep = Sweep(planted.marks, callers, endpoints.find(), people.Line(base, web.THREADS * WORKERS), stage)
	before = state.of_side(planted.marks, "here")
	found = sweep.run()
	after = state.of_side(planted.marks, "here")
	print(f"\n{found.summary()}")
	return Run(
		planted, callers, sweep, found, {key for key in before | after if before.get(key) != after.get(key)}
	)


def test_nothing_is_given_away(run: Run) -> None:
	assert not sorted({str(leak) for leak in run.found.leaks})


def test_nothing_of_the_other_side_is_changed(run: Run) -> None:
	assert not run.changed


def test_everything_was_asked(run: Run) -> None:
	"""Every function and method that was found, as everybody, and each session lived to the end."""
	called = {f"{one.doctype}.{one.path}" if one.doctype else one.path for one in run.sweep.called()}
	assert len(called) > 500 and not called - run.found.endpoints
	assert set(run.found.requests) == {caller.label for caller in run.callers}
	for caller in run.callers:
		if caller.user and caller.label != "former user":
			answer = run.sweep.send(caller, Probe("", "", "GET", "/api/method/frappe.auth.get_logged_user"))
			assert caller.user in answer.body.decode(), caller.label


def test_those_who_may_see_do_see(run: Run) -> None:
	"""The marks are found where they are allowed: an answer without any is no closed door."""
	director = next(caller for caller in run.callers if caller.label.startswith("director"))
	for doctype in (
		"Child",
		"Person",
		"Family",
		"Placement",
		planting.LATER,
	):
		marks = {
			mark
			for mark in run.planted.marks.known.values()
			if mark.doctype == doctype and director.sees(mark)
		}
		seen = {mark.column for mark in run.found.seen[director.label] & marks}
		missing = {mark.column for mark in marks} - seen
		assert len(missing) <= len(seen) / 10, (doctype, missing)


@pytest.mark.parametrize("kind", ["guest", "citizen"])
def test_what_guest_and_citizen_reach_is_on_the_list(run: Run, kind: str) -> None:
	rules = {rule["from_route"]: f"/{rule['to_route']}" for rule in frappe.get_hooks("website_route_rules")}
	for endpoint in {rules.get(one, one) for one in run.found.reached.get(kind, set())}:
		row = policy.listed(endpoint.rstrip("/…") or "/") or policy.listed(
			"/" + endpoint.strip("/").partition("/")[0]
		)
		assert row and policy.KINDS.index(row["open_to"]) <= policy.KINDS.index(kind), endpoint


def test_the_end_of_a_session_gives_nothing_away(run: Run, base: str) -> None:
	"""The functions that the run leaves out because they end the session, each with a session of its own."""
	attempts.forget(attempts.address_limit(), "127.0.0.1")  # the run tried passwords
	for caller in (one for one in run.callers if one.label != "former user"):
		for endpoint in (one for one in endpoints.find() if one.path.rpartition(".")[2] in LAST):
			fresh = Caller(
				caller.label, caller.user, caller.side, caller.may, people.log_in(base, caller.user)
			)
			probe = Probe(endpoint.path, "end", "POST", f"/api/method/{endpoint.path}")
			run.sweep.note(fresh, probe, run.sweep.send(fresh, probe))
			answer = run.sweep.send(fresh, Probe("", "", "GET", "/api/method/frappe.auth.get_logged_user"))
			assert answer.status in (401, 403), endpoint.path
	test_nothing_is_given_away(run)
	assert frappe.db.exists("Child", run.planted.marks.name("here", "Child"))

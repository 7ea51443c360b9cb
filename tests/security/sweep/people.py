"""Who calls: users of the other directorate, and people who have no business here at all."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

import frappe
import urllib3
from frappe.utils.password import update_password
from isolation.browser import PASSWORD, Browser
from isolation.records import Stage
from social_care.tests import places

from security.sweep.marks import Mark

TOKEN = re.compile(r'csrf_token\s*=\s*"([^"]+)"')
SECONDS = 60
CLERK = "Social Administration Manager"  # reads level 1 of a file and neither 2 nor 3


@dataclass
class Caller:
	"""One user with his session; `side` is the directorate whose rows he may read ("" for none)."""

	label: str
	user: str
	side: str
	may: set[tuple[str, int]] = field(default_factory=set)
	headers: dict[str, str] = field(default_factory=dict)

	def sees(self, mark: Mark) -> bool:
		"""Whether his roles, at his place, open the column that bears the mark; names of rows stand in links."""
		if mark.side != self.side:
			return False
		return mark.column == "name" or all((mark.parent, level) in self.may for level in mark.levels)


def callers(stage: Stage, base: str, citizen: str, former: Browser) -> list[Caller]:
	"""Everybody who calls, logged in at `base`."""
	there = stage.there.place
	found = [
		Caller(
			"entry user of the other directorate", staff(places.ENTRY, institution=there.institution), "there"
		),
		Caller("director of the other directorate", staff(places.CHIEF, org_unit=there.directorate), "there"),
		Caller("clerk of another role", staff(CLERK, org_unit=there.district), "there"),
		Caller("former user", former.user, "", headers=session_of(former, base)),
		Caller("citizen", citizen, ""),
		Caller("guest", "", ""),
	]
	for caller in found:
		caller.headers = caller.headers or log_in(base, caller.user)
		caller.may = readable(caller.user) if caller.side else set()
	return found


def staff(role: str, **place: str) -> str:
	"""A user of the sweep's own, so that what he does to his desk disturbs no other test."""
	frappe.set_user("Administrator")
	user = places._staff(f"sweep.{role.split()[-1]}", role, **place)
	update_password(user, PASSWORD)
	frappe.db.commit()
	return user


def readable(user: str) -> set[tuple[str, int]]:
	"""DocType and level of everything that the user's roles read, from the permission tables."""
	roles = set(frappe.get_roles(user))
	tables = frappe.get_all(
		"DocPerm", filters={"role": ["in", list(roles)], "read": 1}, fields=["parent", "permlevel"]
	)
	custom = frappe.get_all(
		"Custom DocPerm", filters={"role": ["in", list(roles)], "read": 1}, fields=["parent", "permlevel"]
	)
	return {(row.parent, row.permlevel) for row in [*tables, *custom]}


def log_in(base: str, user: str) -> dict[str, str]:
	"""Headers of a session, with the token that the desk sends."""
	browser = Browser()
	if user:
		answer = browser.session.post(
			f"{base}/api/method/login", data={"usr": user, "pwd": PASSWORD}, timeout=SECONDS
		)
		assert answer.status_code == 200, answer.text[:300]
	return session_of(browser, base)


def session_of(browser: Browser, base: str) -> dict[str, str]:
	"""Headers of a session that is there already."""
	page = browser.session.get(f"{base}/app", headers={"Accept": "text/html"}, timeout=SECONDS)
	found = TOKEN.search(page.text)
	cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.session.cookies)
	return {"Cookie": cookies} | ({"X-Frappe-CSRF-Token": found[1]} if found else {})


@dataclass
class Answer:
	"""What came back."""

	status: int
	headers: str
	body: bytes
	kind: str


class Line:
	"""A connection pool to one web process, usable from several threads."""

	def __init__(self, base: str, threads: int) -> None:
		self.base, self.threads = base, threads
		self.pool = urllib3.PoolManager(maxsize=threads, block=True)

	def send(self, caller: Caller, verb: str, path: str, query: dict, form: dict, data: str) -> Answer:
		"""One request; `data` is a JSON body."""
		url = f"{self.base}{path}" + (f"?{urlencode(query)}" if query else "")
		headers = {**caller.headers, "Accept": "application/json"}
		body: str | None = None
		if data:
			headers["Content-Type"], body = "application/json", data
		elif form:
			headers["Content-Type"], body = "application/x-www-form-urlencoded", urlencode(form)
		answer = self.pool.request(
			verb, url, headers=headers, body=body, redirect=False, retries=False, timeout=SECONDS
		)
		kind = answer.headers.get("Content-Type", "")
		return Answer(answer.status, str(dict(answer.headers)), answer.data, kind)

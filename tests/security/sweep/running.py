"""Sends every probe as every caller, several at a time, and gathers what was given away."""

import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import frappe
from isolation.records import Stage
from social_care.api.guards import policy

from security.sweep import routes
from security.sweep.answers import around, marks_in
from security.sweep.endpoints import Endpoint
from security.sweep.marks import Mark, Marks
from security.sweep.people import Answer, Caller, Line
from security.sweep.probes import FALSE, Probe, Target, of_function

# They end the session: called last, each with a session of its own.
LAST = {"logout", "web_logout"}
CLOSED, REFUSED = "closed", (401, 403, 404, 429)


@dataclass
class Leak:
	"""A mark in an answer to somebody who may not see it."""

	endpoint: str
	kind: str
	caller: str
	what: str
	around: str = ""

	def __str__(self) -> str:
		return f"{self.endpoint} ({self.kind}) as {self.caller}: {self.what} {self.around}".strip()


@dataclass
class Findings:
	"""What a run came to."""

	leaks: list[Leak] = field(default_factory=list)
	statuses: Counter = field(default_factory=Counter)
	requests: Counter = field(default_factory=Counter)
	endpoints: set[str] = field(default_factory=set)
	reached: dict[str, set[str]] = field(default_factory=dict)
	seen: dict[str, set[Mark]] = field(default_factory=dict)
	slow: list[tuple[float, str, str]] = field(default_factory=list)

	def summary(self) -> str:
		"""The figures, a line each."""
		answers = ", ".join(f"{status}: {number}" for status, number in sorted(self.statuses.items()))
		total = sum(self.requests.values())
		rows = [
			f"{len(self.endpoints)} endpoints × {len(self.requests)} users, {total} probes",
			f"answers: {answers}",
		]
		return "\n".join([*rows, f"leaks: {len(self.leaks)}"])


class Sweep:
	"""One run against one web process."""

	def __init__(
		self,
		marks: Marks,
		callers: list[Caller],
		endpoints: list[Endpoint],
		line: Line,
		stage: Stage,
		listed: bool = True,
	) -> None:
		"""`listed` says that the list of endpoints is in force at the other end of the line."""
		self.listed = listed
		self.marks, self.callers, self.endpoints, self.line, self.stage = (
			marks,
			callers,
			endpoints,
			line,
			stage,
		)
		self.pattern = marks.pattern()
		self.found = Findings()

	def run(self, records: bool = True) -> Findings:
		"""Everything, as everybody; without `records` nothing that would change a row."""
		work = [(caller, probe) for caller in self.callers for probe in self.probes(caller, records)]
		work.sort(key=lambda pair: pair[1].endpoint)  # so that the users take turns
		with ThreadPoolExecutor(self.line.threads) as pool:
			list(pool.map(lambda pair: self.ask(*pair), work))
		return self.found

	def probes(self, caller: Caller, records: bool) -> Iterator[Probe]:
		"""What one caller asks."""
		target = self.target(caller)
		yield from routes.of_lists(self.marks)
		yield from routes.of_files(self.marks, "here")
		yield from routes.of_columns(target, ["nickname"])
		if records:
			yield from routes.of_pages(target)
			yield from routes.of_later_versions(target)
			yield from routes.of_records(target)
		for endpoint in self.called():
			yield from self.of_endpoint(caller, endpoint, target)
		if caller.label.startswith("clerk"):
			yield from self.own_side(caller)

	def of_endpoint(self, caller: Caller, endpoint: Endpoint, target: Target) -> Iterator[Probe]:
		"""All its probes; where the list of endpoints closes it to the caller, one that must be refused."""
		found = routes.of_document(endpoint, target) if endpoint.doctype else of_function(endpoint, target)
		if self.listed and closed_to(caller, endpoint):
			yield replace(next(found), kind=CLOSED, twin=None)
		else:
			yield from found

	def own_side(self, caller: Caller) -> Iterator[Probe]:
		"""The columns above his level of the rows that he may read."""
		target = Target(
			self.marks, "there", "Child", "mother_full_name", caller.user, self.own(caller), thorough=False
		)
		hidden = [
			df.fieldname
			for df in frappe.get_meta("Child").fields
			if ("Child", df.permlevel or 0) not in caller.may
		]
		yield from routes.of_columns(
			target, [name for name in hidden if self.marks.of("there", "Child", name)]
		)
		yield from routes.of_files(self.marks, "there")
		for endpoint in self.called():
			if not endpoint.doctype and not (self.listed and closed_to(caller, endpoint)):
				yield from (
					probe for probe in of_function(endpoint, target) if probe.kind in ("name", "filter")
				)

	def called(self) -> list[Endpoint]:
		"""Endpoints that leave the session as it is."""
		return [one for one in self.endpoints if one.path.rpartition(".")[2] not in LAST]

	def target(self, caller: Caller) -> Target:
		"""The child of the other side, by a column that everybody reads who may read the file."""
		chief = self.stage.here.place.chief
		thorough = caller.label.startswith("entry")
		return Target(self.marks, "here", "Child", "nickname", chief, self.own(caller), thorough)

	def own(self, caller: Caller) -> tuple[str, str]:
		return (
			("Child", self.marks.name("there", "Child")) if caller.side else ("User", caller.user or "Guest")
		)

	def ask(self, caller: Caller, probe: Probe) -> Answer:
		"""Send a probe, look at the answer, and at what it opened."""
		answer = self.send(caller, probe)
		self.note(caller, probe, answer)
		if probe.twin and self.tells_apart(caller, probe, answer):
			self.found.leaks.append(
				Leak(probe.endpoint, probe.kind, caller.label, "tells whether a value is right")
			)
		if probe.kind == "file" and answer.status == 200 and not probe.path.startswith("/private"):
			self.harvest(caller, probe)
		return answer

	def send(self, caller: Caller, probe: Probe) -> Answer:
		return self.line.send(caller, probe.verb, probe.path, probe.query, probe.form, probe.data)

	def note(self, caller: Caller, probe: Probe, answer: Answer) -> None:
		"""Count the answer and keep what it gave away."""
		found = self.found
		found.statuses[answer.status] += 1
		found.requests[caller.label] += 1
		found.endpoints.add(probe.endpoint)
		if answer.status == 200:
			found.reached.setdefault(caller.label, set()).add(probe.endpoint)
		if probe.kind == CLOSED and answer.status not in REFUSED:
			found.leaks.append(
				Leak(probe.endpoint, CLOSED, caller.label, f"is closed, and answered {answer.status}")
			)
		assert b"CSRFTokenError" not in answer.body, (caller.label, probe)
		for text in marks_in(answer, self.pattern):
			self.weigh(caller, probe, text, answer)

	def weigh(self, caller: Caller, probe: Probe, text: str, answer: Answer) -> None:
		"""A mark came back: allowed, an echo, or a leak."""
		mark = self.marks.known.get(text)
		if not mark:
			return
		if caller.sees(mark):
			self.found.seen.setdefault(caller.label, set()).add(mark)
		elif text not in probe.asked:
			what = f"{mark.side} {mark.doctype}.{mark.column} {sorted(mark.levels)}"
			self.found.leaks.append(
				Leak(probe.endpoint, probe.kind, caller.label, what, around(answer, text))
			)

	def tells_apart(self, caller: Caller, probe: Probe, first: Answer) -> bool:
		"""Whether the right value is answered otherwise than a wrong one, and again so."""
		if self.plain(probe, first) == self.plain(probe, self.send(caller, probe.twin)):
			return False
		again = [self.plain(probe, self.send(caller, one)) for one in (probe, probe.twin, probe)]
		return again[0] == again[2] != again[1]

	def plain(self, probe: Probe, answer: Answer) -> tuple[int, bytes]:
		"""An answer without the values that were asked."""
		body = answer.body
		for word in {*self.pattern.findall(probe.asked.encode()), FALSE.encode()}:
			body = body.replace(word, b"")
		return answer.status, body

	def harvest(self, caller: Caller, cause: Probe) -> None:
		"""After a request about another's file: can it now be read, or a copy of it?"""
		query = {"fields": '["file_url"]', "order_by": "creation desc", "limit_page_length": "3"}
		answer = self.send(caller, Probe(cause.endpoint, "", "GET", "/api/resource/File", query=query))
		rows = json.loads(answer.body).get("data", []) if answer.status == 200 else []
		copies = {row["file_url"] for row in rows if (row.get("file_url") or "").startswith("/private/")}
		for address in {self.marks.addresses["here"][0], *copies}:
			opened = Probe(cause.endpoint, "what it opened", "GET", address)
			self.note(caller, opened, self.send(caller, opened))


def closed_to(caller: Caller, endpoint: Endpoint) -> bool:
	"""Whether the list of endpoints closes a function to a caller, whatever he says to it."""
	function = endpoint.function
	name = f"{function.__module__}.{function.__qualname__}" if endpoint.doctype else endpoint.path
	kinds = policy.KINDS
	return kinds.index(policy.kind_of(caller.user or "Guest")) < kinds.index(policy.open_to(name))

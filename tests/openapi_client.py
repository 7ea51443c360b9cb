"""A client that knows of the interface only its description (schemathesis), and what it found."""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
	content_type_conformance,
	negative_data_rejection,
	response_headers_conformance,
	response_schema_conformance,
	status_code_conformance,
)

URL = os.environ.get("TEST_URL", "")
DOCUMENT = "/api/method/social_care.api.openapi.document"
CHECKS = [
	not_a_server_error,
	status_code_conformance,
	content_type_conformance,
	response_headers_conformance,
	response_schema_conformance,
	negative_data_rejection,
]
# 417 is the framework's word for what cannot be taken.
CONFIG = {
	"checks": {
		"negative_data_rejection": {"expected-statuses": [400, 401, 403, 404, 409, 413, 414, 415, 417, 429]}
	}
}


@dataclass
class Client:
	"""One reader of the description, with his keys. `examples` are tried of each operation and kind of values."""

	headers: dict[str, str]
	examples: int
	answered: dict[str, Counter] = field(default_factory=dict)
	wrong: list[str] = field(default_factory=list)
	seconds: Counter = field(default_factory=Counter)

	def told(self, **arguments: str) -> dict:
		"""The document that the reader gets."""
		answer = requests.get(URL + DOCUMENT, headers=self.headers, params=arguments, timeout=60)
		assert answer.status_code == 200, answer.text[:300]
		return answer.json()

	def operations(self, services: set[str]) -> Iterator[schemathesis.APIOperation]:
		"""What the document names: the operations of these services; with none, those that belong to no service."""
		whole = self.told()
		codes = {tag["name"] for tag in whole["tags"] if "x-code" in tag}
		for found in described(whole).get_all_operations():
			operation = found.ok()
			tags = codes & set(operation.definition.raw["tags"])
			if tags & services if services else not tags:
				yield operation

	def call(self, operation: schemathesis.APIOperation, mode: GenerationMode, **fixed: dict) -> None:
		"""Call an operation with values that fit its description, or that do not. `fixed` parts are not invented."""
		answered = self.answered.setdefault(operation.label, Counter())

		def attempt(case) -> None:
			begun = time.perf_counter()
			answer = case.call(base_url=URL, headers=self.headers)
			self.seconds["calls"] += time.perf_counter() - begun
			answered[answer.status_code] += 1
			self.check(case, answer)

		begun = time.perf_counter()
		self.each(operation, mode, attempt, **fixed)
		self.seconds["in all"] += time.perf_counter() - begun

	def each(self, operation, mode: GenerationMode, attempt: Callable, **fixed: dict) -> None:
		"""Every invented case of an operation. The same in every run."""
		bounds = settings(
			max_examples=self.examples,
			derandomize=True,
			database=None,
			deadline=None,
			phases=[Phase.generate],
			suppress_health_check=list(HealthCheck),
		)
		cases = operation.as_strategy(generation_mode=mode, **fixed)
		bounds(given(case=cases)(lambda case: attempt(case)))()

	def check(self, case, answer) -> None:
		"""Note what of an answer is not as described."""
		try:
			case.validate_response(answer, checks=CHECKS)
		except FailureGroup as failures:
			told = [str(failure).partition("\n")[0] for failure in failures.exceptions]
			self.wrong.append(f"{', '.join(told)}: {answer.status_code} {shown(answer)}")

	def summary(self) -> str:
		"""Answers by operation and status, and the time."""
		lines = [f"{label}: {dict(sorted(found.items()))}" for label, found in self.answered.items()]
		total: Counter = sum(self.answered.values(), Counter())
		seconds = {name: round(value, 1) for name, value in self.seconds.items()}
		return "\n".join([*lines, f"{sum(total.values())} calls: {dict(sorted(total.items()))}, {seconds} s"])


def described(document: dict) -> schemathesis.BaseSchema:
	return schemathesis.openapi.from_dict(document, config=schemathesis.Config.from_dict(CONFIG))


def hold(operation: schemathesis.APIOperation, answer) -> None:
	"""The answer's status is described, and its body fits."""
	assert str(answer.status_code) in operation.definition.raw["responses"], shown(answer)
	operation.validate_response(answer)


def shown(answer) -> str:
	"""What was sent and answered, for whoever reads the failure."""
	sent = answer.request
	return f"{sent.method} {sent.url} {str(sent.body)[:300]} → {answer.text[:300]}"

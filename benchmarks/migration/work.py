"""What one worker process does: whatever is left of the campaign, from wherever an earlier one was ended."""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from migration.site import BENCH, TITLE

PROGRAM = BENCH / "benchmarks" / "migrate_beneficiaries.py"


def start(arguments: argparse.Namespace, path: Path) -> subprocess.Popen:
	command = [sys.executable, str(PROGRAM), "--site", arguments.site, "--work", str(path)]
	return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def worker(path: str) -> None:
	"""Whatever is left to do of the campaign, from wherever an earlier worker was ended."""
	from social_care.cash_support import decisions, loading, receiving  # noqa: F401 - a worker has its modules
	from social_care.tests import beneficiary_cases  # noqa: F401

	steps: dict[str, float] = {}
	batch = timed(steps, "receive", lambda: received(Path(path)))
	timed(steps, "load", lambda: loaded(batch))
	decision = timed(steps, "propose", lambda: proposed(batch))
	timed(steps, "move", lambda: moved(decision))
	peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
	print(json.dumps({"steps": steps, "peak": peak}))


def timed(steps: dict[str, float], name: str, function: Callable):
	began = time.perf_counter()
	answer = function()
	steps[name] = time.perf_counter() - began
	return answer


def received(path: Path) -> str:
	import frappe
	from social_care.cash_support import lists, receiving
	from social_care.tests.beneficiary_cases import campaign

	name = frappe.db.get_value("Beneficiary Review Campaign", {"title": TITLE}) or campaign(title=TITLE)
	found = frappe.db.get_value("Beneficiary Import Batch", {"campaign": name})
	if not found:
		with path.open("rb") as source, not_queued():
			found = receiving.receive(lists.BENEFICIARIES, name, path.name, source).name
		frappe.db.commit()
	return found


def not_queued():
	from unittest.mock import patch

	import frappe

	return patch.object(frappe, "enqueue")


def loaded(batch: str) -> None:
	from social_care.cash_support import loading

	loading.run(batch)
	expect("Beneficiary Import Batch", batch, ("Finished",))


def proposed(batch: str) -> str:
	import frappe
	from social_care.cash_support import decisions, places

	campaign = frappe.db.get_value("Beneficiary Import Batch", batch, "campaign")
	name = frappe.db.get_value("Beneficiary Decision", {"campaign": campaign})
	if not name:
		with not_queued():
			name = decisions.propose(
				campaign, places.root(), "Move", "مستوفون للشروط", result="No Finding"
			).name
		frappe.db.commit()
	decisions.run(name)
	expect("Beneficiary Decision", name, ("Proposed", "Approved", "Applied"))
	return name


def moved(decision: str) -> None:
	import frappe
	from social_care.cash_support import decisions

	if frappe.db.get_value("Beneficiary Decision", decision, "status") == "Proposed":
		frappe.db.set_value("Beneficiary Decision", decision, "proposed_by", "Guest")  # another's signature
		with not_queued():
			decisions.decide(decision, True)
		frappe.db.commit()
	decisions.run(decision)
	expect("Beneficiary Decision", decision, ("Applied",))


def expect(doctype: str, name: str, states: tuple[str, ...]) -> None:
	"""End without success where another worker still has the lock."""
	import frappe

	if frappe.db.get_value(doctype, name, "status") not in states:
		sys.exit(3)

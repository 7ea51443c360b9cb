"""What the request guards and the checks of a save cost: list, open and save of Child with and without them.

	env/bin/python benchmarks/guard.py [--rounds 150] [--site test.localhost]

Two web processes of the benchmark's own serve the same site with the same framework and the same row scope; one of them
leaves the guards out. An entry user asks both in turns over kept-alive connections, so that the machine's mood falls on
both alike. Printed are the medians in milliseconds and their ratio; the aim is at most 1.05.
"""

import argparse
import json
import os
import statistics
import sys
import time
from pathlib import Path

import requests

BENCH = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(BENCH / "apps" / "social_care"), str(BENCH / "tests"), str(BENCH)]
os.environ.setdefault("BENCH_ROOT", str(BENCH))
from save_child import connect  # noqa: E402
from security.sweep import web  # noqa: E402

PASSWORD = "Kg7!benchmark-only-Zq"
WARM = 10
COLUMNS = ["name", "full_name", "file_state", "institution", "birth_date", "modified"]
AIM = 1.05


def main() -> None:
	arguments = parse_arguments()
	user, child = prepare(connect(arguments.site))
	with (
		web.process(web.SERVED, 1, site=arguments.site) as guarded,
		web.process(web.WITHOUT_GUARDS, 1, site=arguments.site) as bare,
	):
		sessions = {"with": log_in(guarded, user), "without": log_in(bare, user)}
		report(measure(sessions, {"with": guarded, "without": bare}, child, arguments.rounds))


def parse_arguments() -> argparse.Namespace:
	parser = argparse.ArgumentParser(
		description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
	)
	parser.add_argument("--rounds", type=int, default=150)
	parser.add_argument("--site", default="test.localhost")
	return parser.parse_args()


def prepare(frappe) -> tuple[str, str]:
	"""An institution with twenty children and its entry user; one of the files is his to change."""
	from frappe.utils.password import update_password
	from social_care.tests import factories, places

	unit = factories.org_unit()
	house = factories.institution(unit.name, licensed_capacity=100)
	user = factories.staff(places.ENTRY, institution=house.name)
	update_password(user, PASSWORD)
	frappe.set_user(user)
	names = [factories.child(house.name).name for _ in range(20)]
	frappe.db.commit()
	return user, names[0]


def log_in(base: str, user: str) -> requests.Session:
	session = requests.Session()
	session.headers["Accept"] = "application/json"
	session.post(f"{base}/api/method/login", data={"usr": user, "pwd": PASSWORD}).raise_for_status()
	return session


def measure(sessions: dict, bases: dict, child: str, rounds: int) -> dict[tuple[str, str], list[float]]:
	"""Times of each action with and without; who comes first changes with each round."""
	times: dict[tuple[str, str], list[float]] = {}
	for number in range(rounds + WARM):
		sides = ("with", "without") if number % 2 else ("without", "with")
		for action, ask in actions(child, number).items():
			for side in sides:
				taken = timed(sessions[side], bases[side], ask)
				if number >= WARM:
					times.setdefault((action, side), []).append(taken)
	return times


def actions(child: str, number: int) -> dict[str, tuple[str, str, dict]]:
	"""What the desk sends for a list, a form and a save: verb, path, values."""
	columns = json.dumps([f"`tabChild`.`{column}`" for column in COLUMNS])
	listed = {
		"doctype": "Child",
		"fields": columns,
		"filters": "[]",
		"order_by": "`tabChild`.`modified` desc",
	}
	page = listed | {"start": "0", "page_length": "20", "view": "List"}
	return {
		"list": ("POST", "/api/method/frappe.desk.reportview.get", page),
		"open": ("GET", "/api/method/frappe.desk.form.load.getdoc", {"doctype": "Child", "name": child}),
		"save": ("PUT", f"/api/resource/Child/{child}", {"hobbies": f"كرة {number} {time.time_ns()}"}),
	}


def timed(session: requests.Session, base: str, ask: tuple[str, str, dict]) -> float:
	verb, path, values = ask
	given = {"GET": {"params": values}, "POST": {"data": values}, "PUT": {"json": values}}[verb]
	started = time.perf_counter()
	answer = session.request(verb, base + path, **given)
	taken = time.perf_counter() - started
	if not answer.ok:
		sys.exit(f"{path}: {answer.status_code} {answer.text[:500]}")
	return taken


def report(times: dict[tuple[str, str], list[float]]) -> None:
	print(f"{'':8}{'with ms':>10}{'without ms':>12}{'ratio':>8}   aim {AIM}")
	for action in ("list", "open", "save"):
		guarded, bare = (statistics.median(times[action, side]) * 1000 for side in ("with", "without"))
		print(f"{action:8}{guarded:10.1f}{bare:12.1f}{guarded / bare:8.3f}")


if __name__ == "__main__":
	main()

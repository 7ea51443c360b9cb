"""Saving a Child through REST against saving a plain DocType with the same fields, in one run on one site.

	env/bin/python benchmarks/save_child.py [--rounds 60] [--site test.localhost] [--url http://127.0.0.1:8001]

Both are saved by the same user over the same kept-alive connection, in turns, so that the machine's mood falls on
both alike. Printed are the medians in milliseconds and their ratio, for registering (POST) and changing (PUT).
"""

import argparse
import json
import secrets
import statistics
import sys
import time
from pathlib import Path

import requests

BENCH = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BENCH / "apps" / "social_care"))
PLAIN = "Plain Record for Benchmark"
DROPPED = ("Tab Break",)


def main() -> None:
	arguments = parse_arguments()
	frappe = connect(arguments.site)
	place = prepare(frappe)
	session = log_in(arguments)
	times = measure(session, arguments, place)
	report(times)
	clean_up(frappe)


def parse_arguments() -> argparse.Namespace:
	parser = argparse.ArgumentParser(
		description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
	)
	ports = json.loads((BENCH / "var" / "ports.json").read_text())
	parser.add_argument("--rounds", type=int, default=60)
	parser.add_argument("--site", default="care.localhost")
	parser.add_argument("--url", default=f"http://127.0.0.1:{ports['web']}")
	parser.add_argument(
		"--password", default=json.loads((BENCH / "sites" / "bench.json").read_text())["admin_password"]
	)
	return parser.parse_args()


def connect(site: str):
	import os

	os.chdir(BENCH / "sites")
	import frappe

	frappe.init(site=site, sites_path=".")
	frappe.connect()
	frappe.set_user("Administrator")
	return frappe


def prepare(frappe) -> dict:
	"""The plain twin of Child, and an institution with room; returns both names."""
	from social_care.tests import factories

	make_plain_doctype(frappe)
	unit = factories.org_unit()
	house = factories.institution(unit.name, licensed_capacity=100000)
	frappe.db.commit()
	return {"institution": house.name, "unit": unit.name}


def make_plain_doctype(frappe) -> None:
	"""Child's fields, tables and change tracking in a DocType without any code of ours."""
	if frappe.db.exists("DocType", PLAIN):
		return
	meta = frappe.get_meta("Child")
	kept = (
		"fieldname",
		"fieldtype",
		"label",
		"options",
		"reqd",
		"permlevel",
		"search_index",
		"default",
		"in_list_view",
	)
	fields = [
		{key: df.get(key) for key in kept}
		for df in meta.fields
		if not df.get("is_virtual") and df.fieldname != "naming_series"
	]
	doctype = {
		"doctype": "DocType",
		"name": PLAIN,
		"module": "Custom",
		"custom": 1,
		"autoname": "PLAIN-.#######",
		"track_changes": 1,
		"track_views": 1,
		"fields": fields,
		"permissions": [{"role": "System Manager", "read": 1, "write": 1, "create": 1, "delete": 1}],
	}
	frappe.get_doc(doctype).insert()


def log_in(arguments: argparse.Namespace) -> requests.Session:
	session = requests.Session()
	session.headers["Host"] = arguments.site
	answer = session.post(
		f"{arguments.url}/api/method/login", data={"usr": "Administrator", "pwd": arguments.password}
	)
	answer.raise_for_status()
	return session


def measure(session: requests.Session, arguments: argparse.Namespace, place: dict) -> dict[str, list[float]]:
	from social_care.tests import factories

	times: dict[str, list[float]] = {"Child POST": [], "plain POST": [], "Child PUT": [], "plain PUT": []}
	for number in range(arguments.rounds + 5):
		values = unlike_any_other(factories.child_values(place["institution"]))
		for label, doctype in (("Child", "Child"), ("plain", PLAIN)):
			name, taken = timed(
				session.post, f"{arguments.url}/api/resource/{doctype}", values | {"doctype": doctype}
			)
			_name, changed = timed(
				session.put, f"{arguments.url}/api/resource/{doctype}/{name}", {"hobbies": f"كرة {number}"}
			)
			if number >= 5:
				times[f"{label} POST"].append(taken)
				times[f"{label} PUT"].append(changed)
	return times


def unlike_any_other(values: dict) -> dict:
	"""A child of a name of its own and without a number, so that no run meets the children of an earlier one."""
	own = {
		"grandfather_name": secrets.token_hex(6),
		"national_number": "",
		"national_number_status": "In Process",
	}
	return values | own


def timed(send, url: str, values: dict) -> tuple[str, float]:
	started = time.perf_counter()
	answer = send(url, json=values)
	taken = time.perf_counter() - started
	if not answer.ok:
		sys.exit(f"{url}: {answer.status_code} {answer.text[:500]}")
	return answer.json()["data"]["name"], taken


def report(times: dict[str, list[float]]) -> None:
	medians = {label: statistics.median(values) * 1000 for label, values in times.items()}
	print(f"{'':10}{'Child ms':>10}{'plain ms':>10}{'ratio':>8}")
	for verb in ("POST", "PUT"):
		child, plain = medians[f"Child {verb}"], medians[f"plain {verb}"]
		print(f"{verb:10}{child:10.1f}{plain:10.1f}{child / plain:8.2f}")


def clean_up(frappe) -> None:
	"""Drop the twin; the children stay in an institution of their own on this (test) site."""
	frappe.delete_doc("DocType", PLAIN, force=True)
	frappe.db.commit()


if __name__ == "__main__":
	main()

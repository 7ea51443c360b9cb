"""Sending requests of a service through REST against inserting rows of a plain DocType with the same fields, in one run.

	env/bin/python benchmarks/service_request.py [--rounds 1000] [--service SC-07] [--site care.localhost]

Both are sent by the same social worker over the same kept-alive connection, in turns, so that the machine's mood falls
on both alike. The plain rows bring the same fields and the same rows of papers, conditions and path that the request
ends up with. Printed are medians in milliseconds, their ratio, and how many statements the database was sent for one
call of each kind (by its own counter, so nothing else may be using it), before and after all the others.
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
sys.path.insert(0, str(BENCH / "apps" / "social_care"))
PLAIN = "Plain Request for Benchmark"
WORKER, PASSWORD = "benchmark.worker@test.invalid", "Bench-2f7c-long-enough"
KEPT = ("fieldname", "fieldtype", "label", "options", "permlevel", "search_index", "in_list_view", "length")


def main() -> None:
	arguments = parse_arguments()
	frappe = connect(arguments.site)
	place, doctype = prepare(frappe, arguments.service)
	session = log_in(arguments)
	before = statements(session, arguments, place, doctype, frappe)
	times = measure(session, arguments, place, doctype, frappe)
	report(times)
	after = statements(session, arguments, place, doctype, frappe)
	for label in before:
		print(f"{label:<8} {before[label]:8.1f} statements a call, {after[label]:.1f} after all others")


def parse_arguments() -> argparse.Namespace:
	parser = argparse.ArgumentParser(
		description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
	)
	ports = json.loads((BENCH / "var" / "ports.json").read_text())
	parser.add_argument("--rounds", type=int, default=1000)
	parser.add_argument("--service", default="SC-07")
	parser.add_argument("--site", default="care.localhost")
	parser.add_argument("--url", default=f"http://127.0.0.1:{ports['web']}")
	return parser.parse_args()


def connect(site: str):
	os.chdir(BENCH / "sites")
	import frappe

	frappe.init(site=site, sites_path=".")
	frappe.connect()
	frappe.set_user("Administrator")
	return frappe


def prepare(frappe, service: str) -> tuple[dict, str]:
	"""The published service, its plain twin, and a social worker of an institution."""
	from social_care.services import versions
	from social_care.services.compiler.from_files import compile_packs
	from social_care.tests import factories

	if not versions.published_version(service):
		compile_packs([service])
	doctype = frappe.db.get_value("Service", service, "request_type")
	make_plain(frappe, doctype)
	unit = factories.org_unit()
	house = factories.institution(unit.name, licensed_capacity=100000)
	if not frappe.db.exists("User", WORKER):
		factories.user("benchmark.worker", WORKER)
	factories.assign(WORKER, "Institution Social Worker", institution=house.name)
	from frappe.utils.password import update_password

	update_password(WORKER, PASSWORD)
	frappe.db.commit()
	return {"institution": house.name, "org_unit": unit.name}, doctype


def make_plain(frappe, doctype: str) -> None:
	"""The record type's fields and tables in a DocType without any code of ours."""
	frappe.delete_doc("DocType", PLAIN, ignore_missing=True, force=True)
	frappe.db.sql_ddl(f"drop table if exists `tab{PLAIN}`")
	fields = [{key: df.get(key) for key in KEPT} for df in frappe.get_meta(doctype).fields]
	role = {"role": "Institution Social Worker", "read": 1, "write": 1, "create": 1}
	values = {
		"doctype": "DocType",
		"name": PLAIN,
		"module": "Custom",
		"custom": 1,
		"autoname": "PLAIN-.YY.-.######",
		"track_changes": 1,
		"track_views": 1,
		"fields": fields,
		"permissions": [role, *({**role, "permlevel": level, "create": 0} for level in (1, 2, 3))],
	}
	frappe.get_doc(values).insert()


def log_in(arguments: argparse.Namespace) -> requests.Session:
	session = requests.Session()
	session.headers["Host"] = arguments.site
	answer = session.post(f"{arguments.url}/api/method/login", data={"usr": WORKER, "pwd": PASSWORD})
	answer.raise_for_status()
	token = session.get(f"{arguments.url}/app").text.split('csrf_token = "')[-1].split('"')[0]
	session.headers["X-Frappe-CSRF-Token"] = token
	return session


def request_values(place: dict, number: int) -> dict:
	from frappe.utils import add_days, nowdate

	return place | {
		"applicant_name": f"سعاد محمود علي {number}",
		"applicant_phone": "01001234567",
		"applicant_birth_date": "1965-04-02",
		"permit_kind": "Day Out",
		"visit_from": add_days(nowdate(), 2),
		"stay_address": "12 شارع النصر",
		"relation_to_child": "Grandparent",
	}


def measure(session, arguments, place: dict, doctype: str, frappe) -> dict[str, list[float]]:
	times: dict[str, list[float]] = {"request": [], "plain": []}
	tables: dict = {}
	for number in range(arguments.rounds + 10):
		values = request_values(place, number)
		taken, made = timed(session, f"{arguments.url}/api/resource/{doctype}", values)
		tables = tables or rows_of(made)
		plain, _made = timed(session, f"{arguments.url}/api/resource/{PLAIN}", values | tables)
		if number >= 10:
			times["request"].append(taken)
			times["plain"].append(plain)
	return times


def rows_of(made: dict) -> dict:
	"""The rows that the system added, so that the plain twin stores as much."""
	left_out = {
		"name",
		"owner",
		"creation",
		"modified",
		"modified_by",
		"parent",
		"parentfield",
		"parenttype",
		"idx",
		"docstatus",
		"doctype",
	}
	return {
		table: [{key: value for key, value in row.items() if key not in left_out} for row in made[table]]
		for table in ("documents", "rule_results", "clock")
	}


def timed(session, address: str, values: dict) -> tuple[float, dict]:
	start = time.perf_counter()
	answer = session.post(address, json=values)
	taken = (time.perf_counter() - start) * 1000
	if answer.status_code != 200:
		sys.exit(f"{address} answered {answer.status_code}: {answer.text[:400]}")
	return taken, answer.json()["data"]


def report(times: dict[str, list[float]]) -> None:
	medians = {label: statistics.median(values) for label, values in times.items()}
	for label, value in medians.items():
		print(f"{label:<8} {value:8.1f} ms  ({len(times[label])} inserts, {sum(times[label]) / 1000:.1f} s)")
	print(f"ratio    {medians['request'] / medians['plain']:8.2f}")


def statements(session, arguments, place: dict, doctype: str, frappe, calls: int = 10) -> dict[str, float]:
	"""Statements of one call as the database counts them."""
	_taken, made = timed(session, f"{arguments.url}/api/resource/{doctype}", request_values(place, 1))
	tables, found = rows_of(made), {}
	for label, kind, more in (("request", doctype, {}), ("plain", PLAIN, tables)):
		begun = counted(frappe)
		for number in range(calls):
			timed(session, f"{arguments.url}/api/resource/{kind}", request_values(place, number) | more)
		found[label] = (counted(frappe) - begun - 1) / calls  # less the question itself
	return found


def counted(frappe) -> int:
	return int(frappe.db.sql("show global status like 'Questions'")[0][1])


if __name__ == "__main__":
	main()

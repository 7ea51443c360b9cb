"""All of it again, while worker and MariaDB are killed."""

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from migration.site import BENCH, TABLES, TITLE, connect
from migration.work import start

DATABASE_TRIES = 120


def killed(arguments: argparse.Namespace, path: Path) -> float:
	"""Do all of it again while worker and MariaDB are killed in turn; the seconds it took."""
	began, chance = time.perf_counter(), random.Random(7)
	goals = [arguments.rows * 2 * (place + 1) / (arguments.kills + 1) for place in range(arguments.kills)]
	for place, goal in enumerate(goals):
		process = start(arguments, path)
		wait_for(arguments.site, process, goal)
		time.sleep(chance.random())
		kill(arguments.site, process, whole_database=bool(place % 2))
	while (process := start(arguments, path)).wait() != 0:
		error = process.stderr.read()
		if process.returncode != 3:
			sys.exit(error[-3000:])
		time.sleep(1)
	connect(arguments.site)
	return time.perf_counter() - began


def wait_for(site: str, process: subprocess.Popen, goal: float) -> None:
	"""Until so much is done: a row loaded and a row moved count one each."""
	while process.poll() is None and done(site) < goal:
		time.sleep(0.2)


def done(site: str) -> float:
	import frappe

	frappe.db.rollback()
	batch = frappe.db.sql(
		"""select batch.`rows_read`, ifnull(sum(decision.`rows_count` + decision.`rows_done`), 0)
		from `tabBeneficiary Import Batch` batch join `tabBeneficiary Review Campaign` campaign on campaign.`name` = batch.`campaign`
		left join `tabBeneficiary Decision` decision on decision.`campaign` = batch.`campaign`
		where campaign.`title` = %s group by batch.`name`""",
		TITLE,
	)
	return float(batch[0][0] + batch[0][1] / 2) if batch else 0


def kill(site: str, process: subprocess.Popen, whole_database: bool) -> None:
	at = done(site)
	if whole_database:
		restart_database(site)
	else:
		process.send_signal(signal.SIGKILL)
	process.wait()
	what = "MariaDB" if whole_database else "worker"
	print(f"killed: {what} after {at:,.0f} steps (the worker ended with {process.returncode})", flush=True)


def restart_database(site: str) -> None:
	"""SIGKILL to this bench's own MariaDB, and its start, which recovers what was committed."""
	from engine import services
	from engine.errors import EngineError
	from engine.progress import Progress

	if not services.database().private:
		sys.exit("the database is not this bench's own")
	pid = int((BENCH / "var" / "run" / "mariadb.pid").read_text())
	os.kill(pid, signal.SIGKILL)
	while Path(f"/proc/{pid}").exists() and "Z" not in Path(f"/proc/{pid}/stat").read_text().split()[2]:
		time.sleep(0.1)
	folder = Path.cwd()
	os.chdir(BENCH)
	for attempt in range(DATABASE_TRIES):
		try:
			services.start(Progress())
			break
		except EngineError:  # sockets of the old server still lie on its port
			if attempt == DATABASE_TRIES - 1:
				raise
			time.sleep(1)
	os.chdir(folder)
	connect(site)


def compare(first: dict, second: dict, kills: int, seconds: float) -> None:
	for doctype in TABLES:
		same = (
			"the same"
			if first[doctype] == second[doctype]
			else f"DIFFERS: {first[doctype]} {second[doctype]}"
		)
		print(f"{doctype:28}{int(second[doctype][0]):>10,} rows  {same}")
	print(f"killed {kills} times; {seconds:.0f} s until the end")
	if first != second:
		sys.exit(1)

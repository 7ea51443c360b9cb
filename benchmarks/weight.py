"""What desk pages cost an institution's user on the line: bytes and requests, on the first and on a second visit.

	env/bin/python benchmarks/weight.py [--site test.localhost]

A web process of the benchmark's own serves the site. An entry user opens the workspace, the list of children and one
child's file, closes the window, and does the same again in a new one with the browser's cache and storage as they were
left. Printed are requests and kB as received (compressed, headers included), by kind.
"""

import argparse
import os
import sys
from pathlib import Path

BENCH = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(BENCH / "apps" / "social_care"), str(BENCH / "tests"), str(BENCH)]
os.environ.setdefault("BENCH_ROOT", str(BENCH))
from guard import log_in, prepare  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402
from save_child import connect  # noqa: E402
from security.sweep import web  # noqa: E402

PAGES = ("workspace", "list", "form")
KINDS = ("page", "script", "style", "font", "picture", "data", "other")


def main() -> None:
	parser = argparse.ArgumentParser(
		description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
	)
	parser.add_argument("--site", default="test.localhost")
	site = parser.parse_args().site
	user, child = prepare(connect(site))
	with web.process(web.SERVED, 1, site=site) as base, sync_playwright() as playwright:
		os.environ["TEST_URL"] = base
		cookies = log_in(base, user).cookies.get_dict()
		browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
		report(measure(browser, base, cookies, child))
		browser.close()


def measure(browser: Browser, base: str, cookies: dict[str, str], child: str) -> list[dict]:
	"""Weights of the pages, visit by visit."""
	from tests.browser.desk import Desk
	from tests.browser.watch import Watch
	from tests.browser.weight import Scale, visit

	context = browser.new_context(locale="ar-EG", viewport={"width": 1366, "height": 850})
	context.add_cookies([{"name": name, "value": value, "url": base} for name, value in cookies.items()])
	visits = []
	for _ in range(2):
		page = context.new_page()
		visits.append(visit(Desk(context, page, Watch()), Scale(page), child))
		page.close()
	return visits


def report(visits: list[dict]) -> None:
	print("| Visit | Page | Requests | kB | " + " | ".join(KINDS) + " |")
	print("|---|---|---|---|" + "---|" * len(KINDS))
	for number, weights in enumerate(visits, 1):
		for page in PAGES:
			weight = weights[page]
			kinds = [f"{weight.requests[kind]} · {weight.received[kind] / 1000:.0f}" for kind in KINDS]
			cells = [number, page, weight.requests.total(), f"{weight.total / 1000:.0f}", *kinds]
			print("| " + " | ".join(map(str, cells)) + " |")


if __name__ == "__main__":
	main()

"""What axe-core finds on a page as it stands: the rules of WCAG 2.1 A and AA, and axe's own good practice."""

from functools import cache

from playwright.sync_api import Page

from engine import paths

SCRIPT = paths.ROOT / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = ("serious", "critical")
RUN = """(without) => axe.run({ exclude: without.map((selector) => [selector]) }, {
	resultTypes: ["violations"],
	runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
}).then(({ violations }) => violations.map(({ id, impact, nodes }) => ({
	id, impact, nodes: nodes.map(({ target, html, any }) => ({
		target: target.join(" "), html: html.slice(0, 160), why: any.map(({ message }) => message).join(" ").slice(0, 200),
	})),
})))"""


@cache
def _script() -> str:
	return SCRIPT.read_text(encoding="utf-8")


def grave(page: Page, without: tuple[str, ...] = ()) -> list[str]:
	"""Violations of impact "serious" or "critical", a line each; `without` are selectors that are not looked at."""
	if not page.evaluate("!!window.axe"):
		page.evaluate(_script())
	found = page.evaluate(RUN, list(without))
	return [
		f"{rule['id']}: {node['target']} {node['html']} {node['why']}"
		for rule in found
		if rule["impact"] in GRAVE
		for node in rule["nodes"]
	]

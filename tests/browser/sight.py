"""What a user can read on a page, and which of it is not Arabic though it should be."""

import re

from playwright.sync_api import Page

# Latin that an Arabic user meets rightly. Everything else on a screen is a text that was left in English.
ALLOWED = {
	r"[\w.+-]+@[\w.-]+": "addresses of e-mail",
	r"https?://\S+|/(private/)?files/\S+": "addresses of files and pages",
	r"\S+\.(png|jpe?g|pdf|csv|xlsx)\b": "names of files",
	r"\b[A-Z]{1,4}-[\w-]*\d[\w-]*": "codes of records",
	r"\b(HQ|EG)\b": "the code of the headquarters, of the country",
	r"\b(Ctrl|Shift|Alt|Esc|Enter|Meta|Cmd|Tab)\b( ?\+ ?\S+)*": "keys, as they are printed on keyboards",
	r"\b(PDF|CSV|Excel|XLSX|QR|SMS|API|HTML|CSS|JSON|ID)\b": "technical names without an Arabic form",
	r"\b(AB|[ABO])[+-]": "blood groups",
	r"\b[dmyhs]{2,4}[-/:][dmyhs]{2}([-/:][dmyhs]{2,4})?\b": "patterns of dates",
	r"\bSOS\b": "a name of an organisation",
	r"\b[0-9a-f]{10}\b": "names of rows that have no code",
	r"\bAdministrator\b": "the name of the framework's first user",
	r"^DF$": "PDF, of which the first letter is underlined and so stands apart",
	r"Filter based on .*": "a tooltip that the table's library writes in English",
}
LATIN = re.compile(r"[A-Za-z]{2,}(?:[ '’-][A-Za-z]+)*")
READ = """() => {
	const shown = (node) => {
		const box = node.getBoundingClientRect(), style = getComputedStyle(node);
		return box.width > 1 && box.height > 1 && style.visibility !== "hidden" && style.opacity !== "0";
	};
	// names of fields, which the administrator of the rules writes as the schema has them, are no texts
	const fields = "[data-fieldtype=Data][data-fieldname=field], .grid-row [data-fieldname=field]";
	// and so is the column of codes in a list
	const codes = ':is([data-filter^="name,="], [data-filter*="_code,="]), [title]:has(> [data-filter^="name,="], > [data-filter*="_code,="])';
	const skipped = `script, style, template, svg, code, pre, noscript, .visually-hidden, ${fields}, ${codes}`;
	const texts = [];
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let node = walker.nextNode(); node; node = walker.nextNode()) {
		const text = node.textContent.trim(), parent = node.parentElement;
		if (text && !parent.closest(skipped) && shown(parent)) texts.push(text);
	}
	for (const node of document.querySelectorAll("[placeholder], [title], [data-original-title]")) {
		if (node.closest(skipped) || !shown(node)) continue;
		for (const name of ["placeholder", "title", "data-original-title"]) {
			const text = node.getAttribute(name);
			if (text) texts.push(text);
		}
	}
	texts.push(document.title);
	return texts;
}"""
READ_TOO_WIDE = """() => [...document.querySelectorAll("body *")].filter((node) => {
	const box = node.getBoundingClientRect();
	return box.width && (box.left < -1 || box.right > innerWidth + 1) && getComputedStyle(node).position !== "fixed";
}).slice(0, 3).map((node) => `${node.tagName}.${node.className}`.slice(0, 90))"""


def latin(page: Page, names: tuple[str, ...] = ()) -> set[str]:
	"""English left on the page; `names` are words of the data itself."""
	return {word for text in page.evaluate(READ) for word in latin_in(text, names)}


def latin_in(text: str, names: tuple[str, ...] = ()) -> list[str]:
	for pattern in (*map(re.escape, names), *ALLOWED):
		text = re.sub(pattern, " ", text)
	return LATIN.findall(text)


def complaints(page: Page, names: tuple[str, ...] = ()) -> list[str]:
	"""Everything that is not as an Arabic reader needs it on the page as it now stands."""
	found = [f"English: {word}" for word in sorted(latin(page, names))]
	if page.evaluate("document.documentElement.dir || getComputedStyle(document.body).direction") != "rtl":
		found.append("not from right to left")
	return found + too_wide(page)


def too_wide(page: Page) -> list[str]:
	"""A page is never wider than its window."""
	wide, high = page.viewport_size["width"], page.viewport_size["height"]
	if page.evaluate("document.documentElement.scrollWidth") <= wide + 1:
		return []
	return [f"wider than {wide}×{high}: {page.evaluate(READ_TOO_WIDE)}"]

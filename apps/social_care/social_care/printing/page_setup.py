"""The sheet: what Frappe's print options, a print's own CSS and the site's defaults ask of the page.

Nothing here needs a site or a browser.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import tinycss2

# Width and height in millimetres, upright (ISO 216 A and B; ANSI; the names are wkhtmltopdf's).
PAPER_SIZES: dict[str, tuple[float, float]] = {
	"a0": (841, 1189),
	"a1": (594, 841),
	"a2": (420, 594),
	"a3": (297, 420),
	"a4": (210, 297),
	"a5": (148, 210),
	"a6": (105, 148),
	"a7": (74, 105),
	"a8": (52, 74),
	"a9": (37, 52),
	"b0": (1000, 1414),
	"b1": (707, 1000),
	"b2": (500, 707),
	"b3": (353, 500),
	"b4": (250, 353),
	"b5": (176, 250),
	"b6": (125, 176),
	"b7": (88, 125),
	"b8": (62, 88),
	"b9": (44, 62),
	"b10": (31, 44),
	"letter": (215.9, 279.4),
	"legal": (215.9, 355.6),
	"tabloid": (279.4, 431.8),
	"ledger": (431.8, 279.4),
	"executive": (184.15, 266.7),
	"folio": (210, 330),
	"c5e": (163, 229),
	"comm10e": (104.8, 241.3),
	"dle": (110, 220),
}
MILLIMETRES: dict[str, float] = {"": 1, "mm": 1, "cm": 10, "in": 25.4, "pt": 25.4 / 72, "px": 25.4 / 96}
DEFAULT_MARGIN = 15.0  # millimetres, as Frappe's own PDF
DEFAULT_SPACING = 4.0  # millimetres between header or footer and body
EDGE = 8.0  # millimetres between the paper's edge and header or footer
CSS_OPTIONS = (
	"margin-top",
	"margin-bottom",
	"margin-left",
	"margin-right",
	"page-size",
	"page-width",
	"page-height",
	"orientation",
	"header-spacing",
	"footer-spacing",
)


@dataclass(frozen=True)
class PageSetup:
	"""One sheet in millimetres, already turned if it lies on its side."""

	width: float
	height: float
	top: float
	right: float
	bottom: float
	left: float
	header_spacing: float = DEFAULT_SPACING
	footer_spacing: float = DEFAULT_SPACING

	@property
	def content_width(self) -> float:
		"""Width between the margins, in millimetres."""
		return self.width - self.left - self.right

	def with_bands(self, header: float, footer: float) -> "PageSetup":
		"""The same sheet with margins at least as high as its header and footer (millimetres; 0: none)."""
		top = max(self.top, EDGE + header + self.header_spacing) if header else self.top
		bottom = max(self.bottom, EDGE + footer + self.footer_spacing) if footer else self.bottom
		return PageSetup(**{**self.__dict__, "top": top, "bottom": bottom})

	def css(self) -> str:
		"""The `@page` rule of this sheet."""
		return (
			f"@page {{ size: {self.width:g}mm {self.height:g}mm; "
			f"margin: {self.top:g}mm {self.right:g}mm {self.bottom:g}mm {self.left:g}mm; }}"
		)


def millimetres(value: Any, default: float = 0.0) -> float:
	"""A length such as "15mm", "0.5in", 12 or "12" (bare numbers are millimetres); `default` if it is none."""
	match = re.fullmatch(r"\s*(\d+(?:\.\d+)?|\.\d+)\s*(mm|cm|in|pt|px|)\s*", str(value).lower())
	return float(match[1]) * MILLIMETRES[match[2]] if match else default


@lru_cache(maxsize=64)
def print_format_options(css: str) -> Mapping[str, str]:
	"""Frappe's page options in the rules of `css` whose selector is exactly `.print-format`; the last one counts."""
	options: dict[str, str] = {}
	for rule in _style_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)):
		selectors = [part.strip() for part in tinycss2.serialize(rule.prelude).split(",")]
		if ".print-format" not in selectors:
			continue
		for item in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
			if item.type == "declaration" and item.lower_name in CSS_OPTIONS:
				options[item.lower_name] = tinycss2.serialize(item.value).strip()
	return options


def _style_rules(rules: list) -> list:
	"""Style rules of a sheet, those inside `@media print` and `@media all` included."""
	found = [rule for rule in rules if rule.type == "qualified-rule"]
	for rule in rules:
		if rule.type == "at-rule" and rule.lower_at_keyword == "media" and _for_print(rule):
			found += _style_rules(tinycss2.parse_rule_list(rule.content, True, True))
	return found


def _for_print(media) -> bool:
	return bool(media.content) and tinycss2.serialize(media.prelude).strip().lower() in ("print", "all")


def page_setup(
	css_options: Mapping[str, Any], options: Mapping[str, Any], defaults: Mapping[str, Any]
) -> PageSetup:
	"""The sheet of one print. As in Frappe, the print's CSS wins over the caller's options, and those over
	the site's `defaults` (page-size, page-width, page-height of Print Settings)."""
	asked = {**_given(defaults), **_given(options), **_given(css_options)}
	width, height = _paper(asked)
	if str(asked.get("orientation", "")).strip().lower() == "landscape" and width < height:
		width, height = height, width
	margins = {
		side: millimetres(asked.get(f"margin-{side}"), DEFAULT_MARGIN)
		for side in ("top", "right", "bottom", "left")
	}
	spacing = {
		f"{band}_spacing": millimetres(asked.get(f"{band}-spacing"), DEFAULT_SPACING)
		for band in ("header", "footer")
	}
	return PageSetup(width=width, height=height, **margins, **spacing)


def _given(options: Mapping[str, Any]) -> dict[str, Any]:
	return {key: value for key, value in options.items() if value not in (None, "")}


def _paper(asked: Mapping[str, Any]) -> tuple[float, float]:
	"""Paper upright in millimetres: own width and height where both are given, else the named size, else A4."""
	width, height = millimetres(asked.get("page-width")), millimetres(asked.get("page-height"))
	if width and height:
		return width, height
	return PAPER_SIZES.get(str(asked.get("page-size", "")).strip().lower(), PAPER_SIZES["a4"])

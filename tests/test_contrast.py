"""Texts and their grounds reach 4.5:1, edges of controls and marks 3:1 (WCAG 2.1, 1.4.3 and 1.4.11), by the sheets themselves."""

import re
from functools import cache

import pytest

from engine import paths

STYLES = paths.ROOT / "apps/frappe/frappe/public/scss"
FRAMEWORK = [STYLES / "common/css_variables.scss", STYLES / "desk/avatar.scss"]
SHEETS = paths.ROOT / "apps/social_care/social_care/public/css"
VARIABLE = re.compile(r"(--[\w-]+)\s*:\s*([^;]+);")
DARK = re.compile(r"\[data-theme=\"dark\"\] \{.*?\n\}", re.DOTALL)
PILLS = (
	"blue",
	"light-blue",
	"green",
	"yellow",
	"orange",
	"red",
	"gray",
	"darkgrey",
	"purple",
	"pink",
	"cyan",
)
AVATARS = ("orange", "pink", "blue", "green", "dark-green", "red", "yellow", "purple", "gray")
ALERTS = ("danger", "warning", "info", "success")
TEXTS = [
	("#ffffff", "--primary"),
	("#ffffff", "--social-care-deep"),
	("#ffffff", "--red-600"),
	("--social-care", "--social-care-pale"),
	("--social-care", "--fg-color"),
	("--social-care-link", "--fg-color"),
	("--text-color", "--bg-color"),
	*((text, ground) for text in ("--text-muted", "--text-light") for ground in ("--fg-color", "--control-bg", "--gray-200")),
	*((text, ground) for text in ("--gray-500", "--gray-600") for ground in ("--fg-color", "--bg-color")),
	("--gray-600", "--control-bg"),
	("--blue-500", "--fg-color"),
	("--red-500", "--fg-color"),
	("--field-placeholder-color", "--control-bg"),
	*((f"--text-on-{colour}", f"--bg-{colour}") for colour in PILLS),
	*((f"--{colour}-avatar-color", f"--{colour}-avatar-bg") for colour in AVATARS),
	*((f"--alert-text-{kind}", f"--alert-bg-{kind}") for kind in ALERTS),
]  # fmt: skip
MARKS = [
	(mark, ground)
	for mark in ("--social-care-mark", "--social-care-over", "--social-care-edge", "--social-care-focus")
	for ground in ("--fg-color", "--control-bg")
] + [("--social-care-focus", "--social-care-pale")]
VERIFY = [("--ink", "#f4f7f8"), ("#ffffff", "--mark"), ("#475a61", "#ffffff"), ("#475a61", "#f4f7f8")]


@cache
def variables(*names: str) -> dict[str, str]:
	"""The variables of the light theme, the framework's first where the desk is meant."""
	files = [SHEETS / name for name in names]
	if "tokens.css" in names:
		files = [*FRAMEWORK, *files]
	texts = [DARK.sub("", file.read_text()) for file in files]
	return {name: value.strip() for text in texts for name, value in VARIABLE.findall(text)}


def colour(name: str, known: dict[str, str]) -> tuple[int, ...]:
	"""Red, green and blue of a colour or a variable."""
	value = known.get(name, name)
	if link := re.fullmatch(r"var\(\s*(--[\w-]+)\s*\)", value):
		return colour(link.group(1), known)
	value = {"white": "#ffffff"}.get(value, value)
	assert re.fullmatch(r"#[0-9a-fA-F]{6}", value), f"{name} is {value}"
	return tuple(int(value[at : at + 2], 16) for at in (1, 3, 5))


def luminance(rgb: tuple[int, ...]) -> float:
	"""Relative luminance as WCAG defines it."""
	shares = [part / 255 for part in rgb]
	linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
	return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str, known: dict[str, str]) -> float:
	light, dark = sorted((luminance(colour(one, known)), luminance(colour(other, known))), reverse=True)
	return (light + 0.05) / (dark + 0.05)


def test_the_formula() -> None:
	assert contrast("#ffffff", "#000000", {}) == pytest.approx(21)
	assert contrast("#777777", "#ffffff", {}) == pytest.approx(4.48, abs=0.01)


def test_the_frameworks_own_button_would_not_do() -> None:
	assert contrast("#ffffff", "#2490EF", {}) < 3.5


@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_texts_of_the_desk(text: str, ground: str) -> None:
	assert contrast(text, ground, variables("tokens.css")) >= 4.5


@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_edges_and_marks(mark: str, ground: str) -> None:
	assert contrast(mark, ground, variables("tokens.css")) >= 3


@pytest.mark.parametrize(("text", "ground"), VERIFY)
def test_the_page_that_confirms_prints(text: str, ground: str) -> None:
	assert contrast(text, ground, variables("verify.css")) >= 4.5

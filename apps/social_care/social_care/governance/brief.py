"""The nation on one page for the minister: figures beside the published ones, their course, what is overdue, governorates.

Every number is one that a dashboard, a card or an indicator already tells; nothing is counted here in a way of its own.
"""

from dataclasses import dataclass, field

import frappe
from frappe import _
from frappe.utils import flt, get_first_day, nowdate

from social_care.governance.census import CAMPAIGN, RETURN
from social_care.governance.confirmation import CONFIRMATION
from social_care.governance.indicators import dashboard, figures
from social_care.governance.indicators.figures import Point, Told
from social_care.registry import small_numbers
from social_care.registry.case_work.figures import review_overdue
from social_care.registry.dashboards import headquarters, official
from social_care.registry.dashboards.completeness import IN_CARE, measures, score, scores
from social_care.registry.dashboards.rows import grouped, reach
from social_care.registry.figures import file_state, waiting
from social_care.registry.file_review import REVIEWED, SUBMITTED
from social_care.registry.quality.conditions import several
from social_care.registry.small_numbers import HIDDEN

FIRST = "K01, K10, K11, K18, K20, K21, K33, K40, K41, K42"  # where the settings say nothing
OFTEN = ("Daily", "Weekly")
HELD = f"from `tab{CAMPAIGN}` held where held.`name` = `tab{RETURN}`.`campaign`"
RETURN_BY = f"(select held.`return_by` {HELD})"
EACH_END = 3  # governorates at the top and at the bottom


@dataclass
class Part:
	"""A table of the brief. `labels` names what its rows hold, of: figure, now, beside, change, on, note."""

	title: str
	labels: dict[str, str]
	rows: list[dict] = field(default_factory=list)


def parts() -> list[Part]:
	"""What the session user's places say; a fixed number of queries, whatever the number of rows."""
	files, homes = reach("Child"), reach("Institution")
	lines = headquarters.by_governorate(files, homes)
	return [headlines(files, homes, lines), course(), overdue(), governorates(lines)]


def number(value: float | None, unit: str = "") -> str:
	"""As a reader reads it; nothing where nothing is known."""
	if value is None:
		return ""
	shown = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"
	return f"{shown}%" if unit == "Percent" else shown


def signed(value: float, unit: str = "") -> str:
	"""A difference, isolated so that its sign stays on its side in a text from right to left."""
	return f"\u2066{'+' if value > 0 else ''}{number(round(value, 1), unit)}\u2069"


def headlines(files, homes, lines: list[dict]) -> Part:
	"""Published figures that are counted here, each with date and source; then what is counted alone."""
	rows = [_beside(row) for row in official.beside_live(files, homes) if row["live"]]
	units = {_("Licensed Capacity"): "", _("Occupancy (%)"): "Percent"}
	for one in headquarters.headlines(files, homes, lines):
		if one["label"] in units:
			name, unit = one["label"].removesuffix(" (%)"), units[one["label"]]
			rows.append({"figure": name, "now": number(one["value"], unit)})
	(row,) = grouped(files, IN_CARE, scores() or measures(IN_CARE))
	rows.append({"figure": _("Completeness of Files"), "now": number(score(row), "Percent")})
	labels = {
		"figure": _("Figure"),
		"now": _("In the Register Now"),
		"beside": _("Published Figure"),
		"change": _("Difference"),
		"on": _("Date"),
		"note": _("Source"),
	}
	return Part(_("The Register beside What Was Published"), labels, rows)


def _beside(row: dict) -> dict:
	live, published = row["live"]["value"], row["published"]
	told = {"figure": row["name"], "beside": number(published), "on": row["as_of"], "note": row["source"]}
	if official.LIVE[row["code"]][0] == "Child" and 0 < live < small_numbers.limit():
		return told | {"now": HIDDEN}
	return told | {"now": number(live), "change": signed(live - published)}


def codes(fieldname: str, first: str) -> list[str]:
	"""Codes of indicators that a setting names, in its order."""
	return several(frappe.get_cached_doc("Social Care Settings").get(fieldname) or first)


def course() -> Part:
	"""Kept values of the indicators that the settings name, beside those of the period before."""
	told = {one.indicator.name: one for one in figures.of_reader()}
	rows = [_course(told[code]) for code in codes("brief_indicators", FIRST) if _is_known(told.get(code))]
	labels = {
		"figure": _("Indicator"),
		"now": _("Value"),
		"beside": _("Period Before"),
		"change": _("Difference"),
		"on": _("Until"),
		"note": _("Target"),
	}
	return Part(_("Course against the Period Before"), labels, rows)


def _is_known(one: Told | None) -> bool:
	return bool(one and one.latest and one.latest.value is not None)


def before(one: Told) -> Point | None:
	"""The period before; of what is counted daily or weekly, the last value of the month before."""
	if one.indicator.frequency not in OFTEN:
		return one.points[-2] if len(one.points) > 1 else None
	month = str(get_first_day(one.latest.end))
	return next((point for point in reversed(one.points) if point.end < month), None)


def _course(one: Told) -> dict:
	unit, last, earlier = one.indicator.unit, one.latest, before(one)
	row = {
		"figure": dashboard.label(one.indicator),
		"now": HIDDEN if one.small else number(last.value, unit),
		"on": min(last.end, nowdate()),
		"note": dashboard.target_of(one.indicator),
	}
	if one.small or not earlier or earlier.value is None:
		return row
	change = last.value - earlier.value
	return row | {"beside": number(earlier.value, unit), "change": signed(change), "mark": _mark(one, change)}


def _mark(one: Told, change: float) -> str:
	"""Better or worse, where the indicator has a direction and the value moved."""
	direction = one.indicator.direction
	if direction == "Neither" or not round(change, 2):
		return ""
	return dashboard.GOOD if (change > 0) == (direction == "Higher") else dashboard.BAD


def overdue() -> Part:
	"""What should have been done by now, and since when the oldest of it waits."""
	labels = {"figure": _("What Is Overdue"), "now": _("Count"), "on": _("Oldest Since")}
	return Part(_("What Is Overdue"), labels, [_waiting(*line) for line in _lines()])


def _lines() -> tuple[tuple[str, str, str, str], ...]:
	"""(label, DocType, condition, the day since which it waits)."""
	late = f"`status` = 'Open' and `due_on` < '{nowdate()}'"
	return (
		(_("Confirmations Overdue"), CONFIRMATION, late, "`due_on`"),
		(_("Census Returns Not Signed in Time"), RETURN, _late_returns(), RETURN_BY),
		(_("Files That Wait for Review"), "Child", file_state(SUBMITTED), "`submitted_on`"),
		(_("Files That Wait for Approval"), "Child", file_state(REVIEWED), "`reviewed_on`"),
		(_("Care Reviews Overdue"), "Child", review_overdue(), "`next_review_due`"),
	)


def _waiting(label: str, doctype: str, condition: str, since: str) -> dict:
	found, oldest = waiting(doctype, condition, since)
	if doctype == "Child" and 0 < found < small_numbers.limit():
		return {"figure": label, "now": HIDDEN}
	return {"figure": label, "now": number(found), "on": oldest}


def _late_returns() -> str:
	"""Returns that no institution signed by the day of their campaign."""
	late = f"held.`status` = 'Counted' and held.`return_by` < '{nowdate()}'"
	return f"`tab{RETURN}`.`institution_signed_on` is null and exists (select 1 {HELD} and {late})"


def governorates(lines: list[dict]) -> Part:
	"""Those whose files are most and least complete; all of them where there are few."""
	known = sorted(
		(line for line in lines if line["completeness"] is not None),
		key=lambda line: (-line["completeness"], line["code"]),
	)
	shown = known if len(known) <= 2 * EACH_END else [*known[:EACH_END], *known[-EACH_END:]]
	labels = {
		"figure": _("Governorate"),
		"now": _("Completeness of Files"),
		"beside": _("Children in Care"),
		"note": _("Remark"),
	}
	title = _("Governorates by Completeness of Their Files: the First and the Last")
	hidden = _small(known)
	return Part(title, labels, [_line(line, known.index(line) + 1, hidden) for line in shown])


def _small(lines: list[dict]) -> set[str]:
	"""Governorates whose children are so few that their number, or the sum without it, would tell of them."""
	counted = [{"children": line["children"]["value"]} for line in lines]
	total = {"children": sum(row["children"] for row in counted)}
	shown = small_numbers.hidden([*counted, total], ["children"], small_numbers.limit(), [])
	return {line["code"] for line, row in zip(lines, shown, strict=False) if row["children"] == HIDDEN}


def _line(line: dict, place: int, hidden: set[str]) -> dict:
	is_small = line["code"] in hidden
	share = number(line["occupancy"], "Percent")
	return {
		"figure": f"{place}. {line['name']}",
		"now": number(flt(line["completeness"], 1), "Percent"),
		"beside": HIDDEN if is_small else number(line["children"]["value"]),
		"note": _("Occupancy {0}").format(share) if share and not is_small else "",
	}

"""How complete files are: the weighted rules of Data Quality Rule, as kept with each file or counted set by set."""

from collections import Counter
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import add_months, nowdate

from social_care.registry.dashboards.rows import Filters, number_of
from social_care.registry.quality import run
from social_care.registry.quality.rules import Rule, rules

IN_CARE: Filters = {"institution": ["is", "set"], "life_state": "Active"}


@dataclass(frozen=True)
class Item:
	"""What a complete file has: a rule with a weight."""

	rule: Rule

	@property
	def field(self) -> str:
		return self.rule.name

	@property
	def weight(self) -> int:
		return self.rule.weight

	@property
	def label(self) -> str:
		return _(frappe.get_meta("Child").get_label(self.rule.field))

	@property
	def permlevel(self) -> int:
		return self.rule.level

	def due(self) -> Filters:
		"""Children in care whose file is to have it."""
		return IN_CARE | self.rule.due_filters

	def missing(self) -> Filters:
		"""Those whose file lacks it."""
		return IN_CARE | (self.rule.filters or {})


def items() -> list[Item]:
	"""What the rules ask of a complete file, what weighs most first."""
	weighed = (rule for rule in rules("Child") if rule.weight)
	return [Item(rule) for rule in sorted(weighed, key=lambda rule: (-rule.weight, rule.name))]


def measures(of: Filters | None = None) -> dict[str, str]:
	"""Measures for `grouped` over the files that meet `of`: weights asked for, and what is missing of each item."""
	asked: Counter[str] = Counter()
	for item in items():
		asked[number_of("Child", item.due(), of)] += item.weight
	weights = " + ".join(f"{weight} * {files}" for files, weight in asked.items())
	return {"asked": weights or "0"} | {
		f"no_{item.field}": number_of("Child", item.missing(), of) for item in items()
	}


def scores() -> dict[str, str] | None:
	"""Measures for `score` over files in care, from what is kept with each file; None before all were checked."""
	kept = {name: f"ifnull(sum(`tabChild`.`quality_{name}`), 0)" for name in ("asked", "lacking")}
	return kept if run.is_current() else None


def score(row: dict) -> float | None:
	"""Completeness in per cent of a row of these measures; None without children."""
	lacking = row.get("lacking")
	if lacking is None:
		lacking = sum(item.weight * int(row.get(f"no_{item.field}") or 0) for item in items())
	asked = float(row.get("asked") or 0)
	return round(100 * (1 - float(lacking) / asked), 1) if asked else None


def weakest(row: dict) -> tuple[Item, int] | None:
	"""The item that most files of the row lack, and how many."""
	counted = [(item, int(row.get(f"no_{item.field}") or 0)) for item in items()]
	found = max(counted, key=lambda pair: pair[1], default=None)
	return found if found and found[1] else None


def old_photograph() -> Filters:
	"""Children in care whose photograph is older than the settings allow (months)."""
	months = frappe.get_cached_doc("Social Care Settings").photo_max_age_months or 12
	oldest = str(add_months(nowdate(), -months))
	return IN_CARE | {"photo": ["is", "set"], "photo_date": ["<", oldest]}

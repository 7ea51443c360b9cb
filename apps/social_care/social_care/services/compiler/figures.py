"""Number cards and the chart of a service. They count at the places of the reader (services/figures.py)."""

import json
from collections.abc import Iterator

from social_care.services.compiler.artefacts import Artefact, Row
from social_care.services.compiler.texts import Texts

METHOD = "social_care.api.services.indicator"
SOURCE = "Service Requests by Month"
COLOURS = {"overdue": "#b3261e", "open": "#1f6f8b"}


def card_name(pack: dict, indicator: dict) -> str:
	return f"{pack['code']} {indicator['code']}"


def chart_name(pack: dict) -> str:
	return f"{pack['title']['en']} ({pack['code']})"


def figures(pack: dict, texts: Texts) -> Iterator[Artefact]:
	for indicator in pack["indicators"]:
		asked = {"service": pack["code"], "indicator": indicator["code"]}
		values: Row = {
			"label": texts.label(indicator["title"]),
			"type": "Custom",
			"method": METHOD,
			"document_type": pack["document_type"],
			"function": "Count",
			"filters_json": json.dumps(asked),
			"is_public": 1,
			"is_standard": 0,
			"module": "Services",
			"show_percentage_stats": 0,
			"color": COLOURS.get(indicator["kind"], "#2f6f4f"),
		}
		yield Artefact("Number Card", card_name(pack, indicator), values)
	yield _chart(pack, texts)


def _chart(pack: dict, texts: Texts) -> Artefact:
	name = chart_name(pack)
	texts.value(name, {"en": name, "ar": f"{pack['title']['ar']} ({pack['code']})"})
	values: Row = {
		"chart_name": name,
		"chart_type": "Custom",
		"source": SOURCE,
		"filters_json": json.dumps({"service": pack["code"]}),
		"type": "Bar",
		"timeseries": 1,  # labels that have no room are left out instead of cut
		"is_public": 1,
		"is_standard": 0,
		"module": "Services",
		"color": "#1f6f8b",
	}
	roles = [{"role": row["role"]} for row in pack["access"] if "report" in row["rights"]]
	return Artefact("Dashboard Chart", name, values, {"roles": roles})

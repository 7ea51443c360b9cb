"""The table of services in docs/services-table.md, made from the packs that the app brings.

`python tests/services_table.py` writes it; `tests/test_docs.py` fails while the page says something else.
"""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
APP = ROOT / "apps" / "social_care" / "social_care"
PAGE = ROOT / "docs" / "services-table.md"
HEADINGS = (
	"Service",
	"Title",
	"Record type",
	"Channels",
	"Days",
	"Fields",
	"Documents",
	"Rules",
	"States",
	"Actions",
)
HEADINGS += ("Outputs", "Notices", "Figures", "Samples", "Of these walked")
COUNTED = HEADINGS[5:]
INTRODUCTION = """# The services and their packs

Each citizen service is one JSON document in `apps/social_care/social_care/service_packs`, from which its record type, form,
workflow, papers, citizen page, notices and figures are made. Its samples are requests that prove it: they are evaluated and
walked from step to step whenever the pack is published, and inserted as real requests by
`services/tests/test_sample_requests.py`, all of them in every run.

This page is made from the packs: `python tests/services_table.py`. Fields are counted with the columns of their tables;
states are those of the pack, without the two that an appeal adds.
"""


def packs() -> list[dict]:
	"""All packs, by code."""
	files = sorted((APP / "service_packs").glob("*.json"))
	return [json.loads(file.read_text(encoding="utf-8")) for file in files]


def first_phase() -> set[str]:
	"""Codes of the services with which the ministry begins."""
	with (APP / "setup" / "data" / "services.csv").open(encoding="utf-8", newline="") as file:
		return {row["service_code"] for row in csv.DictReader(file) if row["in_first_phase"] == "1"}


def row(pack: dict) -> dict[str, str | int]:
	"""What the page says of one service."""
	fields = [field for section in pack["sections"] for field in section["fields"]]
	basis = "" if pack["clock"]["basis"] == "working" else " (calendar)"
	samples = pack["samples"]
	return {
		"Service": pack["code"],
		"Title": pack["title"]["ar"],
		"Record type": pack["document_type"],
		"Channels": ", ".join(pack["channels"]),
		"Days": f"{pack['clock']['days']}{basis}",
		"Fields": len(fields) + sum(len(field.get("columns", [])) for field in fields),
		"Documents": len(pack.get("documents", [])),
		"Rules": len(pack.get("rules", [])),
		"States": len(pack["workflow"]["states"]),
		"Actions": len(pack["workflow"]["actions"]),
		"Outputs": len(pack.get("outputs", [])),
		"Notices": len(pack.get("notifications", [])),
		"Figures": len(pack.get("indicators", [])),
		"Samples": len(samples),
		"Of these walked": sum(bool(sample["expect"].get("path")) for sample in samples),
	}


def lines() -> Iterator[str]:
	"""The table: a line a service, then the sums."""
	rows, first = [row(pack) for pack in packs()], first_phase()
	yield "| " + " | ".join(HEADINGS) + " |"
	yield "|---" * len(HEADINGS) + "|"
	for found in rows:
		code = f"**{found['Service']}**" if found["Service"] in first else str(found["Service"])
		yield "| " + " | ".join([code, *(str(found[name]) for name in HEADINGS[1:])]) + " |"
	sums = [str(sum(int(found[name]) for found in rows)) for name in COUNTED]
	yield "| " + " | ".join([f"{len(rows)} services", "", "", "", "", *sums]) + " |"


def page() -> str:
	"""docs/services-table.md as it should be."""
	return "\n".join([INTRODUCTION, "Services of the first phase are in bold.", "", *lines(), ""])


if __name__ == "__main__":
	PAGE.write_text(page(), encoding="utf-8")

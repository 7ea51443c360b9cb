"""How content applicants are with each service (R2-28): ratings of ended requests at the places of the reader."""

from datetime import date
from typing import Any

import frappe
from frappe.utils import cint, get_datetime

from social_care.services.versions import published_version

CONTENT, DISCONTENT = (4, 5), (1, 2)
COUNTED = ("ended", "rated", "stars", "content", "discontent", "late")


def satisfaction(services: list[dict], first: date, last: date) -> list[dict[str, Any]]:
	"""A row for each service that the reader may see requests of and that has ended some from `first` to `last`.

	`services` are rows of the catalogue with `name` and `request_type`. Numbers are those of `COUNTED` with what follows
	from them (`with_shares`). One query a service.
	"""
	rows = []
	for service in services:
		doctype = service["request_type"]
		if published_version(service["name"]) and frappe.has_permission(doctype, "read"):
			found = counted(doctype, first, last)
			if found["ended"]:
				rows.append({**service, **with_shares(found)})
	return rows


def counted(doctype: str, first: date, last: date) -> dict[str, int]:
	"""Numbers of ended requests: all, rated, stars in all, content (4 and 5 stars), discontent (1 and 2), late."""
	ratings = frappe.get_list(
		doctype,
		filters={"closed_on": ["between", [get_datetime(first), get_datetime(f"{last} 23:59:59")]]},
		fields=["rating", "count(name) as requests", "sum(overdue) as late"],
		group_by="rating",
		order_by="rating asc",
		limit_page_length=0,
	)
	found = dict.fromkeys(COUNTED, 0)
	for row in ratings:
		stars, requests = cint(row.rating), cint(row.requests)
		found["ended"] += requests
		found["late"] += cint(row.late)
		found["rated"] += requests if stars else 0
		found["stars"] += requests * stars
		found["content"] += requests if stars in CONTENT else 0
		found["discontent"] += requests if stars in DISCONTENT else 0
	return found


def with_shares(found: dict[str, int]) -> dict[str, Any]:
	"""The numbers with the average of stars and the shares in per cent; None where there is nothing to divide by."""
	rated, ended = found["rated"], found["ended"]
	return found | {
		"average": round(found["stars"] / rated, 2) if rated else None,
		"answered": _share(rated, ended),
		"content_share": _share(found["content"], rated),
		"in_time": _share(ended - found["late"], ended),
	}


def together(rows: list[dict]) -> dict[str, Any]:
	"""All services together."""
	return with_shares({key: sum(row[key] for row in rows) for key in COUNTED})


def _share(part: int, whole: int) -> float | None:
	return round(100 * part / whole, 1) if whole else None

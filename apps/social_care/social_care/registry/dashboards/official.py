"""Published figures beside the live count. Sources disagree and stay side by side, each with its date."""

import frappe

from social_care.registry.dashboards.completeness import IN_CARE
from social_care.registry.dashboards.directorate import OPEN
from social_care.registry.dashboards.rows import Reach, figure, grouped

KAFALA = {"care_type": "Kafala Family"}
# What the live count of a published figure is; figures of other codes are shown without one.
LIVE = {
	"children_in_institutions": ("Child", IN_CARE),
	"kafala_children": ("Child", KAFALA),
	"institutions": ("Institution", OPEN),
}


def beside_live(files: Reach, places: Reach) -> list[dict]:
	"""One line a published figure, newest first within its code: {"code", "name", "published", "as_of", "source", "live"}."""
	counted = {
		code: _count({"Child": files, "Institution": places}[doctype], filters)
		for code, (doctype, filters) in LIVE.items()
	}
	rows = frappe.get_all(
		"Official Figure",
		fields=["figure_code", "figure_name", "value", "as_of", "source"],
		order_by="figure_code asc, as_of desc",
	)
	return [
		{
			"code": row.figure_code,
			"name": row.figure_name,
			"published": row.value,
			"as_of": str(row.as_of),
			"source": row.source,
			"live": counted.get(row.figure_code),
		}
		for row in rows
	]


def _count(reached: Reach, filters: dict) -> dict:
	(row,) = grouped(reached, filters, {"number": "count(*)"})
	return figure(reached, "", int(row.number), filters)

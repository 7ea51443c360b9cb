"""What a batch shows of its questions."""

import frappe

from social_care.registry.verification import (
	ANEW,
	BATCH,
	CHANGED,
	CONFIRMED,
	DIED,
	DIFFERS,
	NOT_FOUND,
	QUESTION,
	WAITING,
	WITHDRAWN,
)

COLUMNS = {WAITING: "waiting", CONFIRMED: "confirmed", DIFFERS: "differs", NOT_FOUND: "missing", DIED: "died"}
DROPPED = (CHANGED, ANEW, WITHDRAWN)


def of(batch: str) -> dict[str, int]:
	"""Questions by state; one query over an index."""
	rows = frappe.db.sql(
		f"select `state`, count(*) from `tab{QUESTION}` where `batch` = %s group by `state`", (batch,)
	)
	by_state = dict(rows)
	found = {column: by_state.get(state, 0) for state, column in COLUMNS.items()}
	return found | {
		"persons": sum(by_state.values()),
		"dropped": sum(by_state.get(state, 0) for state in DROPPED),
	}


def keep(batch: str, **values) -> None:
	"""Write the counts, and how much of the batch has come to an end."""
	counts = of(batch)
	share = 100 * (counts["persons"] - counts["waiting"]) // (counts["persons"] or 1)
	frappe.db.set_value(BATCH, batch, {"progress": share, **counts, **values})
	tell(batch)


def tell(batch: str) -> None:
	"""Whoever looks at the batch may read it anew."""
	frappe.publish_realtime(
		"identity_batch", {"name": batch}, doctype=BATCH, docname=batch, after_commit=True
	)

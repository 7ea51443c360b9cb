"""What a piece of work asks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe


@contextmanager
def queries() -> Iterator[list]:
	"""Queries that the block sends to the database."""
	sent, send = [], frappe.db.sql

	def counting(query, *args, **kwargs):
		sent.append(query)
		return send(query, *args, **kwargs)

	frappe.db.sql = counting
	try:
		yield sent
	finally:
		frappe.db.sql = send

"""Fields of a child's file that are changed by a request only: asked by one, decided by others, applied by the file's own save
(docs/change-requests.md). Without rows in Social Care Settings nothing is protected."""

import frappe

REQUEST = "Change Request"
AT_DIRECTORATE, AT_HEADQUARTERS = "Waiting for the Directorate", "Waiting for Headquarters"
WAITING = (AT_DIRECTORATE, AT_HEADQUARTERS)
APPLIED, REFUSED, WITHDRAWN, CONFLICT = "Applied", "Refused", "Withdrawn", "Conflict"


class ChangeRequestError(frappe.ValidationError):
	"""A step of a request that is not open."""


class ProtectedFieldError(frappe.ValidationError):
	"""Somebody writes a field that is changed by a request only."""

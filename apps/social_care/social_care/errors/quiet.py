"""The framework's own ways of writing errors, made to write no values.

No hook of the framework lies between an exception and its log files, so one function and one method of the framework are put in
the place of others, the same on every version: `frappe.utils.get_traceback`, which all logs ask, and the filter that adds the
parameters of a request to the log.
"""

import logging
from typing import Any

import frappe
from frappe.utils import logger

from social_care.errors import traces


def keep_quiet(**_job: Any) -> None:
	"""`before_request` and `before_job`: from now on this process writes no values about errors."""
	frappe.utils.get_traceback = traces.get_traceback
	logger.SiteContextFilter.filter = _add_site


def _add_site(_filter: logging.Filter, record: logging.LogRecord) -> bool:
	"""Instead of the parameters of the request, only the site and the method that was called."""
	site, form = getattr(frappe.local, "site", None), getattr(frappe.local, "form_dict", None) or {}
	if "\nSite: " not in str(record.msg):
		method = traces.masked(str(form.get("cmd") or ""))
		record.msg = f"{traces.cleared(record.getMessage())}\nSite: {site}\nMethod: {method}"
		record.args = ()
	if record.exc_info:
		record.exc_text = traces.cleared(logging.Formatter().formatException(record.exc_info))
		record.exc_info = None
	return True


def clear_failed(**_job: Any) -> None:
	"""`after_job`: a failed job's exception, which the queue keeps with its message, loses the message."""
	for error in list(traces.in_hand()):
		_clear(error)


def _clear(error: BaseException) -> None:
	"""Leave of the arguments what `kind` would tell."""
	if type(error) in traces.TELLING:
		error.args = tuple(traces.masked(str(value), names=True) for value in error.args)
	else:
		error.args = tuple(value for value in error.args[:1] if type(value) is int)
	if getattr(error, "__notes__", None):
		error.__notes__ = []

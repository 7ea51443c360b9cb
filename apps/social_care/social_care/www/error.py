"""The page that is shown where another could not be made. It holds no trace of the program."""

from frappe import _

from social_care.browser_safety.errors import noted

no_cache = 1


def get_context(context) -> None:
	context.http_status_code = context.http_status_code or 500
	context.error_title = context.error_title or _("Something went wrong")
	context.error_message = context.error_message or noted()

"""The page that is shown where there is none."""


def get_context(context) -> None:
	context.http_status_code = 404

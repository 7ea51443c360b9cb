"""The one exception whose text is meant for the person at the keyboard."""


class EngineError(Exception):
	"""A step cannot go on. The message says what is wrong and what to do; no traceback is shown."""

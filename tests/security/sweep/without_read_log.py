"""The web process without the Read Log: what a benchmark compares."""

from security.sweep.left_out import leave_out

leave_out(lambda hook, function: function.startswith("social_care.reading."))

from engine.web import application  # noqa: E402, F401  (the hooks must be out before the framework is loaded)

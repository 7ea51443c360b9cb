"""The web process without the request guards and the checks of a save, with the row scope: what a benchmark compares."""

from security.sweep.left_out import CHECKS_OF_A_SAVE, GUARDS, leave_out

leave_out(lambda hook, function: hook in GUARDS or function in CHECKS_OF_A_SAVE)

from engine.web import application  # noqa: E402, F401  (the hooks must be out before the framework is loaded)

"""The web process without anything of ours that protects the rows: what refuses, narrows or replaces is not there.

Only tests serve this module. Nothing that is stored changes: the hooks are left out as the framework asks for them.
"""

from security.sweep.left_out import PROTECTION, leave_out

leave_out(lambda hook, function: hook in PROTECTION)

from engine.web import application  # noqa: E402, F401  (the hooks must be out before the framework is loaded)

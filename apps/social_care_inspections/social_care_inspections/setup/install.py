"""What the app does when it is installed, migrated and removed."""

from social_care_inspections.setup.removal import empty_trash, remove_traces
from social_care_inspections.setup.seeds import ensure_seeds


def after_install() -> None:
	ensure_seeds()


def after_migrate() -> None:
	ensure_seeds()


def before_uninstall() -> None:
	remove_traces()


def after_uninstall() -> None:
	empty_trash()

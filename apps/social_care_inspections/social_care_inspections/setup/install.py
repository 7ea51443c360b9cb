"""What the app does when it is installed, migrated and removed."""

from social_care_inspections.setup.seeds import ensure_seeds


def after_install() -> None:
	ensure_seeds()


def after_migrate() -> None:
	ensure_seeds()

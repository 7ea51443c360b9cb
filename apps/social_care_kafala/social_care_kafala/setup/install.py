"""What the app does when it is installed, migrated and removed."""

import frappe
from social_care.setup.removal import empty_trash, remove_traces

from social_care_kafala.setup import committees
from social_care_kafala.setup.seeds import ensure_seeds
from social_care_kafala.setup.workflows import WORKFLOWS

MODULE = "Kafala"
SERIES = ("KCB-", "KF-", "KSR-", "KB-", "KAS-", "KEN-", "KA-", "KTC-", "KTT-", "KM-", "KVL-", "KV-")
SETTINGS = "Kafala Settings"


def after_install() -> None:
	ensure_seeds()
	WORKFLOWS.ensure()


def after_migrate() -> None:
	ensure_seeds()
	WORKFLOWS.ensure()


def before_uninstall() -> None:
	WORKFLOWS.remove()
	remove_traces(MODULE)
	committees.remove()
	frappe.db.delete("Singles", {"doctype": SETTINGS})
	for prefix in SERIES:
		frappe.db.delete("Series", {"name": ["like", f"{prefix}%"]})


def after_uninstall() -> None:
	empty_trash(MODULE)

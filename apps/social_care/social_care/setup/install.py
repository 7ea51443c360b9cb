"""What the app does when it is installed, migrated and removed."""

import frappe
from frappe import _

from social_care import compat
from social_care.accounts import first_values, second_factor
from social_care.hardening.retention import ensure_retention
from social_care.hardening.settings import ensure_encrypted_backups, warn_of_unsafe_settings
from social_care.organisation.pickers import ensure_search_names
from social_care.reading import triggers
from social_care.services.working_days import ensure_calendar
from social_care.setup.custom_field_rights import ensure_custom_field_rights, remove_custom_field_rights
from social_care.setup.desk import DASHBOARDS, MARK, ensure_desk, show_framework_workspaces, translate_names
from social_care.setup.framework_permissions import close_framework_types, open_framework_types
from social_care.setup.indexes import ensure_indexes
from social_care.setup.indicators import ensure_indicators
from social_care.setup.lists import ensure_lists, remove_lists
from social_care.setup.paper_workflows import PAPERS
from social_care.setup.quality import ensure_quality_rules
from social_care.setup.reading import ensure_reading_control
from social_care.setup.roles import ensure_roles
from social_care.setup.seeds import ensure_seeds
from social_care.setup.workflows import ensure_workflows


class UnsafeFrameworkError(frappe.ValidationError):
	"""The framework does not ask the hooks that row scope stands on."""


def before_install() -> None:
	"""Refuse a framework on which row scope would not be asked: better no system than an open one."""
	warn_of_unsafe_settings()
	if not compat.wildcard_hooks_supported():
		frappe.throw(
			_(
				'This Frappe does not ask "*" permission hooks, so children\'s files could not be protected. Use Frappe 15.20 or later.'
			),
			UnsafeFrameworkError,
		)


def after_install() -> None:
	ensure_everything()


def after_migrate() -> None:
	warn_of_unsafe_settings()
	ensure_everything()


def ensure_everything() -> None:
	"""Roles, reference rows, workflows, indexes, rights and the desk; running it again changes nothing."""
	ensure_roles()
	ensure_seeds()
	ensure_quality_rules()
	ensure_indicators()
	ensure_calendar()
	ensure_workflows()
	PAPERS.ensure()
	ensure_indexes()
	close_framework_types()
	ensure_custom_field_rights()
	ensure_desk()
	ensure_lists()
	ensure_search_names()
	first_values.ensure_accounts()
	ensure_retention()
	ensure_encrypted_backups()
	ensure_reading_control()


def before_uninstall() -> None:
	"""Rows outside our own tables that carry our names or were changed by us."""
	triggers.remove()
	show_framework_workspaces(True)
	translate_names(False)
	first_values.remove()
	if frappe.db.get_single_value("Social Care Settings", "second_factor"):
		second_factor.switch(False)
	open_framework_types()
	remove_custom_field_rights()
	frappe.db.delete("DefaultValue", {"defkey": MARK})
	remove_lists()
	for name in DASHBOARDS:
		frappe.delete_doc("Custom HTML Block", name, ignore_missing=True, force=True)
	for workflow in (
		"Child File",
		"Institution Lifecycle",
		"Care Plan",
		"Significant Event",
		*PAPERS.names(),
	):
		frappe.delete_doc("Workflow", workflow, ignore_missing=True, force=True)

"""What a site remembers of its demonstration nation, in its site_config.json.

`social_care_demo` is true while fictional data is in the site (the desk says so on every page);
`social_care_demo_nation` holds the settings it was made from and how far loading has come.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import frappe
from frappe.installer import update_site_config

from social_care.demo.generator.settings import SERIES, NationSettings

FLAG, NATION, PASSWORD = "social_care_demo", "social_care_demo_nation", "social_care_demo_password"


class OtherNation(frappe.ValidationError):
	"""Another nation than the one asked for is in the site."""


@dataclass(frozen=True)
class Loaded:
	"""What is stored of a nation: its settings, whether its core is all there, and which builders have added theirs."""

	settings: NationSettings
	complete: bool
	builders: tuple[str, ...]


def loaded() -> Loaded | None:
	"""The nation in this site; None where there is none."""
	stored = dict(frappe.conf.get(NATION) or {})
	if not stored:
		return None
	complete, builders = bool(stored.pop("complete")), tuple(stored.pop("builders"))
	return Loaded(NationSettings.from_dict(stored, date.today()), complete, builders)


def remember(settings: NationSettings, complete: bool, builders: Iterable[str] = ()) -> None:
	"""Store which nation the site holds: before its first row, when its core is there, and after each builder."""
	update_site_config(NATION, settings.as_dict() | {"complete": complete, "builders": list(builders)})
	update_site_config(FLAG, True)


def forget() -> None:
	"""Remember nothing; the password goes too."""
	for key in (FLAG, NATION, PASSWORD):
		update_site_config(key, "None")  # the framework's word for removing a key


def password() -> str:
	"""The one password of all demonstration users of this site, made at the first call."""
	if not frappe.conf.get(PASSWORD):
		update_site_config(PASSWORD, secrets.token_urlsafe(9))
	return frappe.conf[PASSWORD]


def next_numbers() -> dict[str, int]:
	"""First free number of each naming series that stands beyond its beginning."""
	rows = frappe.db.sql("select `name`, `current` from `tabSeries` where `name` in %s", [SERIES])
	return {name: int(current) + 1 for name, current in rows if current}

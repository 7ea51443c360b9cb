"""What a site remembers of its demonstration nation, in its site_config.json.

`social_care_demo` is true while fictional data is in the site (the desk says so on every page);
`social_care_demo_nation` holds the settings it was made from and whether loading came to its end.
"""

import secrets
from datetime import date

import frappe
from frappe.installer import update_site_config

from social_care.demo.generator.settings import SERIES, NationSettings

FLAG, NATION, PASSWORD = "social_care_demo", "social_care_demo_nation", "social_care_demo_password"


class OtherNation(frappe.ValidationError):
	"""Another nation than the one asked for is in the site."""


def loaded() -> tuple[NationSettings, bool] | None:
	"""Settings of the nation in this site, and whether it is complete; None where there is none."""
	stored = frappe.conf.get(NATION)
	if not stored:
		return None
	values = {name: value for name, value in stored.items() if name != "complete"}
	return NationSettings.from_dict(values, date.today()), bool(stored["complete"])


def begin(settings: NationSettings) -> None:
	"""Remember which nation is being loaded, before its first row."""
	update_site_config(NATION, settings.as_dict() | {"complete": False})
	update_site_config(FLAG, True)


def complete(settings: NationSettings) -> None:
	"""Remember that it is all there."""
	update_site_config(NATION, settings.as_dict() | {"complete": True})


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

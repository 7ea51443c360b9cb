"""Answers the set-up wizard of a new site. Run by the bench's own Python in the `sites` folder.

Usage: `python first_values.py SITE` with the answers as JSON in the environment's FIRST_VALUES (they hold a password,
which does not belong on a command line). Answering twice changes nothing.
"""

import json
import os
import sys

import frappe
from frappe.desk.page.setup_wizard.setup_wizard import setup_complete
from frappe.utils.scheduler import enable_scheduler


def main(site: str, answers: dict[str, str]) -> None:
	"""Set the site up, in the wizard's own way, and give Administrator the same language."""
	frappe.init(site=site)
	frappe.connect()
	frappe.set_user("Administrator")
	setup_complete(json.dumps(answers))
	frappe.db.set_value("User", "Administrator", "language", answers["lang"])
	enable_scheduler()
	frappe.db.commit()
	frappe.clear_cache()
	frappe.destroy()


if __name__ == "__main__":
	main(sys.argv[1], json.loads(os.environ["FIRST_VALUES"]))

"""Runs the framework's own `new-site` command with arguments from the environment's NEW_SITE (JSON).

They hold passwords: on a command line every user of the machine could read them, and frappe-bench writes each
command line into its log.
"""

import json
import os

from frappe.commands.site import new_site

if __name__ == "__main__":
	state = {"sites": [], "force": False, "verbose": False, "profile": False}
	new_site.main(args=json.loads(os.environ.pop("NEW_SITE")), prog_name="new-site", obj=state)

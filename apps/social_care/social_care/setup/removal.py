"""For extensions that leave nothing behind: what the framework keeps about records whose DocTypes are gone."""

import frappe

# Tables that tell of records or DocTypes by name, and the column that names the DocType.
TELLING = (
	("Version", "ref_doctype"),
	("Comment", "reference_doctype"),
	("Communication", "reference_doctype"),
	("Activity Log", "reference_doctype"),
	("View Log", "reference_doctype"),
	("ToDo", "reference_type"),
	("Tag Link", "document_type"),
	("DocShare", "share_doctype"),
	("Document Follow", "ref_doctype"),
	("Document Share Key", "reference_doctype"),
	("Notification Log", "document_type"),
	("Workflow Action", "reference_doctype"),
	("User Permission", "allow"),
	("List Filter", "reference_doctype"),
	("Custom Field", "dt"),
	("Property Setter", "doc_type"),
	("Custom DocPerm", "parent"),
	("Deleted Document", "deleted_doctype"),
)


def remove_traces(module: str) -> None:
	"""Delete files, history and customisations of a module's DocTypes; to be called while they still exist."""
	doctypes = frappe.get_all("DocType", filters={"module": module}, pluck="name")
	for name in frappe.get_all("File", filters={"attached_to_doctype": ["in", doctypes]}, pluck="name"):
		frappe.delete_doc("File", name, force=True, ignore_permissions=True, delete_permanently=True)
	for table, column in TELLING:
		if frappe.db.table_exists(table):
			frappe.db.delete(table, {column: ["in", doctypes]})
	for doctype in doctypes:
		frappe.db.delete("__UserSettings", {"doctype": doctype})
	remove_jobs(module)


def remove_jobs(module: str) -> None:
	"""Delete what the scheduler keeps of the jobs of the module's app: it would look for their functions. And which patches ran."""
	app = frappe.db.get_value("Module Def", module, "app_name")
	jobs = frappe.get_all("Scheduled Job Type", filters={"method": ["like", f"{app}.%"]}, pluck="name")
	frappe.db.delete("Scheduled Job Log", {"scheduled_job_type": ["in", jobs]})
	frappe.db.delete("Scheduled Job Type", {"name": ["in", jobs]})
	frappe.db.delete("Patch Log", {"patch": ["like", f"{app}.%"]})


def empty_trash(module: str) -> None:
	"""Delete the copies that the framework's trash has taken of a module, its DocTypes, reports and pages."""
	frappe.db.delete("Deleted Document", {"data": ["like", f'%"module": "{module}"%']})
	frappe.db.delete("Deleted Document", {"deleted_doctype": "Module Def", "deleted_name": module})
	frappe.db.commit()  # the framework has committed the removal already and closes the connection next

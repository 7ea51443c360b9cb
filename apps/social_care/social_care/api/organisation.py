import frappe
from frappe.utils import sbool


@frappe.whitelist()
def tree_nodes(doctype: str, parent: str = "", is_root: str | bool = False, **_other: str) -> list[dict]:
	"""Units directly below `parent` (headquarters where it is the root of the view), titled by their Arabic names."""
	return frappe.get_list(
		"Org Unit",
		filters={"parent_org_unit": ["is", "not set"] if sbool(is_root) or not parent else parent},
		fields=["name as value", "unit_name as title", "is_group as expandable"],
		order_by="lft asc",
		limit_page_length=0,
	)

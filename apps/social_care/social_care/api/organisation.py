import frappe


@frappe.whitelist()
def tree_nodes(doctype: str, parent: str = "", **_other: str) -> list[dict]:
	"""Units directly below `parent`, titled by their Arabic names; without a parent the root of the tree."""
	return frappe.get_list(
		"Org Unit",
		filters={"parent_org_unit": parent or ["is", "not set"]},
		fields=["name as value", "unit_name as title", "is_group as expandable"],
		order_by="lft asc",
		limit_page_length=0,
	)

import frappe

from social_care.scope import row_visible


@frappe.whitelist()
def get_link_title(doctype: str, docname: str) -> str:
	"""Title of a linked record for the session user; the bare name where the record is not his to see."""
	meta = frappe.get_meta(doctype)
	if not (meta.title_field and meta.show_title_field_in_link and row_visible(doctype, docname)):
		return docname
	return frappe.db.get_value(doctype, docname, meta.title_field) or docname

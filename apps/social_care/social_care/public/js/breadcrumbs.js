// The path above a new form ends with words, not with the temporary name of the row.

const { set_form_breadcrumb } = frappe.breadcrumbs;

frappe.breadcrumbs.set_form_breadcrumb = function (breadcrumbs, view) {
	set_form_breadcrumb.call(this, breadcrumbs, view);
	const name = frappe.get_route().slice(2).join("/");
	if (view !== "form" || !name.startsWith(`new-${frappe.router.slug(breadcrumbs.doctype)}-`)) return;
	this.$breadcrumbs.find("li a").last().text(__("New"));
};

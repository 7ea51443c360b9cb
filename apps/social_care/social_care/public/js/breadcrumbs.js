// The path above a new form ends with words, not with the temporary name of the row; that of a request begins with the
// page of its service's group.

const { set_form_breadcrumb, set_workspace } = frappe.breadcrumbs;

frappe.breadcrumbs.set_workspace = function (breadcrumbs) {
	const page = frappe.boot.social_care?.request_pages?.[breadcrumbs.doctype];
	if (page) breadcrumbs.workspace = page;
	else set_workspace.call(this, breadcrumbs);
};

frappe.breadcrumbs.set_form_breadcrumb = function (breadcrumbs, view) {
	set_form_breadcrumb.call(this, breadcrumbs, view);
	const name = frappe.get_route().slice(2).join("/");
	if (view !== "form" || !name.startsWith(`new-${frappe.router.slug(breadcrumbs.doctype)}-`)) return;
	this.$breadcrumbs.find("li a").last().text(__("New"));
};

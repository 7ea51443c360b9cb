// The steps of a workflow are asked for once a form is drawn. Whoever has written in it before the answer comes saves first:
// the framework would take the button away that saves, and offer the steps of what is stored.
const { setup_btn } = frappe.ui.form.States.prototype;

frappe.ui.form.States.prototype.setup_btn = function (added) {
	if (this.frm.is_dirty()) return this.frm.page.clear_actions_menu();
	return setup_btn.call(this, added);
};

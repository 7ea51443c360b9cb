// The Tab key in a form: it passes what is not shown, goes on from tab to tab, and adds no rows by itself.

const Layout = frappe.ui.form.Layout.prototype;
const { is_visible, set_focus } = Layout;

const takes_focus = (field) =>
	field.df.fieldtype === "Table" ||
	(!frappe.model.no_value_type.includes(field.df.fieldtype) && (field.$input || field.editor));

Layout.is_visible = function (field) {
	return (
		is_visible.call(this, field) && takes_focus(field) && !field.$wrapper.closest(".hide-control").length
	);
};

Layout.focus_on_next_field = function (start, fields) {
	const next = fields.slice(start + 1).find((field) => this.is_visible(field));
	next && this.set_focus(next);
	return Boolean(next);
};

// A field of another tab can take the focus only when that tab is shown to the end.
Layout.set_focus = function (field) {
	const focus = () =>
		field.df.fieldtype === "Table" ? focus_on_table(this, field) : set_focus.call(this, field);
	if (!field.tab || field.tab.is_active()) return focus();
	field.tab.tab_link.find(".nav-link").one("shown.bs.tab", focus);
	field.tab.set_active();
};

// A table offers its button to add a row; from there Tab goes on to the field after the table.
function focus_on_table(layout, field) {
	const button = field.grid.wrapper.find(".grid-add-row");
	button.attr({ "data-doctype": layout.doctype, "data-fieldname": field.df.fieldname }).trigger("focus");
}

// A row that was just added is open for writing, so that its first cell takes the focus.
document.addEventListener(
	"click",
	(event) => {
		const button = event.target.closest?.(".grid-add-row");
		button && setTimeout(() => open_last_row($(button).closest(".grid-field")));
	},
	true
);

function open_last_row(grid) {
	const row = grid.find(".grid-body .rows > .grid-row").last().data("grid_row");
	row && row.toggle_editable_row(true);
}

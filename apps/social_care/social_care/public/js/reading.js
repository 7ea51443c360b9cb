// Values that the framework shows as they are stored, in the words of the reader.

// A tooltip in a list names the chosen value, and a day as the reader writes it.
const day = (value) => frappe.datetime.str_to_user(value);
const IN_WORDS = { Select: (value) => __(value), Date: day, Datetime: day };
const List = frappe.views.ListView.prototype;
const { get_column_html } = List;

List.get_column_html = function (column, doc) {
	const html = get_column_html.call(this, column, doc);
	const { fieldtype, fieldname } = column.df || {};
	const value = doc[fieldname];
	if (!value || !(fieldtype in IN_WORDS)) return html;
	return html.replaceAll(`: ${value}"`, `: ${IN_WORDS[fieldtype](value)}"`);
};

// The window's title of a new form ends without the temporary name of the row.
const { set_title } = frappe.utils;

frappe.utils.set_title = (title) => set_title.call(frappe.utils, title.replace(/ - new-[\w-]+-\d+$/, ""));

// The history below a form tells which value became which.
$(document).on("form-refresh", (_event, frm) => {
	const history = frm.timeline?.timeline_items_wrapper?.get(0);
	if (!history || history.dataset.read) return;
	history.dataset.read = "1";
	const chosen = new Set(
		frm.meta.fields.filter((df) => df.fieldtype === "Select").flatMap((df) => (df.options || "").split("\n"))
	);
	const read = () => read_history(history, chosen);
	new MutationObserver(read).observe(history, { childList: true });
	read();
});

function read_history(history, chosen) {
	for (const bold of history.querySelectorAll(".timeline-content b")) {
		if (chosen.has(bold.textContent)) bold.textContent = __(bold.textContent);
	}
	for (const badge of history.querySelectorAll(".timeline-badge[title]")) badge.title = __(badge.title);
}

// A place that the server wrote on saving is read by its name at once; the framework sends names with opened files only.
$(document).on("form-refresh", (_event, frm) => {
	for (const df of frm.meta.fields) {
		const name = df.fieldtype === "Link" && !df.hidden && frm.doc[df.fieldname];
		if (!name || !frappe.boot.link_title_doctypes?.includes(df.options)) continue;
		if (frappe.utils.get_link_title(df.options, name)) continue;
		frappe.utils.fetch_link_title(df.options, name).then(() => frm.refresh_field(df.fieldname));
	}
});

// The last line of a report bears a word that the framework never translates.
const { format } = frappe;
const is_total = (value, df) => value === "Total" && df?.fieldtype === "Data" && !df.fieldname;

frappe.format = (value, df, ...rest) =>
	format.call(frappe, is_total(value, df) ? __(value) : value, df, ...rest);

// Whoever may not open the list of roles reads their names all the same.
const { Link } = frappe.form.formatters;

frappe.form.formatters.Link = function (value, df, ...rest) {
	const shown = Link.call(this, value, df, ...rest);
	return df?.options === "Role" && shown === value ? __(value) : shown;
};

// The framework writes the name of the time zone behind a field's description, whose Arabic it then no longer finds. Where
// reader and system are in one zone it tells nothing.
const { ControlDatetime } = frappe.ui.form;
const { set_description } = ControlDatetime.prototype;

ControlDatetime.prototype.set_description = function (...rest) {
	if (frappe.datetime.is_system_time_zone()) this.df.hide_timezone = 1;
	return set_description.apply(this, rest);
};

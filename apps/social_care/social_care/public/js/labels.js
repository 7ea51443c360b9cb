// The framework gives the labels of fields in English where it tells of changes in rows of a table; the others it translates itself,
// and translating what is Arabic already changes nothing.
const english = frappe.meta.get_label;

frappe.meta.get_label = function (...field) {
	return __(english.apply(this, field));
};

// Kinds of records are shown by their names in the user's language, to those, too, who may not open the kind itself.
frappe.form.link_formatters["DocType"] = (name) => __(name);

// A history tells what a choice was and became in the words of the database, shortened; a choice has its translation as a whole.
const shortened = frappe.ellipsis;

frappe.ellipsis = (text, most) => shortened(__(text), most);

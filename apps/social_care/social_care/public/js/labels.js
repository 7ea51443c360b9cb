// The framework gives the labels of fields in English where it tells of changes in rows of a table; the others it translates itself,
// and translating what is Arabic already changes nothing.
const english = frappe.meta.get_label;

frappe.meta.get_label = function (...field) {
	return __(english.apply(this, field));
};

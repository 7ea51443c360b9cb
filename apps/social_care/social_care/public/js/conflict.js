// When a colleague saves the same file, the form is read anew a second later; what the user has written meanwhile is
// not overwritten, he is told instead.

$(document).on("form-load", (_event, frm) => {
	frm.debounced_reload_doc = frappe.utils.debounce(
		() => (is_written_in(frm) ? tell(frm) : frm.reload_doc()),
		1000
	);
});

function is_written_in(frm) {
	if (frm.is_dirty()) return true;
	const name = document.activeElement?.dataset?.fieldname;
	const field = name && frm.fields_dict[name];
	return Boolean(field?.get_input_value) && (field.get_input_value() || "") !== (frm.doc[name] || "");
}

function tell(frm) {
	frm.doc.__needs_refresh = true;
	frm.show_conflict_message();
}

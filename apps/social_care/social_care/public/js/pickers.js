// What a link field is narrowed to is its form's business; the framework would say it below the proposals in the words of the
// database, which no form brings translated.
frappe.ui.form.ControlLink.prototype.get_filter_description = () => null;

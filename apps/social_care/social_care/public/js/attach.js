// A file given to a form that was never saved waits for the save; the framework would save at once, and complain
// of every field that is still empty.

const Attach = frappe.ui.form.ControlAttach.prototype;
const { on_attach_click, on_upload_complete } = Attach;

// Files of these forms are always private: nothing is offered that would not be done.
Attach.on_attach_click = function () {
	on_attach_click.call(this);
	this.frm && this.file_uploader.dialog?.get_secondary_btn().remove();
};

Attach.on_upload_complete = async function (attachment) {
	if (!this.frm || !this.frm.is_new()) return on_upload_complete.call(this, attachment);
	await this.parse_validate_and_set_in_model(attachment.file_url);
	this.frm.attachments.update_attachment(attachment);
	$(document).one("hidden.bs.modal", () => go_on(this));
};

// The upload took the focus away; writing goes on with the field after the file.
function go_on(control) {
	const { layout } = control;
	layout && layout.focus_on_next_field(layout.fields_list.indexOf(control), layout.fields_list);
}

// Identity asked of outside registries: what forms of batches, answers and differences share. Forms are in registry/doctype/identity_*.
frappe.provide("social_care.identity");

const CALLS = "social_care.api.identity";
const OFFICER = "Directorate Data Officer";
const CHIEF = "Directorate Director";
const HEAD = "Central Administration Head";
const has = (...roles) =>
	frappe.session.user === "Administrator" || roles.some((role) => frappe.user.has_role(role));

social_care.identity.asks = () => has(OFFICER, HEAD);
social_care.identity.proposes = () => has(OFFICER, CHIEF, HEAD);
social_care.identity.decides = () => has(CHIEF, HEAD);

// Beside the number: what a registry last answered.
social_care.identity.show = function (frm, { state, on, source }) {
	const field = frm.get_field("national_number_status");
	const parts = [state, source, on && frappe.datetime.str_to_user(on)].filter(Boolean);
	const text = __("Verification of identity: {0}", [parts.join(" – ")]);
	field && field.set_description(state ? frappe.utils.escape_html(text) : "");
};

social_care.identity.call = async function (method, values, frm) {
	await frappe.xcall(`${CALLS}.${method}`, values);
	frm.reload_doc();
};

// What a batch waits for, in a sentence.
social_care.identity.tell = function (frm) {
	const { status, progress } = frm.doc;
	const told = {
		"Being Made": [__("The questions are being made; you may leave this page."), "blue"],
		Asking: [__("The source is being asked; you may leave this page."), "blue"],
		Ready: [__("The questions are ready to be asked."), "blue"],
		Waiting: [__("Whoever is not answered about goes on waiting; nothing is taken for confirmed."), "orange"],
		Finished: [__("All questions are answered, or closed."), "green"],
		Withdrawn: [__("The batch was withdrawn; answers are not taken any more."), "red"],
	}[status];
	frm.set_intro("");
	told && frm.set_intro(...told);
	if (status !== "Asking") return;
	frm.dashboard.hide_progress(__("Asking"));
	frm.dashboard.show_progress(__("Asking"), progress);
};

// The form follows work that goes on in the background.
social_care.identity.follow = function (frm, event) {
	if (frm.identity_following) return;
	frm.identity_following = true;
	frappe.realtime.on(event, ({ name }) => {
		const [kind, doctype, shown] = frappe.get_route();
		if (kind === "Form" && doctype === frm.doctype && shown === name && !frm.is_dirty()) frm.reload_doc();
	});
};

// A dialog that takes the file that a registry sent back.
social_care.identity.upload = function (batch) {
	const dialog = new frappe.ui.Dialog({
		title: __("Load Answers"),
		fields: [
			{
				fieldname: "file",
				fieldtype: "HTML",
				options: `<p class="text-muted">${__(
					"The workbook or text table that was sent, with the outcome in each row. An answer counts for the question whose key and code it bears."
				)}</p><input type="file" class="form-control social-care-answer-file" accept=".xlsx,.csv,.txt" aria-label="${__(
					"File"
				)}"><p class="social-care-answer-error text-danger" role="alert"></p>`,
			},
		],
		primary_action_label: __("Upload"),
		primary_action: () => send(dialog, batch),
	});
	dialog.show();
};

async function send(dialog, batch) {
	const file = dialog.$wrapper.find(".social-care-answer-file")[0].files[0];
	const tell = (text) => dialog.$wrapper.find(".social-care-answer-error").text(text);
	if (!file) return tell(__("Choose a file first."));
	tell("");
	dialog.disable_primary_action();
	try {
		const kept = await post(batch, file);
		dialog.hide();
		frappe.set_route("Form", "Identity Answer File", kept.name);
	} catch (error) {
		tell(error.message);
	} finally {
		dialog.enable_primary_action();
	}
}

async function post(batch, file) {
	const body = new FormData();
	body.append("batch", batch);
	body.append("file", file, file.name);
	const headers = { "X-Frappe-CSRF-Token": frappe.csrf_token, Accept: "application/json" };
	const answer = await fetch(`/api/method/${CALLS}.answers`, { method: "POST", body, headers }).catch(
		() => null
	);
	const told = answer ? await answer.json().catch(() => ({})) : {};
	if (answer && answer.ok) return told.message;
	const messages = JSON.parse(told._server_messages || "[]").map((text) => JSON.parse(text).message);
	throw new Error(strip_html(messages.join(" ")) || __("The file could not be uploaded; please try again."));
}

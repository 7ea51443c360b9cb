frappe.listview_settings["Legacy Import"] = {
	onload(list) {
		list.page.add_inner_button(__("Bring In a File"), () => ask_for_file());
	},
	get_indicator: (doc) => [
		__(doc.status),
		{ Checking: "blue", Checked: "orange", Applying: "blue", Applied: "green", "Not Readable": "red" }[
			doc.status
		] || "gray",
		`status,=,${doc.status}`,
	],
};

function ask_for_file() {
	const dialog = new frappe.ui.Dialog({
		title: __("Bring In a File"),
		fields: [
			{
				fieldname: "source",
				fieldtype: "Link",
				options: "Legacy Source",
				label: __("Old Registry"),
				reqd: 1,
			},
			{ fieldname: "file", fieldtype: "HTML", options: file_field() },
		],
		primary_action_label: __("Upload"),
		primary_action: ({ source }) => send(dialog, source),
	});
	dialog.show();
}

const file_field = () => `<p class="text-muted">${__(
	"A workbook or a text table as the old registry gives it. Its columns are proposed for you to correct; nothing is entered before you have seen every row's outcome."
)}</p>
	<input type="file" class="form-control social-care-legacy-file" accept=".xlsx,.csv,.txt" aria-label="${__("File")}">
	<p class="social-care-legacy-error text-danger" role="alert"></p>`;

async function send(dialog, source) {
	const file = dialog.$wrapper.find(".social-care-legacy-file")[0].files[0];
	const tell = (text) => dialog.$wrapper.find(".social-care-legacy-error").text(text);
	if (!file) return tell(__("Choose a file first."));
	tell("");
	dialog.disable_primary_action();
	try {
		const kept = await post(source, file);
		dialog.hide();
		frappe.set_route("Form", "Legacy Import", kept.name);
	} catch (error) {
		tell(error.message);
	} finally {
		dialog.enable_primary_action();
	}
}

async function post(source, file) {
	const body = new FormData();
	body.append("source", source);
	body.append("file", file, file.name);
	const headers = { "X-Frappe-CSRF-Token": frappe.csrf_token, Accept: "application/json" };
	const answer = await fetch("/api/method/social_care.api.legacy.upload", {
		method: "POST",
		body,
		headers,
	}).catch(() => null);
	const told = answer ? await answer.json().catch(() => ({})) : {};
	if (answer && answer.ok) return told.message;
	const messages = JSON.parse(told._server_messages || "[]").map((text) => JSON.parse(text).message);
	throw new Error(strip_html(messages.join(" ")) || __("The file could not be uploaded; please try again."));
}

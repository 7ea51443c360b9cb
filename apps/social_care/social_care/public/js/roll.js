// The roll as a workbook: download and upload. The screen of the differences is in roll_differences.js.
frappe.provide("social_care.roll");

social_care.roll.add_buttons = function (list) {
	if (!frappe.model.can_read("Roll Upload")) return;
	const group = __("Children's Roll");
	list.page.add_inner_button(__("Download the Children's Roll"), social_care.roll.download, group);
	list.page.add_inner_button(__("Upload the Children's Roll"), () => social_care.roll.upload("roll"), group);
	list.page.add_inner_button(__("Upload Photographs"), () => social_care.roll.upload("photographs"), group);
};

function institution_field() {
	return {
		fieldname: "institution",
		fieldtype: "Link",
		options: "Institution",
		label: __("Institution"),
		reqd: 1,
		default: frappe.defaults.get_user_default("institution"),
	};
}

social_care.roll.download = function () {
	const own = frappe.defaults.get_user_default("institution");
	const open = (institution) =>
		open_url_post("/api/method/social_care.api.roll.download", { institution }, false);
	own ? open(own) : frappe.prompt([institution_field()], (values) => open(values.institution));
};

const SORTS = {
	roll: {
		title: "Upload the Children's Roll",
		method: "social_care.api.roll.upload",
		accept: ".xlsx,.csv",
		help: "A roll that was downloaded here, or a workbook of your own with the Arabic names of the fields in its first row. Nothing is changed before you have seen the differences.",
	},
	photographs: {
		title: "Upload Photographs",
		method: "social_care.api.roll.upload_photographs",
		accept: ".zip",
		help: "A compressed folder (zip) of photographs, each named by the child's national number or file code. Nothing is changed before you have seen what was found.",
	},
};

social_care.roll.upload = function (sort) {
	const { title, accept, help } = SORTS[sort];
	const dialog = new frappe.ui.Dialog({
		title: __(title),
		fields: [
			institution_field(),
			{
				fieldname: "file",
				fieldtype: "HTML",
				options: `<p class="text-muted">${__(help)}</p>
					<input type="file" class="form-control social-care-roll-file" accept="${accept}" aria-label="${__("File")}">
					<p class="social-care-roll-error text-danger" role="alert"></p>`,
			},
		],
		primary_action_label: __("Upload"),
		primary_action: (values) => send(dialog, SORTS[sort].method, values.institution),
	});
	dialog.show();
};

async function send(dialog, method, institution) {
	const file = dialog.$wrapper.find(".social-care-roll-file")[0].files[0];
	const tell = (text) => dialog.$wrapper.find(".social-care-roll-error").text(text);
	if (!file) return tell(__("Choose a file first."));
	tell("");
	dialog.disable_primary_action();
	try {
		const kept = await post(method, institution, file);
		dialog.hide();
		frappe.set_route("Form", "Roll Upload", kept.name);
	} catch (error) {
		tell(error.message);
	} finally {
		dialog.enable_primary_action();
	}
}

async function post(method, institution, file) {
	const body = new FormData();
	body.append("institution", institution);
	body.append("file", file, file.name);
	const headers = { "X-Frappe-CSRF-Token": frappe.csrf_token, Accept: "application/json" };
	const answer = await fetch(`/api/method/${method}`, { method: "POST", body, headers }).catch(() => null);
	const told = answer ? await answer.json().catch(() => ({})) : {};
	if (answer && answer.ok) return told.message;
	throw new Error(sentence(told) || __("The file could not be uploaded; please try again."));
}

// What the server says, as plain text.
function sentence(told) {
	const messages = JSON.parse(told._server_messages || "[]").map((text) => JSON.parse(text).message);
	return frappe.utils.html2text ? frappe.utils.html2text(messages.join(" ")) : strip_html(messages.join(" "));
}

// A session that ended costs no work: the user gives the password again, and what is on the screen stays there.
// The framework would leave the page.

let dialog;

const cookie_user = () =>
	decodeURIComponent((document.cookie.match(/(?:^|; )user_id=([^;]*)/) || [])[1] || "Guest");
const is_lost = () => frappe.session?.user && frappe.session.user !== "Guest" && cookie_user() === "Guest";

$(document).on("ajaxComplete", () => is_lost() && ask_password());

$(document).on("app_ready", () => {
	frappe.app.handle_session_expired = ask_password;
});

function ask_password() {
	if (dialog?.display) return;
	put_away_refusal();
	dialog = new frappe.ui.Dialog({
		title: __("Your session has ended"),
		fields: [
			{
				fieldname: "told",
				fieldtype: "HTML",
				options: `<p>${__("Give your password to go on. Nothing that you wrote is lost.")}</p>`,
			},
			{ fieldname: "password", fieldtype: "Data", label: __("Password"), reqd: 1 },
		],
		primary_action_label: __("Login"),
		primary_action: ({ password }) => log_in(password),
	});
	dialog.get_field("password").$input.attr({ type: "password", autocomplete: "current-password" });
	dialog.show();
}

// The framework calls the end of a session a refusal; while that message opens it cannot be closed.
function put_away_refusal() {
	const refusal = frappe.msg_dialog;
	refusal?.$wrapper.one("shown.bs.modal", () => frappe.hide_msgprint(true));
	frappe.hide_msgprint(true);
}

async function log_in(password) {
	const body = new URLSearchParams({ usr: frappe.session.user, pwd: password });
	const answer = await fetch("/api/method/login", {
		method: "POST",
		headers: { Accept: "application/json" },
		body,
	});
	if (!answer.ok || cookie_user() !== frappe.session.user) {
		return dialog.get_field("password").set_description(__("The password is not right."));
	}
	await take_new_token();
	dialog.hide();
	frappe.show_alert({ message: __("You are logged in again; save what you wrote."), indicator: "green" }, 8);
}

// The new session has a token of its own, which every later request has to bear.
async function take_new_token() {
	const desk = await (await fetch(location.pathname)).text();
	frappe.csrf_token = (desk.match(/frappe\.csrf_token = "([^"]+)"/) || [])[1] || frappe.csrf_token;
}

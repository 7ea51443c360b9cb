// When a colleague saves the same file, the form is read anew a second later. What the user has written meanwhile is never
// overwritten, also not what stands in a field that he has not left yet; he is told instead.

const COMMITTING = 2000; // milliseconds in which what was typed goes from its field into the form
const SOURCE = "/api/method/frappe.desk.form.load.getdoc";

let typed_in = null; // the element in which something stands that the form does not know yet

$(document).on("form-load", (_event, frm) => {
	frm.debounced_reload_doc = frappe.utils.debounce(() => read_anew(frm), 1000);
});

document.addEventListener("input", (event) => note(event.target, true), true);
for (const end of ["change", "focusout", "awesomplete-select"])
	document.addEventListener(end, ({ target }) => has_left(end, target) && note(target, false), true);

// A window that goes to the back sends the same event as a field that is left, and nothing goes into the form.
function has_left(end, element) {
	return element === typed_in && !(end === "focusout" && document.activeElement === element);
}

function note(element, is_typing) {
	const frm = form_around(element);
	if (!frm) return;
	typed_in = is_typing ? element : null;
	frm.written_at = performance.now();
	if (!is_typing && frm.doc?.__needs_refresh) frm.debounced_reload_doc();
}

function form_around(element) {
	const frm = window.cur_frm;
	return frm?.wrapper?.contains(element) ? frm : null;
}

const is_typed_in = (wrapper) => Boolean(typed_in && typed_in.isConnected && wrapper?.contains(typed_in));
const is_committing = (frm) => performance.now() - (frm.written_at ?? -COMMITTING) < COMMITTING;
const is_written_in = (frm) =>
	frm.is_dirty() || is_typed_in(frm.wrapper) || is_committing(frm) || frappe.ui.form.is_saving;

// The framework takes the form's document away while it fetches the new one; what is written in that moment would be
// lost. Here the old one stays until the new one is there and is asked for again whether something was written.
async function read_anew(frm) {
	const name = frm.docname;
	if (frm.is_new()) return;
	if (is_written_in(frm)) return tell(frm);
	const answer = await fetched(frm.doctype, name);
	if (frm.docname !== name) return;
	if (is_written_in(frm)) return tell(frm);
	if (!answer) return frm.reload_doc();
	frappe.model.remove_from_locals(frm.doctype, name);
	frappe.model.sync(answer);
	frappe._link_titles = { ...frappe._link_titles, ...answer._link_titles };
	frm.refresh();
}

async function fetched(doctype, name) {
	const address = `${SOURCE}?${new URLSearchParams({ doctype, name })}`;
	const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
	return answer?.ok ? answer.json() : null;
}

function tell(frm) {
	frm.doc.__needs_refresh = true;
	if (frm.is_dirty()) return frm.show_conflict_message();
	if (!is_typed_in(frm.wrapper)) return frm.debounced_reload_doc();
	frm.dashboard.set_headline_alert(
		__("This form has been modified after you have loaded it"),
		"alert-warning"
	);
}

// Whatever draws the form anew leaves a field alone in which somebody types.
const { refresh_input } = frappe.ui.form.ControlInput.prototype;

frappe.ui.form.ControlInput.prototype.refresh_input = function () {
	if (this.frm && is_typed_in(this.input_area)) return;
	return refresh_input.call(this);
};

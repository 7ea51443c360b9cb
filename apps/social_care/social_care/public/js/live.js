// Live updates over a poor line. The framework asks for a document's events once; after a cut they stay away, and what was
// saved during the cut is never told. Here they are asked for again, and the open form is compared with what is stored.

const ADDRESS = "/api/method/frappe.client.get_value";

$(document).on("startup", () => {
	frappe.realtime.socket?.on("connect", subscribe_again);
	document.addEventListener("visibilitychange", () => document.hidden || back_in_front());
	window.addEventListener("online", back_in_front);
});

let is_first = true;

function subscribe_again() {
	if (is_first) return (is_first = false);
	for (const open of frappe.realtime.open_docs) {
		const [doctype, ...name] = open.split(":");
		frappe.realtime.socket.emit("doc_subscribe", doctype, name.join(":"));
	}
	follow_what_was_missed();
}

function back_in_front() {
	const socket = frappe.realtime.socket;
	if (socket?.connected) follow_what_was_missed();
	else socket?.connect();
}

async function follow_what_was_missed() {
	const frm = window.cur_frm;
	if (!frm?.doc || frm.is_new() || frm.meta.issingle || frappe.get_route()[0] !== "Form") return;
	const { doctype, docname } = frm;
	const stored = await modified_of(doctype, docname);
	const is_open = window.cur_frm === frm && frm.docname === docname;
	if (!stored || !is_open || stored === frm.doc.modified || frappe.ui.form.is_saving) return;
	if (!frm.is_dirty()) return frm.debounced_reload_doc();
	frm.doc.__needs_refresh = true;
	frm.show_conflict_message();
}

async function modified_of(doctype, name) {
	const address = `${ADDRESS}?${new URLSearchParams({ doctype, filters: name, fieldname: "modified" })}`;
	const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
	return answer?.ok ? (await answer.json()).message?.modified : null;
}

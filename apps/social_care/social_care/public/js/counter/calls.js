// Calls of the counter, and what its screens share.

export const call = (name, values = {}) => frappe.xcall(`social_care.api.counter.${name}`, values);

export const escape = (value) => social_care.digits.shown(frappe.utils.escape_html(String(value ?? "")));
export const minutes = (seconds) => Math.floor((seconds || 0) / 60);
export const colours = {
	Waiting: "orange",
	Called: "blue",
	Serving: "green",
	Absent: "gray",
};

// The PDF that bears a verification code; names of receipts and tickets tell nothing of a person.
export function print_address(doctype, name, format) {
	const asked = new URLSearchParams({ doctype, name, format, no_letterhead: 1 });
	return `/api/method/frappe.utils.print_format.download_pdf?${asked}`;
}

export const button = (action, label, style = "default", more = "") =>
	`<button type="button" class="btn btn-${style} btn-sm" data-action="${action}" ${more}>${escape(label)}</button>`;

// One answer a click: while a call is on its way its button rests.
export function on_click(box, actions) {
	box.addEventListener("click", async (event) => {
		const target = event.target.closest("[data-action]");
		const action = target && actions[target.dataset.action];
		if (!action || target.disabled) return;
		target.disabled = true;
		try {
			await action(target);
		} catch {
			// the framework has told what was refused
		} finally {
			target.disabled = false;
		}
	});
}

// What a screen remembers of its place, on this device.
export const remembered = (what) => localStorage.getItem(`social_care_counter:${what}`) || "";
export const remember = (what, value) => localStorage.setItem(`social_care_counter:${what}`, value);

// Told by the server when the queue changes; where that does not reach, asked for again after a while.
export class Refreshing {
	constructor(work, seconds) {
		this.work = work;
		this.seconds = seconds;
		this.heard = ({ office }) => office === this.office && this.work();
	}

	begin(office) {
		this.end();
		this.office = office;
		frappe.realtime.doc_subscribe("Service Office", office);
		frappe.realtime.on("service_queue", this.heard);
		this.timer = setInterval(() => document.hidden || this.work(), this.seconds * 1000);
	}

	end() {
		clearInterval(this.timer);
		frappe.realtime.off("service_queue", this.heard);
	}
}

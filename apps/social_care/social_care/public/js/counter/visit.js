// A visit: the applicant once, as many services as are needed, one receipt. What was typed stays until the visit is registered.
import { button, call, escape, on_click, print_address } from "./calls";
import { Applicant } from "./applicant";
import { Request } from "./request";

export class Visit {
	constructor(box, clerk) {
		this.box = box;
		this.clerk = clerk;
		on_click(box, {
			add: () => this.add(),
			remove: (target) => this.remove(target.closest(".sc-request").dataset.key),
			register: () => this.register(),
			again: () => this.begin(),
			forget_ticket: () => this.for_ticket(null),
		});
	}

	async open() {
		this.services = await call("services", { office: this.clerk.office.name });
		this.begin();
	}

	// Groups of what this clerk takes in: [{"value", "label"}].
	groups() {
		const names = new Map((this.services || []).map((row) => [row.group, row.group_name]));
		return [...names].map(([value, label]) => ({ value, label }));
	}

	group_name(group) {
		return (this.services || []).find((row) => row.group === group)?.group_name || "";
	}

	begin() {
		this.key = frappe.utils.get_random(30);
		this.requests = [];
		this.ticket = null;
		this.box.innerHTML = `
			<section class="sc-part"><h2>${escape(__("Applicant"))}</h2><div class="sc-applicant"></div></section>
			<section class="sc-part"><h2>${escape(__("Requests of the Visit"))}</h2>
				<div class="sc-requests"></div>
				<div class="sc-add"><select class="form-control sc-service" aria-label="${escape(__("Service"))}">${this.options()}</select>
					${button("add", __("Add the Service"))}</div></section>
			<section class="sc-part sc-end"><div class="sc-ticket-choice"></div>
				<p class="sc-error text-danger" role="alert" hidden></p>
				${button("register", __("Register and Issue the Receipt"), "primary")}</section>`;
		this.applicant = new Applicant(this.box.querySelector(".sc-applicant"), this.clerk);
		this.draw_choice();
	}

	options() {
		const group = ({ value, label }) => {
			const rows = this.services.filter((row) => row.group === value);
			const options = rows.map((row) => `<option value="${row.service}">${escape(row.title)}</option>`);
			return `<optgroup label="${escape(label)}">${options.join("")}</optgroup>`;
		};
		return `<option value="">${escape(__("Choose a service"))}</option>${this.groups().map(group).join("")}`;
	}

	// The visit of somebody who is at the window with a number, or of somebody who gets one.
	for_ticket(ticket) {
		this.ticket = ticket;
		this.draw_choice();
	}

	draw_choice() {
		const box = this.box.querySelector(".sc-ticket-choice");
		if (!box) return this.begin();
		box.innerHTML = this.ticket
			? `<span class="indicator-pill blue">${escape(__("Ticket {0}", [this.ticket.number]))}</span>
				${button("forget_ticket", __("Without This Ticket"))}`
			: `<label><input type="checkbox" class="sc-take" checked> ${escape(__("Give a Number"))}</label>
				<label><input type="checkbox" class="sc-first"> ${escape(__("Goes First"))}</label>`;
	}

	async add() {
		const choice = this.box.querySelector(".sc-service");
		const service = this.services.find((row) => row.service === choice.value);
		if (!service) return choice.focus();
		const form = await call("form", { office: this.clerk.office.name, service: service.service });
		this.requests.push(new Request(this.box.querySelector(".sc-requests"), service, form));
		choice.value = "";
	}

	remove(key) {
		this.requests.find((request) => request.key === key).remove();
		this.requests = this.requests.filter((request) => request.key !== key);
	}

	values() {
		const checked = (name) => Number(this.box.querySelector(name)?.checked || 0);
		return {
			key: this.key,
			applicant: this.applicant.values(),
			requests: this.requests.map((request) => request.values()),
			ticket: this.ticket?.name,
			take_ticket: checked(".sc-take"),
			priority: checked(".sc-first"),
			group: this.requests[0]?.service.group,
		};
	}

	async register() {
		this.say("");
		if (!this.requests.length) return this.say(__("Add at least one service."));
		frappe.dom.freeze(__("The visit is being registered…"));
		try {
			const answer = await call("register", { office: this.clerk.office.name, visit: this.values() });
			answer.errors ? this.refused(answer.errors) : await this.registered(answer);
		} finally {
			frappe.dom.unfreeze();
		}
	}

	refused(errors) {
		this.applicant.say(errors.applicant || "");
		this.requests.forEach((request, place) => request.say(errors[place] || ""));
		this.say(__("Nothing was registered. Please complete what is marked."));
		this.box.querySelector(".sc-error:not([hidden])").scrollIntoView({ block: "center" });
	}

	say(sentence) {
		const box = this.box.querySelector(".sc-end > .sc-error");
		box.textContent = sentence;
		box.hidden = !sentence;
	}

	async registered(answer) {
		const requests = answer.requests.map(
			(row) =>
				`<li><a href="${frappe.utils.get_form_link(row.doctype, row.name)}"><bdi dir="ltr">${escape(
					row.name
				)}</bdi></a> ${escape(row.title)}</li>`
		);
		const receipt = print_address("Service Receipt", answer.receipt, "Receipt of Requests");
		this.box.innerHTML = `<section class="sc-part sc-done" role="status"><h2>${escape(__("The visit is registered."))}</h2>
			<p>${escape(__("Receipt Number"))} <b class="sc-receipt"><bdi dir="ltr">${escape(answer.receipt)}</bdi></b></p>
			<ul>${requests.join("")}</ul>${this.number(answer.ticket)}
			<div class="sc-steps"><a class="btn btn-primary btn-sm" target="_blank" href="${receipt}">${escape(
				__("Print the Receipt")
			)}</a>${this.print_ticket(answer.ticket)}${button("again", __("New Visit"))}</div></section>`;
		await this.clerk.queue.refresh();
	}

	number(ticket) {
		if (!ticket) return "";
		return `<p>${escape(__("Ticket Number"))}</p><div class="sc-number">${escape(ticket.number)}</div>`;
	}

	print_ticket(ticket) {
		if (!ticket) return "";
		const address = print_address("Service Ticket", ticket.name, "Queue Ticket");
		return `<a class="btn btn-default btn-sm" target="_blank" href="${address}">${escape(__("Print the Ticket"))}</a>`;
	}
}

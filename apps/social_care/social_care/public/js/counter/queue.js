// The queue at the side: who is at my window, who waits, what may be done with a ticket.
import {
	button,
	call,
	colours,
	escape,
	minutes,
	on_click,
	print_address,
	Refreshing,
	remember,
	remembered,
} from "./calls";
import { appointments, book } from "./appointments";

const AT_WINDOW = ["Called", "Serving"];

export class Queue {
	constructor(box, clerk) {
		this.box = box;
		this.clerk = clerk;
		this.refreshing = new Refreshing(() => this.refresh(), 15);
		on_click(box, {
			next: () => this.next(),
			step: (target) => this.step(target.dataset.ticket, target.dataset.step),
			register: (target) => this.clerk.visit.for_ticket(this.ticket(target.dataset.ticket)),
			take: () => this.take(),
			expected: () => appointments(this),
			book: () => book(this.office, this.clerk.visit.groups()),
		});
		box.addEventListener("change", (event) => {
			if (event.target.matches(".sc-window")) this.choose_window(event.target.value);
		});
	}

	get office() {
		return this.clerk.office.name;
	}

	get window() {
		return Number(remembered(`window:${this.office}`)) || 1;
	}

	choose_window(number) {
		remember(`window:${this.office}`, number);
		return this.refresh();
	}

	open() {
		this.begin();
		return this.refresh();
	}

	begin() {
		this.refreshing.begin(this.office);
	}

	end() {
		this.refreshing.end();
	}

	async refresh() {
		const office = this.office;
		const told = await call("board", { office });
		if (office !== this.office) return;
		this.tickets = told.tickets;
		this.draw(told.figures);
	}

	ticket(name) {
		return this.tickets.find((ticket) => ticket.name === name);
	}

	draw(figures) {
		const mine = this.tickets.find((row) => row.window === this.window && AT_WINDOW.includes(row.state));
		const listed = (state) => this.tickets.filter((row) => row.state === state);
		this.box.innerHTML = `
			<div class="sc-queue-head">
				<label>${escape(__("My Window"))} ${this.windows()}</label>
				<span class="text-muted">${escape(__("Served Today"))}: <b>${escape(figures.served)}</b></span>
			</div>
			${mine ? this.at_window(mine) : this.free()}
			<div class="sc-queue-more">${button("take", __("New Ticket"))}${button("expected", __("Appointments Today"))}${button(
				"book",
				__("Book an Appointment")
			)}</div>
			<h2>${escape(__("Waiting"))} <span class="badge">${escape(figures.waiting)}</span>${this.mean(figures)}</h2>
			${this.list(listed("Waiting"), __("Nobody is waiting."))}
			${listed("Absent").length ? `<h2>${escape(__("Absent"))}</h2>${this.list(listed("Absent"))}` : ""}`;
	}

	mean({ waiting_minutes }) {
		if (waiting_minutes == null) return "";
		return `<small class="text-muted">${escape(__("Mean waiting time: {0} min", [waiting_minutes]))}</small>`;
	}

	windows() {
		const options = Array.from({ length: this.clerk.office.windows }, (_row, place) => place + 1).map(
			(number) =>
				`<option value="${number}" ${number === this.window ? "selected" : ""}>${escape(number)}</option>`
		);
		return `<select class="form-control input-xs sc-window">${options.join("")}</select>`;
	}

	free() {
		return `<div class="sc-at-window">${button("next", __("Call the Next"), "primary", 'data-main="1"')}</div>`;
	}

	at_window(ticket) {
		const step = (name, label, style) =>
			button("step", label, style, `data-ticket="${ticket.name}" data-step="${name}"`);
		const steps =
			ticket.state === "Called"
				? [
						step("serve", __("Begin the Service"), "primary"),
						step("call", __("Call Again")),
						step("absent", __("Absent")),
					]
				: [
						step("finish", __("Finish"), "primary"),
						ticket.receipt
							? ""
							: button("register", __("Register the Visit"), "default", `data-ticket="${ticket.name}"`),
					];
		return `<div class="sc-at-window" data-state="${ticket.state}">
			<div class="sc-number" aria-live="polite">${escape(ticket.number)}</div>
			<div><span class="indicator-pill ${colours[ticket.state]}">${escape(__(ticket.state))}</span></div>
			<div>${escape(ticket.applicant)}</div>${this.receipt(ticket)}
			<div class="sc-steps">${steps.join("")}</div></div>`;
	}

	receipt(ticket) {
		if (!ticket.receipt) return "";
		const address = frappe.utils.get_form_link("Service Receipt", ticket.receipt);
		return `<div><a href="${address}"><bdi dir="ltr">${escape(ticket.receipt)}</bdi></a></div>`;
	}

	list(rows, empty = "") {
		if (!rows.length) return `<p class="text-muted">${escape(empty)}</p>`;
		return `<ul class="sc-tickets">${rows.map((row) => this.line(row)).join("")}</ul>`;
	}

	line(row) {
		const first = row.priority
			? `<span class="indicator-pill orange">${escape(__("Goes First"))}</span>`
			: "";
		const who = row.applicant || this.clerk.visit.group_name(row.service_group);
		const label = escape(__("Call ticket {0}", [row.number]));
		return `<li><b>${escape(row.number)}</b><span>${escape(who)} ${first}
			<small class="text-muted">${escape(__("{0} min", [minutes(row.waited)]))}</small></span>
			${button("step", __("Call to the Window"), "default", `data-ticket="${row.name}" data-step="call" aria-label="${label}"`)}</li>`;
	}

	async next() {
		const ticket = await call("call_next", { office: this.office, window: this.window });
		if (!ticket) frappe.show_alert(__("Nobody is waiting."));
		await this.refresh();
	}

	async step(ticket, step) {
		try {
			await call("step", { ticket, step, window: step === "call" ? this.window : 0 });
		} finally {
			await this.refresh();
		}
	}

	take() {
		const dialog = new frappe.ui.Dialog({
			title: __("New Ticket"),
			fields: [
				{
					fieldname: "group",
					fieldtype: "Select",
					label: __("Service Group"),
					options: [{ value: "", label: "" }, ...this.clerk.visit.groups()],
				},
				{ fieldname: "priority", fieldtype: "Check", label: __("Goes First") },
			],
			primary_action_label: __("Give a Number"),
			primary_action: async ({ group, priority }) => {
				dialog.disable_primary_action();
				const ticket = await call("take_ticket", {
					office: this.office,
					group: group || "",
					priority: priority || 0,
				});
				dialog.hide();
				await this.given(ticket);
			},
		});
		dialog.show();
	}

	// The number, large, with its print.
	async given(ticket) {
		const address = print_address("Service Ticket", ticket.name, "Queue Ticket");
		frappe.msgprint({
			title: __("Ticket Number"),
			message: `<div class="sc-number">${escape(ticket.number)}</div>
				<p><a class="btn btn-default btn-sm" target="_blank" href="${address}">${escape(__("Print the Ticket"))}</a></p>`,
		});
		await this.refresh();
	}
}

// The screen of the waiting room: numbers and windows, nothing else. Large enough to be read from the last row.
import { call, escape, Refreshing, remember, remembered } from "./calls";

export class Display {
	constructor(wrapper) {
		this.page = frappe.ui.make_app_page({
			parent: wrapper,
			title: __("Queue Display"),
			single_column: true,
		});
		this.refreshing = new Refreshing(() => this.refresh(), 10);
		this.page.add_inner_button(__("Full Screen"), () => document.documentElement.requestFullscreen());
		this.ready = this.load();
	}

	async load() {
		this.counters = await call("counters");
		const wanted = frappe.get_route()[1] || remembered("display");
		this.office = (this.counters.find((row) => row.name === wanted) || this.counters[0] || {}).name;
		if (this.counters.length > 1)
			this.page.add_field({
				fieldname: "office",
				fieldtype: "Select",
				label: __("Service Counter"),
				options: this.counters.map((row) => ({ value: row.name, label: row.office_name })),
				default: this.office,
				change: () => this.choose(),
			});
	}

	async choose() {
		const name = this.page.fields_dict.office.get_value();
		if (!name || name === this.office) return;
		this.office = name;
		remember("display", name);
		await this.show();
	}

	async show() {
		await this.ready;
		if (!this.office) return;
		document.body.classList.add("sc-kiosk");
		this.refreshing.begin(this.office);
		await this.refresh();
	}

	hide() {
		document.body.classList.remove("sc-kiosk");
		this.refreshing.end();
	}

	async refresh() {
		const told = await call("display", { office: this.office });
		const cards = told.windows.map(
			(row) => `<li class="${row.called ? "sc-called" : ""}">
				<div class="sc-number">${escape(row.number)}</div><div>${escape(__("Window {0}", [row.window]))}</div></li>`
		);
		this.page.main.html(`<div class="sc-display">
			<h2>${escape(told.office)}</h2>
			<ul class="sc-called-numbers" aria-live="polite">${
				cards.join("") || `<li class="sc-empty">${escape(__("Please wait for your number."))}</li>`
			}</ul>
			<p>${escape(__("Waiting"))}: <b>${escape(told.waiting)}</b>
			${told.last.length ? `<span>${escape(__("Called before"))}: ${escape(told.last.join(" · "))}</span>` : ""}</p>
		</div>`);
	}
}

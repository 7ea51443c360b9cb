// The clerk's screen: the queue at the side, the visit beside it.
import { call, escape, remember, remembered } from "./calls";
import { Queue } from "./queue";
import { Visit } from "./visit";

export class Clerk {
	constructor(wrapper) {
		this.page = frappe.ui.make_app_page({
			parent: wrapper,
			title: __("Service Counter"),
			single_column: true,
		});
		this.page.main.addClass("sc-counter-page");
		this.ready = this.load();
	}

	async load() {
		this.counters = await call("counters");
		if (!this.counters.length) return this.say_none();
		this.office = this.counters.find((row) => row.name === remembered("office")) || this.counters[0];
		this.draw();
		await this.open();
	}

	say_none() {
		this.page.main.html(
			`<p class="text-muted sc-counter-none">${escape(
				__("No counter has been set up where you work. Ask the manager of your administration.")
			)}</p>`
		);
	}

	draw() {
		this.page.main.html(
			'<div class="sc-counter"><aside class="sc-queue"></aside><div class="sc-visit"></div></div>'
		);
		if (this.counters.length > 1)
			this.page.add_field({
				fieldname: "office",
				fieldtype: "Select",
				label: __("Service Counter"),
				options: this.counters.map((row) => ({ value: row.name, label: row.office_name })),
				default: this.office.name,
				change: () => this.choose(),
			});
		const find = (name) => this.page.main.find(`.${name}`)[0];
		this.queue = new Queue(find("sc-queue"), this);
		this.visit = new Visit(find("sc-visit"), this);
	}

	async choose() {
		const name = this.page.fields_dict.office.get_value();
		if (!name || name === this.office.name) return;
		this.office = this.counters.find((row) => row.name === name);
		remember("office", name);
		await this.open();
	}

	async open() {
		this.page.set_title(`${__("Service Counter")} – ${this.office.office_name}`);
		await Promise.all([this.queue.open(), this.visit.open()]);
	}

	async show() {
		await this.ready;
		this.queue?.begin();
	}

	hide() {
		this.queue?.end();
	}
}

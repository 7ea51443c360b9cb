// What waits for the data officer of a directorate, the oldest first. Loaded by its page only.

frappe.provide("social_care.data_officer");

const call = (name, values = {}) => frappe.xcall(`social_care.api.data_officer.${name}`, values);
const escape = (value) => social_care.digits.shown(frappe.utils.escape_html(String(value ?? "")));
// Names that are no code of anything say nothing to a reader.
const code = (name) => (/^[0-9a-f]{10,}$/.test(name) ? "" : `<bdi dir="ltr">${plain(name)}</bdi>`);
const plain = (value) => frappe.utils.escape_html(String(value ?? ""));

class Queue {
	constructor(wrapper) {
		this.page = frappe.ui.make_app_page({
			parent: wrapper,
			title: __("Data Officer's Queue"),
			single_column: true,
		});
		this.box = this.page.main[0];
		this.box.classList.add("sc-confirmation", "sc-officer");
		this.kind = "";
		this.page.set_primary_action(__("Look Again"), () => this.refresh(), "refresh");
		this.box.addEventListener("click", (event) => this.clicked(event));
	}

	// What is kept is shown at once; what has happened since comes after it.
	async show() {
		await this.load();
		if (frappe.user.has_role("Directorate Data Officer")) await this.refresh();
	}

	async refresh() {
		await call("refresh");
		await this.load();
	}

	async load() {
		this.told = await call("queue", { kind: this.kind });
		this.rows = this.told.rows;
		this.draw();
	}

	async more() {
		const told = await call("queue", { kind: this.kind, start: this.rows.length });
		this.rows = [...this.rows, ...told.rows];
		this.told.more = told.more;
		this.draw();
	}

	clicked(event) {
		const target = event.target.closest("[data-kind], [data-action]");
		if (!target) return;
		if (target.dataset.action === "more") return this.more();
		this.kind = target.dataset.kind;
		return this.load();
	}

	draw() {
		const all = this.told.kinds.reduce((sum, each) => sum + each.number, 0);
		const tab = (kind, title, number, done) =>
			`<button type="button" class="btn btn-sm btn-${
				kind === this.kind ? "primary" : "default"
			}" aria-pressed="${kind === this.kind}" data-kind="${plain(kind)}">${escape(title)} <b>${escape(number)}</b>${
				done == null ? "" : ` <small>${escape(__("done in 30 days: {0}", [done]))}</small>`
			}</button>`;
		const lines = this.rows.map((row) => this.line(row));
		const headings = [
			__("Waiting For"),
			__("Record to Open"),
			__("Institution"),
			__("Since"),
			__("Age (Days)"),
		];
		this.box.innerHTML = `<div class="sc-top">${tab("", __("All"), all)}${this.told.kinds
			.map((each) => tab(each.kind, each.title, each.number, each.done))
			.join("")}</div>
			${
				lines.length
					? `<div class="table-responsive"><table class="table"><thead><tr>${headings
							.map((title) => `<th scope="col">${escape(title)}</th>`)
							.join("")}</tr></thead><tbody>${lines.join("")}</tbody></table></div>`
					: `<p class="text-muted sc-empty" role="status">${escape(__("Nothing waits."))}</p>`
			}
			<div class="sc-more"${this.told.more ? "" : " hidden"}><button type="button" class="btn btn-default btn-sm" data-action="more">${escape(
				__("Show More")
			)}</button></div>`;
	}

	line(row) {
		return `<tr><td>${escape(row.title)}</td>
			<td><a href="${this.address(row)}">${escape(row.record)} ${code(row.record_name)}</a></td>
			<td>${escape(row.institution_name || "")}</td>
			<td class="text-nowrap">${escape(frappe.datetime.str_to_user(row.since))}</td><td>${escape(row.days)}</td></tr>`;
	}

	address(row) {
		if (row.record_type === "Institution Confirmation")
			return `/app/confirm-children/${encodeURIComponent(row.record_name)}`;
		return frappe.utils.get_form_link(row.record_type, row.record_name);
	}
}

social_care.data_officer.open = (wrapper) => {
	wrapper.queue = new Queue(wrapper);
	wrapper.queue.show();
};

// A whole institution on one screen: each child a row, one key or click a decision.
import { button, call, date, escape, stamp } from "./calls";
import { Outbox } from "./outbox";
import { row } from "./row";

const KEYS = { KeyC: "Confirmed", Enter: "Confirmed", KeyX: "To Correct", Backspace: "Waiting" };
const ACTIONS = { confirm: "Confirmed", correct: "To Correct" };

export class Screen {
	constructor(wrapper) {
		this.page = frappe.ui.make_app_page({
			parent: wrapper,
			title: __("Confirmation of Children's Data"),
			single_column: true,
		});
		this.box = this.page.main[0];
		this.box.classList.add("sc-confirmation");
		this.box.addEventListener("click", (event) => this.clicked(event));
		this.box.addEventListener("keydown", (event) => this.pressed(event));
		this.box.addEventListener("change", (event) => event.target.matches(".sc-state") && this.begin());
	}

	async show() {
		const asked = frappe.get_route()[1] || "";
		if (asked && asked === this.name) return;
		this.outbox?.end();
		this.outbox = null;
		this.name = asked;
		if (this.name) return this.open();
		const rows = await call("mine");
		if (rows.length === 1) return frappe.set_route("confirm-children", rows[0].name);
		this.list(rows);
	}

	list(rows) {
		const lines = rows.map(
			(
				told
			) => `<li><a href="/app/confirm-children/${encodeURIComponent(told.name)}">${escape(told.title)}</a>
				<span>${escape(__("due on {0}", [stamp(told.due_on)]))}</span>
				<span>${escape(__("{0} of {1} confirmed", [told.confirmed, told.children]))}</span></li>`
		);
		this.box.innerHTML = lines.length
			? `<ul class="sc-confirmations">${lines.join("")}</ul>`
			: `<p class="text-muted sc-empty">${escape(__("No confirmation is open at your places."))}</p>`;
	}

	async open() {
		this.head = await call("head", { name: this.name });
		this.page.set_title(`${__("Confirmation of Children's Data")} – ${this.head.title}`);
		this.box.innerHTML = `<div class="sc-top"></div>
			<p class="sc-line" role="status" hidden></p><p class="sc-error text-danger" role="alert" hidden></p>
			<ol class="sc-children" aria-label="${escape(__("Children"))}"></ol>
			<div class="sc-more" hidden>${button("more", __("Show More"))}</div>`;
		this.draw_head();
		this.outbox = new Outbox(this.name, this);
		this.outbox.keep();
		await this.begin();
	}

	find(selector) {
		return this.box.querySelector(selector);
	}

	draw_head() {
		const { counts, due_on, days_late, status, signed_by, signed_on } = this.head;
		const chosen = this.find(".sc-state")?.value || "";
		const options = [
			["", __("All")],
			...["Waiting", "To Correct", "Confirmed"].map((state) => [state, __(state)]),
		];
		const number = (state) =>
			state ? counts[state] : Object.values(counts).reduce((sum, value) => sum + value, 0);
		const late = days_late
			? `<span class="indicator-pill red">${escape(__("Days overdue: {0}", [days_late]))}</span>`
			: "";
		const signed =
			status === "Signed"
				? `<span class="indicator-pill green">${escape(
						__("Signed by {0} on {1}", [signed_by, stamp(signed_on)])
					)}</span>`
				: "";
		this.find(".sc-top").innerHTML = `
			<span>${escape(__("Due On"))}: <b>${date(due_on)}</b></span> ${late}${signed}
			<label>${escape(__("Show"))} <select class="form-control input-sm sc-state">${options
				.map(
					([value, label]) =>
						`<option value="${value}"${value === chosen ? " selected" : ""}>${escape(
							`${label} (${number(value)})`
						)}</option>`
				)
				.join("")}</select></label>
			${this.head.may_confirm ? `<small class="text-muted">${escape(__("C or Enter: confirmed · X: to correct · Backspace: take back · arrows: next child"))}</small>` : ""}
			${button("print", __("Print"))}
			${this.head.may_sign ? button("sign", __("Sign"), "primary", counts.Waiting ? "disabled" : "") : ""}`;
	}

	// The rows anew, from the first.
	async begin() {
		this.rows = new Map();
		this.find(".sc-children").innerHTML = "";
		await this.more();
	}

	async more() {
		const [after] = [...this.rows.keys()].slice(-1);
		const state = this.find(".sc-state").value;
		const told = await call("page", { name: this.name, state, after: after || "" });
		const list = this.find(".sc-children");
		told.rows.forEach((child) => {
			this.rows.set(child.child, child);
			list.insertAdjacentHTML("beforeend", row(child, list.children.length, this.head.may_confirm));
		});
		if (!list.children.length)
			list.innerHTML = `<p class="text-muted sc-empty">${escape(__("No child is left here."))}</p>`;
		this.find(".sc-more").hidden = !told.more;
	}

	clicked(event) {
		const target = event.target.closest("[data-action]");
		if (!target || target.disabled) return;
		const { action } = target.dataset;
		if (ACTIONS[action]) return this.decide(target.closest(".sc-child"), ACTIONS[action]);
		if (action === "more") return this.more();
		if (action === "print") return this.print();
		if (action === "sign") return this.sign(target);
	}

	pressed(event) {
		const item = event.target.closest(".sc-child");
		if (!item || event.target !== item || event.ctrlKey || event.metaKey || event.altKey) return;
		const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
		const state = KEYS[event.code];
		if (!step && !(state && this.head.may_confirm)) return;
		event.preventDefault();
		if (step) return this.focus(item[step]);
		this.decide(item, state);
		this.focus(item.nextElementSibling);
	}

	focus(item) {
		if (!item?.matches(".sc-child")) return;
		this.box.querySelectorAll('.sc-child[tabindex="0"]').forEach((other) => (other.tabIndex = -1));
		item.tabIndex = 0;
		item.focus();
	}

	// Shown at once, and sent; the answer corrects what is shown.
	decide(item, state) {
		const child = this.rows.get(item.dataset.child);
		const wanted = child.state === state && !child.is_changed_since && state !== "Waiting" ? null : state;
		if (!wanted) return;
		this.say("");
		item.classList.add("sc-sending");
		this.outbox.put([{ child: child.child, state: wanted, seen: child.seen }]);
	}

	answered({ results, rows, counts, seen }) {
		Object.assign(this.head, { counts, seen });
		this.draw_head();
		this.box.querySelectorAll(".sc-sending").forEach((item) => {
			if (results[item.dataset.child]) item.classList.remove("sc-sending");
		});
		rows.forEach((child) => this.replace(child));
		const of = (result) => Object.keys(results).filter((code) => results[code] === result);
		of("gone").forEach((code) => this.item(code)?.remove());
		if (of("changed").length)
			this.say(
				__("These files have changed since you saw them, please look again: {0}", [of("changed").join("، ")])
			);
	}

	item(code) {
		return this.box.querySelector(`.sc-child[data-child="${CSS.escape(code)}"]`);
	}

	replace(child) {
		const old = this.item(child.child);
		this.rows.set(child.child, child);
		if (!old) return;
		const { tabIndex } = old;
		const has_focus = document.activeElement === old;
		old.outerHTML = row(child, 1, this.head.may_confirm);
		const item = this.item(child.child);
		item.tabIndex = tabIndex;
		if (has_focus) item.focus();
	}

	refused(sentence) {
		this.box.querySelectorAll(".sc-sending").forEach((item) => item.classList.remove("sc-sending"));
		this.say(sentence);
	}

	waiting(number) {
		const line = this.find(".sc-line");
		if (!line) return;
		line.hidden = !number;
		line.textContent = number ? social_care.digits.shown(__("On the way to the server: {0}", [number])) : "";
	}

	say(sentence) {
		const box = this.find(".sc-error");
		box.textContent = sentence;
		box.hidden = !sentence;
	}

	print() {
		const asked = new URLSearchParams({
			doctype: "Institution Confirmation",
			name: this.name,
			format: "Confirmation of Data",
			no_letterhead: 1,
		});
		window.open(`/api/method/frappe.utils.print_format.download_pdf?${asked}`);
	}

	sign(target) {
		frappe.confirm(
			__(
				"You sign that these children live in the institution and that what is confirmed is right. Nothing of it changes afterwards."
			),
			async () => {
				target.disabled = true;
				try {
					this.head = await call("sign", { name: this.name, seen: this.head.seen });
				} catch {
					this.head = await call("head", { name: this.name }); // shown anew; the refusal was told
				} finally {
					target.disabled = false;
				}
				this.draw_head();
				await this.begin();
			}
		);
	}
}

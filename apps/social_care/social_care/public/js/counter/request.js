// One request of a visit: the form of its service, and the papers that were handed in with it.
import { button, escape } from "./calls";

let made = 0;

export class Request {
	constructor(parent, service, form) {
		this.service = service;
		this.key = String((made += 1));
		this.box = document.createElement("article");
		this.box.className = "sc-request";
		this.box.dataset.key = this.key;
		this.box.innerHTML = `<header><h3>${escape(service.title)}</h3>${button(
			"remove",
			__("Remove"),
			"default",
			`aria-label="${escape(__("Remove {0}", [service.title]))}"`
		)}</header><p class="sc-error text-danger" role="alert" hidden></p><div class="sc-fields"></div>${papers(form.papers)}`;
		parent.append(this.box);
		this.group = new frappe.ui.FieldGroup({
			fields: form.fields,
			body: this.box.querySelector(".sc-fields"),
		});
		this.group.make();
	}

	values() {
		const papers = [...this.box.querySelectorAll(".sc-papers input:checked")].map((input) => input.value);
		return { service: this.service.service, values: this.group.get_values(true) || {}, papers };
	}

	say(sentence) {
		const box = this.box.querySelector(".sc-error");
		box.textContent = sentence;
		box.hidden = !sentence;
		this.box.classList.toggle("sc-wrong", Boolean(sentence));
	}

	remove() {
		this.box.remove();
	}
}

function papers(rows) {
	if (!rows.length) return "";
	const lines = rows.map(
		({ code, title, required }) =>
			`<label><input type="checkbox" value="${code}"> ${escape(title)}${
				required ? "" : ` <small class="text-muted">${escape(__("if there is one"))}</small>`
			}</label>`
	);
	return `<fieldset class="sc-papers"><legend>${escape(__("Papers Handed In"))}</legend>${lines.join("")}</fieldset>`;
}

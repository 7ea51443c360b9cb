// The applicant: found among those who came before, or written for the first time with what is known of him shown.
import { button, call, escape, on_click } from "./calls";

const FIELDS = () => [
	{ fieldname: "applicant_national_number", fieldtype: "Data", label: __("National Number") },
	{ fieldname: "applicant_name", fieldtype: "Data", label: __("Applicant's Name"), reqd: 1 },
	{ fieldname: "applicant_column", fieldtype: "Column Break" },
	{ fieldname: "applicant_phone", fieldtype: "Data", label: __("Telephone") },
	{ fieldname: "applicant_email", fieldtype: "Data", label: __("E-mail"), options: "Email" },
	{ fieldname: "applicant_second_column", fieldtype: "Column Break" },
	{ fieldname: "applicant_birth_date", fieldtype: "Date", label: __("Birth Date") },
	{
		fieldname: "applicant_sex",
		fieldtype: "Select",
		label: __("Sex"),
		options: ["", "Male", "Female"].map((value) => ({ value, label: value && __(value) })),
	},
];
const LOOKED_AT = ["applicant_national_number", "applicant_name", "applicant_phone"];

export class Applicant {
	constructor(box, clerk) {
		this.box = box;
		this.clerk = clerk;
		box.innerHTML = `<form class="sc-find" role="search"><input type="search" class="form-control" aria-label="${escape(
			__("Find an applicant")
		)}" placeholder="${escape(__("Name, national number, telephone or receipt number"))}">
			<button type="submit" class="btn btn-default btn-sm">${escape(__("Find"))}</button></form>
			<div class="sc-found" aria-live="polite"></div><div class="sc-fields"></div>
			<div class="sc-known" aria-live="polite"></div><p class="sc-error text-danger" role="alert" hidden></p>`;
		this.group = new frappe.ui.FieldGroup({ fields: FIELDS(), body: box.querySelector(".sc-fields") });
		this.group.make();
		box.querySelector(".sc-find").addEventListener("submit", (event) => {
			event.preventDefault();
			this.find(event.target.querySelector("input").value.trim());
		});
		LOOKED_AT.forEach((name) => this.group.get_field(name).$input.on("change", () => this.look()));
		on_click(box, { choose: (target) => this.choose(this.rows[target.dataset.place]) });
	}

	get office() {
		return this.clerk.office.name;
	}

	async find(text) {
		const rows = text ? await call("find_applicant", { office: this.office, text }) : [];
		this.show(".sc-found", rows, text ? __("Nobody was found. Write the applicant below.") : "");
	}

	show(where, rows, empty) {
		this.rows = rows;
		const lines = rows.map(
			(row, place) =>
				`<li><span><b>${escape(row.applicant_name)}</b> <bdi dir="ltr">${escape(
					row.applicant_national_number || row.applicant_phone
				)}</bdi> <small class="text-muted">${escape(__("receipts: {0}", [row.receipts]))}</small></span>${button(
					"choose",
					__("Choose"),
					"default",
					`data-place="${place}" aria-label="${escape(__("Choose {0}", [row.applicant_name]))}"`
				)}</li>`
		);
		this.box.querySelector(where).innerHTML = lines.length
			? `<ul class="sc-tickets">${lines.join("")}</ul>`
			: `<p class="text-muted">${escape(empty)}</p>`;
	}

	async choose(row) {
		this.choosing = true;
		await this.group.set_values(
			Object.fromEntries(FIELDS().map(({ fieldname }) => [fieldname, row[fieldname] || ""]))
		);
		this.choosing = false;
		this.box.querySelector(".sc-found").innerHTML = "";
		this.box.querySelector(".sc-known").innerHTML = "";
		this.say("");
	}

	// What is known of him already, before he is registered a second time.
	async look() {
		if (this.choosing) return;
		const { applicant_name: name, applicant_national_number: number, applicant_phone: phone } = this.values();
		if (!number && !phone && (name || "").trim().split(/\s+/).length < 2) return;
		const told = await call("look_at_applicant", { office: this.office, name, number, phone }).catch(
			() => null
		);
		if (!told) return;
		if (told.birth_date)
			await this.group.set_values({ applicant_birth_date: told.birth_date, applicant_sex: told.sex });
		const known = this.box.querySelector(".sc-known");
		this.show(".sc-known", told.similar, "");
		const heading = told.similar.length ? `<h3>${escape(__("Came before, perhaps the same"))}</h3>` : "";
		const notice = told.notice ? `<p class="sc-notice">${escape(told.notice)}</p>` : "";
		known.innerHTML = `${notice}${heading}${known.innerHTML}`;
	}

	values() {
		return this.group.get_values(true) || {};
	}

	say(sentence) {
		const box = this.box.querySelector(".sc-error");
		box.textContent = sentence;
		box.hidden = !sentence;
	}
}

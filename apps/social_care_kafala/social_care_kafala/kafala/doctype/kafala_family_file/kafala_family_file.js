frappe.ui.form.on("Kafala Family File", {
	setup(frm) {
		frm.set_query("org_unit", () => ({ filters: { level: "Social Administration" } }));
		frm.set_query("awareness_campaign", () => ({
			filters: { status: ["!=", "Campaign Cancelled"], starts_on: ["<=", frm.doc.applied_on] },
		}));
	},

	refresh(frm) {
		frm.set_intro("");
		if (frm.is_new()) return;
		show_clock(frm);
		show_other_files(frm);
		show_request(frm);
		show_family_requests(frm);
		add_ending(frm);
		add_suggestions(frm);
		frm.get_field("documents").grid.cannot_add_rows = true;
	},

	family_kind(frm) {
		if (frm.is_new() && !(frm.doc.adults || []).length) add_adults(frm);
	},
});

/** The rows that the kind of family asks for. */
function add_adults(frm) {
	const parts = { "Married Couple": ["Husband", "Wife"], "Man Alone": ["Man Who Applies Alone"] };
	for (const part of parts[frm.doc.family_kind] || ["Woman Who Applies Alone"]) {
		frm.add_child("adults", { part });
	}
	frm.refresh_field("adults");
}

/** When the step is due, whether it is late, or that its clock stands. */
function show_clock(frm) {
	const { step_due_on, pause_reason, paused_since } = frm.doc;
	if (paused_since) {
		frm.set_intro(__("The clock stands: {0}.", [__(pause_reason)]), "blue");
		return;
	}
	if (!step_due_on) return;
	const day = frappe.datetime.str_to_user(step_due_on);
	const late = (frm.doc.__onload || {}).is_late;
	const text = late ? __("The next step was due on {0}.", [day]) : __("The next step is due on {0}.", [day]);
	frm.set_intro(text, late ? "red" : "orange");
}

/** The citizen's request of which the file was made. */
function show_request(frm) {
	const request = (frm.doc.__onload || {}).request;
	if (!request) return;
	frm.add_custom_button(__("Request of the Citizen"), () =>
		frappe.set_route("Form", request.doctype, request.name)
	);
}

/** Permits to travel and names to add that were asked for the child in the family. */
function show_family_requests(frm) {
	const found = (frm.doc.__onload || {}).family_requests || [];
	frm.toggle_display("requests_section", Boolean(found.length));
	const wrapper = frm.get_field("requests_html").$wrapper.empty();
	if (!found.length) return;
	const escape = (text) => frappe.utils.escape_html(String(text ?? ""));
	const line = (row) => `<tr>
		<td>${escape(row.kind)}</td>
		<td><a href="${frappe.utils.get_form_link(row.doctype, row.name)}">${escape(row.name)}</a></td>
		<td>${escape(row.state)}</td>
		<td>${escape(frappe.datetime.str_to_user(row.day))}</td>
		<td>${escape(row.details)}</td>
	</tr>`;
	const heads = [__("Service"), __("Request Number"), __("Status"), __("Submitted On"), __("Details")];
	wrapper.html(`<div class="table-responsive"><table class="table table-bordered">
		<thead><tr>${heads.map((head) => `<th>${escape(head)}</th>`).join("")}</tr></thead>
		<tbody>${found.map(line).join("")}</tbody>
	</table></div>`);
}

/** Other applications of the same family: their number, or whom to ask. */
function show_other_files(frm) {
	const wrapper = frm.get_field("duplicates_html").$wrapper.empty();
	const found = (frm.doc.__onload || {}).other_files || [];
	if (!found.length) return;
	const escape = (text) => frappe.utils.escape_html(String(text ?? ""));
	const lines = found.map((row) =>
		row.name
			? `<a href="${frappe.utils.get_form_link(frm.doctype, row.name)}">${escape(row.name)}</a>`
			: escape(__("Another application of this family is kept elsewhere; ask: {0}", [row.ask]))
	);
	wrapper.html(
		`<div class="alert alert-warning"><b>${escape(__("The Same Family Has Applied Elsewhere"))}</b><ul>${lines
			.map((line) => `<li>${line}</li>`)
			.join("")}</ul></div>`
	);
}

/** The end of a kafala is a record of its own. */
function add_ending(frm) {
	const living = ["Transitional Integration", "Family Card", "Kafala Follow-Up"];
	if (!living.includes(frm.doc.status) || !frappe.model.can_create("Kafala Termination")) return;
	frm.add_custom_button(__("End the Kafala"), () =>
		frappe.new_doc("Kafala Termination", { family_file: frm.doc.name })
	);
}

/** Children who may suit the family: read with their reasons, chosen by a person. */
function add_suggestions(frm) {
	const looking = ["Viewing Letter", "Visits to the Child"].includes(frm.doc.status);
	if (!looking || !frappe.model.can_create("Kafala Reservation")) return;
	frm.add_custom_button(__("Suggest Children"), async () => {
		const method = "social_care_kafala.api.matching.suggestions";
		const found = await frappe.xcall(method, { file: frm.doc.name }, "GET");
		show_suggestions(frm, found);
	});
}

function show_suggestions(frm, found) {
	const dialog = new frappe.ui.Dialog({
		title: __("Children Who May Suit the Family"),
		size: "extra-large",
		fields: [{ fieldname: "rows", fieldtype: "HTML" }],
	});
	const wrapper = dialog.get_field("rows").$wrapper;
	wrapper.html(
		found.length ? suggestions_table(found) : `<p>${__("No child who waits suits this family.")}</p>`
	);
	wrapper.on("click", "[data-child]", (event) => reserve(frm, dialog, event.currentTarget.dataset.child));
	dialog.show();
}

function suggestions_table(found) {
	const escape = (text) => frappe.utils.escape_html(String(text ?? ""));
	const heads = [__("Child"), __("Sex"), __("Age"), __("Governorate"), __("Siblings")];
	heads.push(__("Agreement (of 100)"), __("Why This Child"), "");
	const cells = (row) => [
		`<bdi>${escape(row.child)}</bdi>`,
		...[__(row.sex), row.age, row.governorate, row.siblings, row.score].map(escape),
		`<ul class="list-unstyled mb-0">${row.reasons
			.map(({ good, text }) => `<li>${good ? "✓" : "✗"} ${escape(text)}</li>`)
			.join("")}</ul>`,
		`<button class="btn btn-xs btn-primary" data-child="${escape(row.child)}">${__("Reserve")}</button>`,
	];
	const head = heads.map((label) => `<th>${label}</th>`).join("");
	const line = (row) =>
		`<tr>${cells(row)
			.map((cell, at) => `<td data-label="${heads[at]}">${cell}</td>`)
			.join("")}</tr>`;
	return `${NARROW}<table class="table table-bordered suggested-children"><thead><tr>${head}</tr></thead><tbody>${found.map(line).join("")}</tbody></table>`;
}

// On a phone each child is a card, with every value beside its heading.
const NARROW = `<style>
	@media (max-width: 767px) {
		.suggested-children thead { display: none; }
		.suggested-children, .suggested-children tbody, .suggested-children tr { display: block; }
		.suggested-children tr { border-bottom: 2px solid var(--border-color); }
		.suggested-children td { display: flex; gap: 1rem; justify-content: space-between; border: 0; }
		.suggested-children td::before { content: attr(data-label); color: var(--text-muted); flex: none; }
	}
</style>`;

function reserve(frm, dialog, child) {
	frappe.confirm(__("Hold the child {0} for this family?", [child]), async () => {
		const method = "social_care_kafala.api.matching.reserve";
		const name = await frappe.xcall(method, { file: frm.doc.name, child });
		dialog.hide();
		frappe.set_route("Form", "Kafala Reservation", name);
	});
}

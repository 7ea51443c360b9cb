// The tab «Plan» of a child's file: next review, active plan, what comes first, and one click to the next record.

frappe.provide("social_care.case_work");

const safe = (text) => frappe.utils.escape_html(text || "");
const day = (value) => (value ? frappe.datetime.str_to_user(value) : "");
const COLOURS = { overdue: "red", soon: "orange", later: "green" };

social_care.case_work.show = function (frm) {
	const field = frm.get_field("plan_html");
	if (!field) return;
	if (frm.is_new()) return field.$wrapper.empty();
	const told = ((frm.doc.__onload || {}).social_care || {}).case_work || {};
	field.$wrapper.html(
		`<div class="social-care-plan">${review(told)}${plan(told)}${assessment(told)}${also(told)}${buttons(told)}</div>`
	);
	field.$wrapper.find("[data-new]").on("click", (event) => make(frm, event.currentTarget.dataset.new));
	field.$wrapper.find("[data-open]").on("click", (event) => {
		const { open, name } = event.currentTarget.dataset;
		frappe.set_route("Form", open, name);
	});
};

function make(frm, doctype) {
	frappe.new_doc(doctype, { child: frm.doc.name });
}

const pill = (colour, text) => `<p><span class="indicator-pill ${colour}">${safe(text)}</span></p>`;

function open_link(doctype, name, label) {
	return `<button class="btn btn-default btn-sm" data-open="${safe(doctype)}" data-name="${safe(name)}">${safe(
		label
	)}</button>`;
}

function review(told) {
	const due = day(told.next_review_due);
	const sentences = {
		overdue: __("The care review was due on {0}.", [due]),
		soon: __("The next care review is due on {0}.", [due]),
		later: __("The next care review is due on {0}.", [due]),
	};
	const state = told.review_state;
	const head = state ? pill(COLOURS[state], sentences[state]) : pill("gray", __("No review is due."));
	const planned = told.planned_review;
	return head + (planned ? open_link("Care Review", planned.name, __("Open the Planned Review")) : "");
}

function plan(told) {
	const active = told.plan;
	const waiting = told.unfinished_plan;
	const unfinished = waiting
		? open_link("Care Plan", waiting.name, __("Unfinished plan: {0}", [__(waiting.status)]))
		: "";
	if (!active)
		return `<h5>${__("Care Plan")}</h5>${pill("orange", __("There is no active plan."))}${unfinished}`;
	const title = __("Version {0} since {1}", [active.version, day(active.start_date)]);
	return `<h5>${__("Care Plan")}: ${safe(__(active.permanency_goal))}</h5><p class="text-muted">${safe(title)}</p>
		${goals(active)}${open_link("Care Plan", active.name, __("Care Plan"))} ${unfinished}`;
}

function goals(active) {
	if (active.goals === undefined) return "";
	const share = active.goals ? Math.round((100 * active.achieved) / active.goals) : 0;
	const steps = (active.next_goals || []).map(
		(goal) =>
			`<li>${safe(goal.goal)} <span class="text-muted">— ${safe(goal.responsible)}، ${safe(
				__("until {0}", [day(goal.until)])
			)}</span></li>`
	);
	const label = __("{0} of {1} objectives achieved", [active.achieved, active.goals]);
	return `<p>${safe(label)}</p><div class="progress" role="progressbar" aria-label="${safe(label)}"
		aria-valuenow="${share}" aria-valuemin="0" aria-valuemax="100"><div class="progress-bar" style="width: ${share}%"></div></div>
		${steps.length ? `<h6>${__("Next steps")}</h6><ul>${steps.join("")}</ul>` : ""}`;
}

function assessment(told) {
	const entry = told.entry_assessment || {};
	if (entry.name)
		return `<p class="text-muted">${safe(__("Entry assessment made on {0}", [day(entry.assessed_on)]))}</p>`;
	if (!entry.due_on) return "";
	const text = entry.is_late
		? __("The entry assessment was due on {0}.", [day(entry.due_on)])
		: __("The entry assessment is due on {0}.", [day(entry.due_on)]);
	return pill(entry.is_late ? "red" : "orange", text);
}

// Contact with the family, savings, events that are still open.
function also(told) {
	const contact = told.last_contact
		? __("Last contact with the family: {0}", [day(told.last_contact)])
		: __("No contact with the family is recorded.");
	const lines = [told.contact_late ? pill("orange", contact) : `<p class="text-muted">${safe(contact)}</p>`];
	if (told.savings !== null && told.savings !== undefined)
		lines.push(
			`<p class="text-muted">${safe(__("Savings: {0} EGP", [format_number(told.savings, null, 2)]))}</p>`
		);
	for (const event of told.open_events || [])
		lines.push(open_link("Significant Event", event.name, __("Open event: {0}", [__(event.status)])));
	return lines.join("");
}

function buttons(told) {
	const labels = {
		"Care Review": told.planned_review ? "" : __("New Review"),
		"Care Plan": told.plan || told.unfinished_plan ? "" : __("New Plan"),
		"Child Assessment": __("New Assessment"),
		"Family Contact": __("New Contact"),
		"Significant Event": __("New Event"),
		"Child Activity": __("New Activity"),
	};
	const shown = (told.may_make || []).filter((doctype) => labels[doctype]);
	const all = shown.map(
		(doctype) =>
			`<button class="btn btn-default btn-sm" data-new="${safe(doctype)}">${safe(labels[doctype])}</button>`
	);
	return `<div class="social-care-buttons">${all.join(" ")}</div>`;
}

frappe.ui.form.on("Care Plan", {
	setup(frm) {
		frm.set_query("domain", "goals", () => ({ filters: { disabled: 0 } }));
		frm.set_query("assessment", () => ({ filters: { child: frm.doc.child } }));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		if (frm.doc.status === "Active" && frappe.model.can_create("Care Plan"))
			frm.add_custom_button(__("New Version"), () => new_version(frm));
		frm.add_custom_button(__("Compare Versions"), () => compare(frm));
	},

	before_workflow_action(frm) {
		if (frm.selected_workflow_action === "Return for Changes")
			return social_care.ask_reason(frm, "return_reason");
	},
});

function new_version(frm) {
	frappe.prompt(
		{ fieldname: "reason", fieldtype: "Small Text", label: __("Why is the plan changed?"), reqd: 1 },
		({ reason }) =>
			frappe
				.xcall("social_care.api.case_work.new_plan_version", { plan: frm.doc.name, reason })
				.then((name) => frappe.set_route("Form", "Care Plan", name)),
		__("New Version")
	);
}

async function compare(frm) {
	const rows = await frappe.xcall("social_care.api.case_work.plan_versions", { child: frm.doc.child });
	const others = rows.filter((row) => row.name !== frm.doc.name);
	if (!others.length) return frappe.show_alert(__("There is no other version."));
	const label = (row) => `${__("Version {0}", [row.version])} (${__(row.status)})`;
	frappe.prompt(
		{
			fieldname: "other",
			fieldtype: "Select",
			label: __("Compare with"),
			options: others.map((row) => ({ value: row.name, label: label(row) })),
			default: frm.doc.based_on || others[0].name,
			reqd: 1,
		},
		({ other }) =>
			frappe
				.xcall("social_care.api.case_work.compare_plans", { plan: frm.doc.name, other })
				.then((found) =>
					frappe.msgprint({ title: __("Compare Versions"), message: drawn(found), wide: true })
				),
		__("Compare Versions")
	);
}

const safe = (text) => frappe.utils.escape_html(text || "");
const COLOURS = { Added: "green", Removed: "red", Changed: "orange", Unchanged: "gray" };

function drawn({ older, newer, plan, goals }) {
	const title = (version) => safe(`${__("Version {0}", [version.version])} (${version.status})`);
	const goal_rows = goals.map(
		(goal) => `<h6><span class="indicator-pill ${COLOURS[goal.change]}">${safe(goal.change_label)}</span>
			${safe(goal.domain)}: ${safe(goal.goal)}</h6>${table(goal.fields, older, newer, title)}`
	);
	const whole = table(plan, older, newer, title) + goal_rows.join("");
	return whole || `<p>${__("Nothing differs.")}</p>`;
}

function table(rows, older, newer, title) {
	if (!rows.length) return "";
	const body = rows.map(
		(row) => `<tr><th>${safe(row.label)}</th><td>${safe(row.old)}</td><td>${safe(row.new)}</td></tr>`
	);
	return `<div class="table-responsive"><table class="table table-bordered social-care-table"><thead><tr><th></th>
		<th>${title(older)}</th><th>${title(newer)}</th></tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}

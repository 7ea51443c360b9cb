frappe.ui.form.on("Child", {
	setup(frm) {
		frm.set_query("family", () => ({}));
	},

	onload(frm) {
		if (frm.is_new() && !frm.doc.institution) {
			const institution = frappe.defaults.get_user_default("institution");
			institution && frm.set_value("institution", institution);
		}
	},

	refresh(frm) {
		frm.set_df_property("institution", "read_only", frm.is_new() ? 0 : 1);
		frm.set_intro("");
		show_age(frm);
		social_care.take_portraits(frm, "photo");
		social_care.child_file.show(frm);
		social_care.case_work.show(frm);
		social_care.timeline.show(frm);
		frm.is_new() || add_actions(frm);
	},

	national_number(frm) {
		if (!frm.doc.national_number) return;
		frappe
			.xcall("social_care.api.registry.read_national_number", { number: frm.doc.national_number })
			.then((told) =>
				told.error ? frappe.show_alert({ message: told.error, indicator: "red" }, 8) : take(frm, told)
			);
	},

	birth_date: (frm) => show_age(frm),

	photo(frm) {
		frm.doc.photo && frm.set_value("photo_date", frappe.datetime.get_today());
	},

	before_workflow_action(frm) {
		if (frm.selected_workflow_action === "Return to Institution")
			return social_care.ask_reason(frm, "return_reason");
	},
});

function show_age(frm) {
	const { birth_date } = frm.doc;
	const months = birth_date ? moment(frappe.datetime.get_today()).diff(birth_date, "months") : -1;
	const age = { year: Math.floor(months / 12), month: months % 12 };
	const told = ["year", "month"].filter((unit) => age[unit] || (unit === "month" && !months));
	const parts = told.map((unit) => counted(age[unit], unit));
	const text = months < 0 ? "" : __("Age: {0}", [new Intl.ListFormat(locale()).format(parts)]);
	frm.get_field("birth_date").set_description(text);
}

// "3 years", with the plural of the user's language
const locale = () => `${frappe.boot.lang || "ar"}-u-nu-latn`;
const counted = (number, unit) =>
	new Intl.NumberFormat(locale(), { style: "unit", unit, unitDisplay: "long" }).format(number);

function take(frm, told) {
	const values = { national_number: told.digits, national_number_status: "Recorded" };
	for (const field of ["birth_date", "sex", "birth_governorate"]) {
		if (!frm.doc[field]) values[field] = told[field];
	}
	if (frm.doc.national_number !== told.digits || Object.keys(values).length > 2) frm.set_value(values);
}

function add_actions(frm) {
	if (frappe.model.can_create("Placement") && frm.doc.file_state !== "Draft") {
		frm.add_custom_button(__("Move the Child"), () => new_placement(frm), __("Care"));
		frm.add_custom_button(__("End Care"), () => end_care(frm), __("Care"));
	}
}

function new_placement(frm) {
	frappe.new_doc("Placement", {
		child: frm.doc.name,
		movement: "Transfer",
		from_date: frappe.datetime.get_today(),
	});
}

function end_care(frm) {
	frappe.prompt(
		[
			{
				fieldname: "reason",
				fieldtype: "Select",
				label: __("How It Ended"),
				options: ["Left Care", "Absconding", "Death"].map((value) => ({ value, label: __(value) })),
				reqd: 1,
			},
			{
				fieldname: "on",
				fieldtype: "Date",
				label: __("Date"),
				default: frappe.datetime.get_today(),
				reqd: 1,
			},
		],
		(values) =>
			frappe
				.xcall("social_care.api.registry.leave_care", { child: frm.doc.name, ...values })
				.then(() => frm.reload_doc()),
		__("End Care"),
		__("End Care")
	);
}

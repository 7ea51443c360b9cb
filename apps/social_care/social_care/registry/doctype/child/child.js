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
		frm.is_new() || social_care.moves.add_actions(frm);
		social_care.readers.add_action(frm);
		social_care.duplicates.show_signpost(frm);
	},

	async before_save(frm) {
		if (!frm.is_new() || frm.duplicates_searched) return;
		frappe.validated = await social_care.duplicates.search_first(frm);
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
const locale = () => `${frappe.boot.lang || "ar"}-u-nu-${social_care.digits.is_arabic() ? "arab" : "latn"}`;
const counted = (number, unit) =>
	new Intl.NumberFormat(locale(), { style: "unit", unit, unitDisplay: "long" }).format(number);

function take(frm, told) {
	const values = { national_number: told.digits, national_number_status: "Recorded" };
	for (const field of ["birth_date", "sex", "birth_governorate"]) {
		if (!frm.doc[field]) values[field] = told[field];
	}
	if (frm.doc.national_number !== told.digits || Object.keys(values).length > 2) frm.set_value(values);
}

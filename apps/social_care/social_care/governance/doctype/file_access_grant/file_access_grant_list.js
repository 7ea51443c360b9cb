frappe.listview_settings["File Access Grant"] = {
	get_indicator(doc) {
		const over = doc.state === "Open" && doc.closes_at && doc.closes_at < frappe.datetime.now_datetime();
		if (over) return [__("Ended"), "gray", `state,=,Open|closes_at,<,${frappe.datetime.now_datetime()}`];
		const colour = { Asked: "orange", Open: "green", Refused: "red", Revoked: "gray" }[doc.state];
		return [__(doc.state), colour, `state,=,${doc.state}`];
	},
	add_fields: ["state", "closes_at"],
	onload(list) {
		list.page.add_inner_button(__("Emergency Access"), () => ask(list, true));
		list.page.add_inner_button(__("Ask for a File"), () => ask(list, false));
	},
};

const CODE = { fieldname: "child", fieldtype: "Data", label: __("Code of the File"), reqd: 1 };
const DAYS = { fieldname: "days", fieldtype: "Int", label: __("For How Many Days"), default: 30, reqd: 1 };

async function ask(list, emergency) {
	await frappe.model.with_doctype("File Access Grant");
	const { options } = frappe.meta.get_docfield("File Access Grant", "purpose");
	const choices = options.split("\n").map((value) => ({ value, label: __(value) }));
	const purpose = {
		fieldname: "purpose",
		fieldtype: "Select",
		label: __("Purpose"),
		options: choices,
		reqd: 1,
	};
	const reason = {
		fieldname: "reason",
		fieldtype: "Small Text",
		label: __("Reason"),
		description: __("The unit of the file reads this. Write no names."),
		reqd: 1,
	};
	const title = emergency ? __("Emergency Access") : __("Ask for a File");
	const fields = [CODE, purpose, ...(emergency ? [] : [DAYS]), reason];
	frappe.prompt(fields, (values) => send(list, emergency, values), title, __("Ask"));
}

async function send(list, emergency, values) {
	const call = emergency ? "ask_emergency" : "ask_between_units";
	const told = await frappe.xcall(`social_care.api.reading.${call}`, {
		...values,
		child: values.child.trim(),
	});
	list.refresh();
	if (told.state === "Open") frappe.set_route("Form", "Child", values.child.trim());
	else frappe.show_alert({ message: __("The request waits for the unit of the file."), indicator: "orange" });
}

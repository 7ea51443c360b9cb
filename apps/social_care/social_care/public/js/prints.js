frappe.provide("social_care.prints");

// The filters that the reports of the app share. A name that ends with "!" must be filled.
const FILTERS = () => ({
	governorate: { label: __("Governorate"), fieldtype: "Link", options: "Governorate" },
	institution: { label: __("Institution"), fieldtype: "Link", options: "Institution" },
	institution_type: { label: __("Type"), fieldtype: "Link", options: "Institution Type" },
	as_of: { label: __("As Of"), fieldtype: "Date" },
	months: { label: __("Within (Months)"), fieldtype: "Int" },
	missing: {
		label: __("Missing"),
		fieldtype: "Select",
		options: options(["National Number", "Birth Certificate", "Photograph", "Education"]),
	},
	group: { label: __("Group"), fieldtype: "Select", options: options(["Turning of Age", "In Aftercare"]) },
});

const options = (values) => ["", ...values].map((value) => ({ value, label: value ? __(value) : __("All") }));

social_care.prints.filters = function (...names) {
	return names.map((name) => {
		const fieldname = name.replace("!", "");
		return { fieldname, ...FILTERS()[fieldname], reqd: Number(name.endsWith("!")) };
	});
};

// One button: the report as an official print, made anew on the server for its reader.
social_care.prints.add_button = function (report) {
	if (!frappe.model.can_print(report.report_doc.ref_doctype)) return;
	report.page.set_primary_action(__("Official Print"), () => print(report), "printer");
};

function print(report) {
	const filters = report.get_filter_values(true);
	filters && download("social_care.api.prints.print_report", { report_name: report.report_name, filters });
}

// The PDF comes as a file; what the server refuses is shown in its words.
async function download(method, values) {
	frappe.dom.freeze(__("The print is being made…"));
	try {
		const answer = await fetch(`/api/method/${method}`, {
			method: "POST",
			headers: {
				Accept: "application/json",
				"Content-Type": "application/json",
				"X-Frappe-CSRF-Token": frappe.csrf_token,
			},
			body: JSON.stringify(values),
		});
		answer.ok ? await hand_out(answer) : refuse(await answer.text());
	} catch {
		frappe.msgprint(__("There is no connection. Please try again."));
	} finally {
		frappe.dom.unfreeze();
	}
}

async function hand_out(answer) {
	const link = document.createElement("a");
	const [, name] = /filename="?([^";]+)/.exec(answer.headers.get("Content-Disposition") || "") || [];
	link.href = URL.createObjectURL(await answer.blob());
	link.download = name || "print.pdf";
	document.body.append(link);
	link.click();
	link.remove();
	setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function refuse(body) {
	let messages = [];
	try {
		messages = JSON.parse(JSON.parse(body)._server_messages || "[]").map((text) => JSON.parse(text));
	} catch {
		messages = [];
	}
	const [first] = messages;
	frappe.msgprint(
		first ||
			__("The PDF could not be made. Please try again; if it fails again, tell your system administrator.")
	);
}

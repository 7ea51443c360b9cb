const COLOURS = {
	Draft: "gray",
	"Awaiting Approval": "orange",
	"Awaiting Acceptance": "orange",
	Scheduled: "blue",
	"Awaiting Confirmation": "red",
	"On Leave": "purple",
	"Carried Out": "green",
	Declined: "red",
	Cancelled: "darkgrey",
	Expired: "darkgrey",
};

frappe.listview_settings["Placement Change"] = {
	add_fields: ["status", "answer_due_on", "effective_date", "due_back_on"],
	get_indicator(doc) {
		const overdue = is_overdue(doc);
		const label = overdue ? __("Overdue: {0}", [__(doc.status)]) : __(doc.status);
		return [label, overdue ? "red" : COLOURS[doc.status], `status,=,${doc.status}`];
	},
};

function is_overdue(doc) {
	const today = frappe.datetime.get_today();
	if (["Awaiting Acceptance", "Awaiting Confirmation"].includes(doc.status))
		return doc.answer_due_on && doc.answer_due_on < frappe.datetime.now_datetime();
	if (doc.status === "Scheduled") return doc.effective_date < today;
	return doc.status === "On Leave" && doc.due_back_on < today;
}

// Appointments at the counter: who is expected today, and booking a day.
import { call, escape } from "./calls";

export async function appointments(queue) {
	const rows = await call("appointments_of_today", { office: queue.office });
	const dialog = new frappe.ui.Dialog({
		title: __("Appointments Today"),
		fields: [{ fieldname: "list", fieldtype: "HTML" }],
	});
	const box = dialog.get_field("list").$wrapper;
	box.html(table(rows, queue));
	box.on("click", "[data-appointment]", async (event) => {
		event.currentTarget.disabled = true;
		const appointment = event.currentTarget.dataset.appointment;
		const ticket = await call("take_ticket", { office: queue.office, appointment });
		dialog.hide();
		await queue.given(ticket);
	});
	dialog.show();
}

function table(rows, queue) {
	if (!rows.length) return `<p class="text-muted">${escape(__("Nobody has an appointment today."))}</p>`;
	const lines = rows.map(
		(row) => `<li><span>${escape(row.applicant_name)}
			<small class="text-muted">${escape(queue.clerk.visit.group_name(row.service_group))}</small></span>
			${
				row.state === "Booked"
					? `<button type="button" class="btn btn-default btn-sm" data-appointment="${row.name}">${escape(
							__("Has Come")
						)}</button>`
					: `<span class="indicator-pill green">${escape(__(row.state))}</span>`
			}</li>`
	);
	return `<ul class="sc-tickets">${lines.join("")}</ul>`;
}

export function book(office, groups) {
	const dialog = new frappe.ui.Dialog({
		title: __("Book an Appointment"),
		fields: [
			{
				fieldname: "group",
				fieldtype: "Select",
				label: __("Service Group"),
				reqd: 1,
				options: [{ value: "", label: "" }, ...groups],
				onchange: () => offer_days(dialog, office),
			},
			{ fieldname: "day", fieldtype: "Select", label: __("Day"), reqd: 1, options: [] },
			{ fieldname: "name", fieldtype: "Data", label: __("Applicant's Name"), reqd: 1 },
			{ fieldname: "phone", fieldtype: "Data", label: __("Telephone"), reqd: 1 },
		],
		primary_action_label: __("Book"),
		primary_action: async (values) => {
			dialog.disable_primary_action();
			try {
				const { day } = await call("book", { office, ...values });
				dialog.hide();
				frappe.show_alert({
					message: __("Booked for {0}.", [frappe.datetime.str_to_user(day)]),
					indicator: "green",
				});
			} finally {
				dialog.enable_primary_action();
			}
		},
	});
	dialog.show();
}

async function offer_days(dialog, office) {
	const group = dialog.get_value("group");
	const days = group ? await call("free_days", { office, group }) : [];
	const options = days
		.filter((row) => row.free)
		.map((row) => ({
			value: row.day,
			label: `${weekday(row.day)} ${frappe.datetime.str_to_user(row.day)} · ${__("places left: {0}", [row.free])}`,
		}));
	dialog.set_df_property("day", "options", options);
	dialog.set_value("day", options.length ? options[0].value : "");
	dialog.set_df_property("day", "description", options.length ? "" : __("No day has a place left."));
}

const weekday = (day) =>
	new Intl.DateTimeFormat(frappe.boot.lang || "ar", { weekday: "long" }).format(
		frappe.datetime.str_to_obj(day)
	);

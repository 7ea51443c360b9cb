frappe.ui.form.on("Identity Source", {
	refresh(frm) {
		frm.trigger("connector");
	},

	connector(frm) {
		frm.toggle_reqd("address", frm.doc.connector === "Web Service");
	},
});

// The screen stands in a bundle of its own, so that only who works with it loads it.
frappe.pages["data-officer-queue"].on_page_load = (wrapper) =>
	frappe.require(["data_officer.bundle.js", "confirmation.bundle.css"], () =>
		social_care.data_officer.open(wrapper)
	);
frappe.pages["data-officer-queue"].on_page_show = (wrapper) => wrapper.queue?.show();

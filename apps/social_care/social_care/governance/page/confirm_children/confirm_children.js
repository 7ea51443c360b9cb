// The screen stands in a bundle of its own, so that only who works with it loads it.
frappe.pages["confirm-children"].on_page_load = (wrapper) =>
	frappe.require(["confirmation.bundle.js", "confirmation.bundle.css"], () =>
		social_care.confirmation.open(wrapper)
	);
frappe.pages["confirm-children"].on_page_show = (wrapper) => wrapper.confirmation?.show();

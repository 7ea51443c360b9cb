// The screen stands in a bundle of its own, so that only who works with it loads it.
frappe.pages["service-counter"].on_page_load = (wrapper) =>
	frappe.require(["service_counter.bundle.js", "service_counter.bundle.css"], () =>
		social_care.counter.open_counter(wrapper)
	);
frappe.pages["service-counter"].on_page_show = (wrapper) => wrapper.counter?.show();
frappe.pages["service-counter"].on_page_hide = (wrapper) => wrapper.counter?.hide();

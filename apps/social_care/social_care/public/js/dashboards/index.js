// Dashboards on the workspaces. The block of a workspace only names its dashboard; it is drawn here, in the page itself
// (the framework would run a script stored in the block, which the page's policy forbids).

import { directorate } from "./directorate";
import { headquarters } from "./headquarters";
import { institution } from "./institution";
import { of_app } from "./of_app";
import { text } from "./parts";

const KINDS = { institution, directorate, headquarters };
const { create_shadow_element } = frappe;

frappe.create_shadow_element = function (wrapper, html, ...rest) {
	const kind = /data-social-care-dashboard="(\w+)"/.exec(html || "")?.[1];
	return kind ? show(wrapper, kind) : create_shadow_element.call(this, wrapper, html, ...rest);
};

async function show(wrapper, kind) {
	wrapper.innerHTML = `<section class="sc-dashboard" aria-busy="true">${text(__("Loading..."))}</section>`;
	const box = wrapper.firstElementChild;
	try {
		const [path, values] = kind in KINDS ? [`of_${kind}`, {}] : ["of_app", { name: kind }];
		const told = await frappe.xcall(`social_care.api.dashboards.${path}`, values);
		(KINDS[kind] || of_app)(box, told);
		box.prepend(head(told.counted_at, () => show(wrapper, kind)));
	} catch {
		box.innerHTML = text(__("The figures could not be fetched."));
		box.append(again(() => show(wrapper, kind)));
	}
	box.removeAttribute("aria-busy");
}

function head(counted_at, refresh) {
	const line = document.createElement("div");
	line.className = "sc-dashboard-head";
	line.innerHTML = text(
		__("As of {0}", [frappe.datetime.str_to_user(counted_at || frappe.datetime.now_datetime())])
	);
	line.append(again(refresh));
	return line;
}

function again(refresh) {
	const button = document.createElement("button");
	button.className = "btn btn-default btn-xs";
	button.textContent = __("Refresh");
	button.addEventListener("click", refresh);
	return button;
}

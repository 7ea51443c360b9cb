// What the framework's pages leave unsaid for whoever listens to them or uses no mouse: names of fields and of buttons
// that show a picture only, roles of lists and tabs, the order of the keyboard. Only what enters the page is looked at,
// and not before the browser has time.

const set = (node, values) =>
	Object.entries(values).forEach(([name, value]) => node.setAttribute(name, value));
const name = (label) => (node) =>
	node.hasAttribute("aria-label") || node.setAttribute("aria-label", label(node));
const is_empty = (node) => !node.textContent.trim();

const RULES = [
	["img:not([alt])", (node) => (node.alt = "")],
	[".navbar-home", name(() => __("Home"))],
	[
		"a[data-original-title], button[data-original-title]",
		(node) => is_empty(node) && name(() => node.dataset.originalTitle)(node),
	],
	[".card-actions > a", (node) => set(node, { role: "button", tabindex: 0, "aria-label": __("Menu") })],
	[".add-assignment-btn", name(() => __("Assign To"))],
	[".scroll-to-top", name(() => __("To the Top"))],
	[
		".attachment-row > .data-pill",
		(node) => set(node, { role: "group", tabindex: -1, "aria-label": __("File") }),
	],
	[".attachment-row a:has(use)", (node) => is_empty(node) && name(() => __("File"))(node)],
	[".list-check-all, .grid-heading-row .grid-row-check", name(() => __("Select All"))],
	[".list-row-checkbox, .grid-row-check", name(() => __("Select"))],
	[".dt-filter", column_filter],
	[".dt-paste-target", name(() => __("Report"))],
	[".grid-heading-row input:not([type=checkbox])", name(() => __("Filter"))],
	[".modal", named_by_title],
	[".btn-modal-close", name(() => __("Close"))],
	["input[type=file]", name(() => __("Choose the file"))],
	[".form-tabs > li", (node) => set(node, { role: "presentation" })],
	[".form-tabs a[href^='#']", (node) => set(node, { "aria-controls": node.getAttribute("href").slice(1) })],
	["ul.sidebar-menu, ul.sidebar-menu > li", (node) => set(node, { role: "none" })],
	[":not(ul, ol, menu) > li:not([role])", (node) => set(node, { role: "none" })],
	["[tabindex]:not([tabindex='0'], [tabindex='-1'])", (node) => (node.tabIndex = 0)],
];
const EVERY = RULES.map(([selector]) => selector).join(",");

// the library of the tables names its filters in English
function column_filter(node) {
	const column = node.dataset.name || __("Filter");
	set(node, { "aria-label": column, title: column });
}

function named_by_title(dialog) {
	const title = dialog.querySelector(".modal-title");
	if (!title) return;
	title.id ||= `title-${frappe.utils.get_random(8)}`;
	set(dialog, { "aria-labelledby": title.id });
}

function mend(root) {
	const nodes = [...root.querySelectorAll(EVERY)];
	if (root.matches(EVERY)) nodes.push(root);
	for (const node of nodes) {
		for (const [selector, change] of RULES) if (node.matches(selector)) change(node);
	}
}

const later = window.requestIdleCallback || ((work) => setTimeout(work, 100));
const waiting = new Set();

function work() {
	for (const node of waiting) if (node.isConnected) mend(node);
	waiting.clear();
}

new MutationObserver((changes) => {
	const idle = !waiting.size;
	for (const { addedNodes } of changes)
		for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE) waiting.add(node);
	if (idle && waiting.size) later(work, { timeout: 300 });
}).observe(document.documentElement, { childList: true, subtree: true });

// A label stands beside each field without belonging to it.
const { ControlInput } = frappe.ui.form;
const { refresh_input } = ControlInput.prototype;

ControlInput.prototype.refresh_input = function (...rest) {
	const done = refresh_input.apply(this, rest);
	const [input] = this.$input || [];
	if (input && this.df.label) input.setAttribute("aria-label", __(this.df.label));
	return done;
};

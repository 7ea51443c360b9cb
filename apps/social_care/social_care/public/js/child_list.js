// Lists of children: small photographs, life state beside the name, a search box for names as they are spoken of.

frappe.provide("social_care");

const BOARD_CARDS = 300;
const NAME = /<span class="level-item (?!select-like)/;
const List = frappe.views.ListView.prototype;
const { get_image_url, get_subject_html } = List;

const photograph = (name) =>
	`/api/method/social_care.api.registry.photograph?child=${encodeURIComponent(name)}`;

List.get_image_url = function (doc) {
	const url = get_image_url.call(this, doc);
	return url && this.doctype === "Child" ? photograph(doc.name) : url;
};

List.get_subject_html = function (doc) {
	const html = get_subject_html.call(this, doc);
	if (this.doctype !== "Child") return html;
	return html.replace(NAME, (name) => thumbnail(doc) + name) + life(doc);
};

function thumbnail(doc) {
	const letter = frappe.utils.escape_html((doc.full_name || "").charAt(0));
	if (!doc.photo) return `<span class="sc-thumbnail" aria-hidden="true">${letter}</span>`;
	return `<img class="sc-thumbnail" loading="lazy" decoding="async" alt="" width="32" height="32" src="${photograph(
		doc.name
	)}">`;
}

function life(doc) {
	if (!doc.life_state || doc.life_state === "Active") return "";
	return `<span class="indicator-pill gray sc-life">${__(doc.life_state)}</span>`;
}

// A board shows the latest cards instead of every row of the table.
const Board = frappe.views.KanbanView.prototype;
const { setup_defaults } = Board;

Board.setup_defaults = async function () {
	await setup_defaults.call(this);
	if (this.doctype === "Child") this.page_length = BOARD_CARDS;
};

// The head of a column shows the state in the reader's words; its tooltip does so here.
const { render } = Board;

Board.render = function () {
	render.call(this);
	const [result] = this.$result;
	if (result.dataset.read) return;
	result.dataset.read = "1";
	const read = () =>
		result.querySelectorAll(".kanban-title[title]").forEach((head) => (head.title = head.textContent.trim()));
	new MutationObserver(read).observe(result, { childList: true, subtree: true });
	read();
};

// A box above a list that finds Arabic names as they are spoken of, codes, and national numbers for whoever reads them.
social_care.add_name_box = function (list) {
	const box = list.page.add_field({
		fieldname: "social_care_name",
		fieldtype: "Data",
		label: __("Search by Name"),
		change: frappe.utils.debounce(() => find(list, box.get_value()), 300),
	});
};

// Takes back only what it added itself: clearing a list also empties this box, while other filters are being set.
async function find(list, text) {
	const { doctype, found_by = [] } = list;
	if (!text && !found_by.length) return list.refresh();
	const filters = text
		? await frappe.xcall("social_care.api.registry.search_filters", { doctype, text })
		: [];
	list.found_by = filters.map(([field]) => field);
	for (const field of new Set(found_by)) await list.filter_area.remove(field);
	if (filters.length) await list.filter_area.add(filters.map((filter) => [doctype, ...filter]));
	else list.refresh();
}

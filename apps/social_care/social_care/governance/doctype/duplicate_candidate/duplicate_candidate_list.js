// Two people who may be one: by their names, as far as the reader may see them, not by the keys of their rows.
const names = {};
const name_of = (value) => frappe.utils.escape_html(names[value] || "");

frappe.listview_settings["Duplicate Candidate"] = {
	add_fields: ["status", "reason", "person", "other_person"],
	hide_name_column: true,
	formatters: { person: name_of, other_person: name_of },
	get_indicator(doc) {
		const colours = {
			Open: "orange",
			"Referred to Headquarters": "purple",
			"Same Person": "blue",
			"Not the Same": "green",
			"Settled by a Merge": "gray",
		};
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
	refresh(list) {
		put_reasons(list);
		learn_names(list);
	},
};

function put_reasons(list) {
	for (const { name, reason } of list.data)
		list.$result.find(`.list-subject a[data-name="${name}"]`).text(__(reason));
}

async function learn_names(list) {
	const people = list.data.flatMap((doc) => [doc.person, doc.other_person]);
	const unknown = people.filter((person) => person && !(person in names));
	if (!unknown.length) return;
	const found = await frappe.db.get_list("Person", {
		filters: { name: ["in", unknown] },
		fields: ["name", "full_name"],
		limit: unknown.length,
	});
	for (const person of unknown) names[person] = "";
	for (const { name, full_name } of found) names[name] = full_name;
	list.render();
	put_reasons(list);
}

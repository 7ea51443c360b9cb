frappe.provide("social_care.duplicates");

const escape = (text) => frappe.utils.escape_html(String(text ?? ""));

// The table of the two: a column each, differences marked, and a choice for each field that differs.
social_care.duplicates.show = function (frm, told) {
	const $place = frm.get_field("comparison_html").$wrapper;
	const open = ["Open", "Referred to Headquarters"].includes(frm.doc.status) && !told.proposal;
	const people = [frm.doc.person, frm.doc.other_person];
	frm.duplicates_stay = frm.duplicates_stay ?? 0;
	$place.html(
		reasons(told.reasons) +
			`<div class="table-responsive"><table class="table table-bordered social-care-table social-care-two">
			<thead><tr><th>${__("Field")}</th>${people.map((_person, at) => heading(told.files[at], at, open)).join("")}</tr></thead>
			<tbody>${told.rows.map((row) => line(row, open)).join("")}</tbody></table></div>`
	);
	$place.find(`input[name=duplicates-stay][value=${frm.duplicates_stay}]`).prop("checked", true);
	$place.on("change", "input[name=duplicates-stay]", (event) => {
		frm.duplicates_stay = Number(event.currentTarget.value);
		suggest(frm, told);
	});
	suggest(frm, told);
};

social_care.duplicates.survivor = (frm) => [frm.doc.person, frm.doc.other_person][frm.duplicates_stay];

// {field: "survivor" | "merged"} of what was picked
social_care.duplicates.chosen = function (frm) {
	const picked = frm.get_field("comparison_html").$wrapper.find("tbody input:checked").get();
	return Object.fromEntries(
		picked.map((input) => [
			input.dataset.field,
			Number(input.value) === frm.duplicates_stay ? "survivor" : "merged",
		])
	);
};

// The value of the record that stays, or the only one there is.
function suggest(frm, told) {
	const $place = frm.get_field("comparison_html").$wrapper;
	for (const row of told.rows.filter((each) => each.differs)) {
		const at = row.values[frm.duplicates_stay] ? frm.duplicates_stay : 1 - frm.duplicates_stay;
		$place.find(`input[data-field="${row.field}"][value=${at}]`).prop("checked", true);
	}
}

function reasons(sentences) {
	if (!sentences.length) return "";
	return `<ul class="social-care-two-reasons">${sentences.map((text) => `<li>${escape(text)}</li>`).join("")}</ul>`;
}

function heading(file, at, open) {
	const link = file
		? `<a href="${frappe.utils.get_form_link("Child", file.name)}">${escape(file.name)}</a>
			<div class="text-muted">${escape(file.institution_name)} · ${escape(__(file.file_state))}</div>`
		: `<span>${__("No file")}</span>`;
	const stays = open
		? `<label><input type="radio" name="duplicates-stay" value="${at}"> ${__("This record stays")}</label>`
		: "";
	return `<th>${link}${stays}</th>`;
}

function line(row, open) {
	const cells = row.values.map((value, at) => {
		const shown = row.type === "Attach Image" && value ? picture(value) : escape(value);
		const choice =
			open && row.differs
				? `<input type="radio" name="duplicates-${row.field}" data-field="${row.field}" value="${at}"
					aria-label="${escape(row.label)}">`
				: "";
		return `<td><label>${choice} <span>${shown}</span></label></td>`;
	});
	return `<tr class="${row.differs ? "social-care-two-differs" : ""}"><th scope="row">${escape(row.label)}</th>${cells.join("")}</tr>`;
}

// What a proposed merge would make of the two: the value that stays is marked in each row.
social_care.duplicates.of_merge = function (rows) {
	const cell = (row, value, at) => {
		const shown = row.type === "Attach Image" && value ? picture(value) : escape(value);
		return row.at === at
			? `<td><strong>${shown}</strong> <span>(${__("Stays")})</span></td>`
			: `<td>${shown}</td>`;
	};
	const lines = rows.map(
		(row) =>
			`<tr class="${row.differs ? "social-care-two-differs" : ""}"><th scope="row">${escape(row.label)}</th>
			${row.values.map((value, at) => cell(row, value, at)).join("")}</tr>`
	);
	return `<div class="table-responsive"><table class="table table-bordered social-care-table social-care-two">
		<thead><tr><th>${__("Field")}</th><th>${__("Person Who Stays")}</th><th>${__("Person Merged into Him")}</th></tr></thead>
		<tbody>${lines.join("")}</tbody></table></div>`;
};

const picture = (address) =>
	`<img src="${escape(address)}" alt="${__("Photograph")}" class="social-care-two-photo">`;

// Before a new child is stored: who may be the same. True where the user goes on, with the reason in the form.
social_care.duplicates.search_first = async function (frm) {
	const found = await search(frm);
	frm.duplicates_searched = true;
	if (!found.length || (frm.doc.duplicate_reason || "").trim()) return true;
	return new Promise((resolve) => ask(frm, found, resolve));
};

// A search that fails stops no form: the server searches again when the file is submitted.
const search = (frm) =>
	frappe
		.xcall("social_care.api.duplicates.possible_duplicates", {
			values: JSON.stringify(frm.doc),
			institution: frm.doc.institution || "",
		})
		.catch(() => [])
		.then((found) => found || []);

function ask(frm, found, resolve) {
	const dialog = new frappe.ui.Dialog({
		title: __("Possible Duplicate"),
		fields: [
			{ fieldname: "found", fieldtype: "HTML", options: found.map(entry).join("") },
			{ fieldname: "reason", fieldtype: "Small Text", label: __("Why This Is Another Child") },
		],
		primary_action_label: __("Save"),
		primary_action({ reason }) {
			reason && frm.set_value("duplicate_reason", reason);
			dialog.answered = true;
			dialog.hide();
			resolve(true);
		},
		secondary_action_label: __("Back to the Form"),
		secondary_action: () => dialog.hide(),
	});
	dialog.$wrapper
		.find('[data-fieldname="found"]')
		.before(
			`<p>${__("The registry holds a record that may be the same child. Without a reason your form is stored as a draft and goes no further.")}</p>`
		);
	dialog.onhide = () => dialog.answered || resolve(false);
	dialog.show();
}

function entry(row) {
	if (row.elsewhere) return `<p>${escape(__("For a record elsewhere ask: {0}", [row.ask]))}</p>`;
	const link = `<a href="${frappe.utils.get_form_link("Child", row.name)}" target="_blank">${escape(row.name)}</a>`;
	const born = row.birth_date ? frappe.datetime.str_to_user(row.birth_date) : "";
	return `<p>${link} · ${escape(row.full_name)} · ${born} · ${escape(row.institution_name)}</p>`;
}

// A merged record says where to go on.
social_care.duplicates.show_signpost = function (frm) {
	const { merged_into } = frm.doc;
	if (!merged_into) return;
	const link = `<a href="${frappe.utils.get_form_link(frm.doctype, merged_into)}">${escape(merged_into)}</a>`;
	frm.set_intro(__("This record was merged into {0}; go on working there.", [link]), "orange");
	frm.disable_form();
};

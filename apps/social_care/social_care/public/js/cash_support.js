// Cash support: lists are loaded, beneficiaries proposed and decided, rounds filled and frozen. Forms are in cash_support/doctype.
frappe.provide("social_care.cash");

const safe = (text) => frappe.utils.escape_html(String(text ?? ""));
const count = (value) => format_number(value || 0, null, 0);
const CALLS = "social_care.api.cash_support";
const HEADQUARTERS = ["Central Administration Head", "General Manager"];
const has = (...roles) =>
	frappe.session.user === "Administrator" || roles.some((role) => frappe.user.has_role(role));

social_care.cash.at_headquarters = () => has(...HEADQUARTERS);
social_care.cash.loads = () => has(...HEADQUARTERS, "Directorate Data Officer");
social_care.cash.decides = () => has("Central Administration Head", "Directorate Director");
social_care.cash.approves = () => has("Central Administration Head", "Sector Leadership");
social_care.cash.call = (method, values) => frappe.xcall(`${CALLS}.${method}`, values);

const ABOUT = {
	Beneficiaries: "campaign",
	"Members of a Programme": "programme",
	"Households of a Round": "support_round",
};

// A dialog that takes a list; `given` fixes what it holds and what it belongs to.
social_care.cash.upload = function (given = {}) {
	const kinds = social_care.cash.at_headquarters()
		? ["Beneficiaries", "Deaths", "Members of a Programme", "Households of a Round"]
		: ["Beneficiaries"];
	const dialog = new frappe.ui.Dialog({
		title: __("Load a List"),
		fields: [
			{
				fieldname: "contents",
				fieldtype: "Select",
				label: __("Contents of the File"),
				options: kinds.map((value) => ({ value, label: __(value) })),
				default: given.contents || kinds[0],
				read_only: given.contents ? 1 : 0,
				reqd: 1,
			},
			about("campaign", "Beneficiary Review Campaign", "Campaign", given, { status: "Open" }),
			about("programme", "Support Programme", "Programme", given, {}),
			about("support_round", "Support Round", "Round", given, { status: "Draft" }),
			{ fieldname: "file", fieldtype: "HTML", options: file_field() },
		],
		primary_action_label: __("Upload"),
		primary_action: (values) => send(dialog, values),
	});
	dialog.show();
};

function about(fieldname, options, label, given, filters) {
	const contents = Object.keys(ABOUT).find((key) => ABOUT[key] === fieldname);
	return {
		fieldname,
		fieldtype: "Link",
		options,
		label: __(label),
		default: given[fieldname],
		depends_on: `eval:doc.contents=='${contents}'`,
		mandatory_depends_on: `eval:doc.contents=='${contents}'`,
		get_query: () => ({ filters }),
	};
}

const file_field = () => `<p class="text-muted">${__(
	"A workbook or a text table with Arabic headings. Rows that cannot be taken come back as a workbook with the reason of each."
)}</p>
	<input type="file" class="form-control social-care-list-file" accept=".xlsx,.csv,.txt" aria-label="${__("File")}">
	<p class="social-care-list-error text-danger" role="alert"></p>`;

async function send(dialog, values) {
	const file = dialog.$wrapper.find(".social-care-list-file")[0].files[0];
	const tell = (text) => dialog.$wrapper.find(".social-care-list-error").text(text);
	if (!file) return tell(__("Choose a file first."));
	tell("");
	dialog.disable_primary_action();
	try {
		const kept = await post({ contents: values.contents, about: values[ABOUT[values.contents]] || "" }, file);
		dialog.hide();
		frappe.set_route("Form", "Beneficiary Import Batch", kept.name);
	} catch (error) {
		tell(error.message);
	} finally {
		dialog.enable_primary_action();
	}
}

async function post(values, file) {
	const body = new FormData();
	for (const [key, value] of Object.entries(values)) body.append(key, value);
	body.append("file", file, file.name);
	const headers = { "X-Frappe-CSRF-Token": frappe.csrf_token, Accept: "application/json" };
	const answer = await fetch(`/api/method/${CALLS}.upload`, { method: "POST", body, headers }).catch(
		() => null
	);
	const told = answer ? await answer.json().catch(() => ({})) : {};
	if (answer && answer.ok) return told.message;
	const messages = JSON.parse(told._server_messages || "[]").map((text) => JSON.parse(text).message);
	throw new Error(strip_html(messages.join(" ")) || __("The file could not be uploaded; please try again."));
}

// The form follows work that goes on in the background.
social_care.cash.follow = function (frm) {
	if (frm.cash_following) return;
	frm.cash_following = true;
	frappe.realtime.on("beneficiary_list", ({ name }) => {
		if (cur_page_shows(frm) && name === frm.doc.name && !frm.is_dirty()) frm.reload_doc();
	});
};

const cur_page_shows = (frm) => {
	const [kind, doctype, name] = frappe.get_route();
	return kind === "Form" && doctype === frm.doctype && name === frm.doc.name;
};

social_care.cash.show_bar = function (frm, title, percent, message) {
	frm.dashboard.hide_progress(title);
	frm.dashboard.show_progress(title, percent, message);
};

// How far a campaign is: figures, what is left day by day, and the governorates.
social_care.cash.show_progress = async function (frm) {
	const told = await social_care.cash.call("progress", { campaign: frm.doc.name });
	const box = frm.get_field("burn_down_html").$wrapper;
	const totals = told.totals;
	const tiles = [
		["Rows Listed", totals.listed_in_all],
		["Remaining", totals.remaining],
		["Verified", totals.verified],
		["Moved Over", totals.moved],
		["Excluded", totals.excluded],
		["Grievances", told.grievances],
	].filter(([, value]) => value !== null && value !== undefined);
	box.html(
		`<div class="sc-tiles">${tiles
			.map(
				([label, value]) => `<div class="sc-tile"><span>${safe(__(label))}</span><b>${count(value)}</b></div>`
			)
			.join("")}</div><div class="social-care-burn-down"></div>${governorates(told.governorates)}`
	);
	if (told.days.length > 1) draw(box.find(".social-care-burn-down")[0], told.days);
};

function draw(wrapper, days) {
	const in_order = (row) => (frappe.utils.is_rtl() ? [...row].reverse() : row);
	new frappe.Chart(wrapper, {
		type: "line",
		height: 220,
		colors: ["#1f6f8b"],
		data: {
			labels: in_order(days.map(([day]) => frappe.datetime.str_to_user(day))),
			datasets: [{ name: __("Remaining"), values: in_order(days.map(([, left]) => left)) }],
		},
		lineOptions: { regionFill: 1 },
	});
}

const COLUMNS = [
	["Rows Listed", "listed_in_all"],
	["Remaining", "remaining"],
	["No Finding", "clear"],
	["Needs Review", "review"],
	["Does Not Qualify", "fails"],
	["Verified", "verified"],
	["Moved Over", "moved"],
	["Excluded", "excluded"],
];

function governorates(rows) {
	if (!rows.length) return `<p class="text-muted">${__("No list has been loaded yet.")}</p>`;
	const head = ["Governorate", ...COLUMNS.map(([label]) => label)];
	const body = rows.map(
		(row) =>
			`<tr><td>${safe(row.governorate_name)}</td>${COLUMNS.map(([, key]) => `<td>${count(row[key])}</td>`).join("")}</tr>`
	);
	return `<div class="table-responsive" tabindex="0"><table class="table table-bordered social-care-table"><thead><tr>${head
		.map((label) => `<th scope="col">${safe(__(label))}</th>`)
		.join("")}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}

// Propose an outcome for rows of a campaign.
social_care.cash.propose = function (campaign) {
	const kept = new frappe.ui.Dialog({
		title: __("Propose an Outcome"),
		fields: [
			{ fieldname: "org_unit", fieldtype: "Link", options: "Org Unit", label: __("Org Unit"), reqd: 1 },
			outcome(),
			options("result", "Result", offered("Move").result),
			options("finding", "Main Finding", offered("Move").finding),
			{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
		],
		primary_action_label: __("Propose"),
		primary_action: async (values) => {
			kept.disable_primary_action();
			const done = social_care.cash.call("propose", { campaign, ...values });
			const { name } = await done.finally(() => kept.enable_primary_action());
			kept.hide();
			frappe.set_route("Form", "Beneficiary Decision", name);
		},
	});
	kept.fields_dict.outcome.df.onchange = () => offer(kept);
	kept.show();
};

// Rows that failed a check are moved one by one only.
const offered = (outcome) => {
	const fails = outcome !== "Move";
	return {
		result: ["", "No Finding", "Needs Review", ...(fails ? ["Does Not Qualify"] : [])],
		finding: ["", ...(fails ? FAILING : []), ...OTHER_FINDINGS],
	};
};

function offer(dialog) {
	for (const [field, values] of Object.entries(offered(dialog.get_value("outcome")))) {
		const chosen = dialog.get_value(field) || "";
		dialog.set_df_property(field, "options", labelled(values));
		dialog.set_value(field, values.includes(chosen) ? chosen : "");
	}
}

const FAILING = [
	"Deceased",
	"Listed Twice",
	"Already in the Programme",
	"In Another Programme",
	"Income above the Limit",
];
const OTHER_FINDINGS = [
	"Possible Match",
	"Name Differs from the Registry",
	"Possibly Listed Twice",
	"No National Number",
	"Responsible Place Not Known",
	"Check Digit Differs",
];

const labelled = (values) => values.map((value) => ({ value, label: value ? __(value) : "" }));

const options = (fieldname, label, values, more = {}) => ({
	fieldname,
	fieldtype: "Select",
	label: __(label),
	options: labelled(values),
	...more,
});

const outcome = () => options("outcome", "Outcome", ["Move", "Exclude"], { reqd: 1, default: "Move" });

social_care.cash.propose_single = function (frm) {
	const fields = [outcome(), { fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 }];
	const done = async (values) => {
		const { name } = await social_care.cash.call("propose_single", { row: frm.doc.name, ...values });
		frappe.set_route("Form", "Beneficiary Decision", name);
	};
	frappe.prompt(fields, done, __("Propose an Outcome"), __("Propose"));
};

// What the builder's fields offer: roles, states, fields and so on, by their Arabic names. The forms keep the codes.
frappe.provide("social_care.builder");

(() => {
	const lines = (text) =>
		Array.isArray(text)
			? text
			: String(text || "")
					.split("\n")
					.filter(Boolean);
	const named = (row) => row.title_ar || row.label_ar || row.title_en || row.label_en;
	const coded = (rows, key = "code") =>
		(rows || []).filter((row) => row[key]).map((row) => ({ value: row[key], label: named(row) || row[key] }));
	const fields_of = (doc, kinds) =>
		coded(
			(doc.pack_fields || []).filter((row) => !kinds || kinds.includes(row.field_kind)),
			"field_name"
		);
	const NUMBERS = ["Whole Number", "Decimal Number", "Amount of Money", "Percentage"];
	const offered = (key) => () => social_care.builder.offered[key] || [];

	// Where a field's choices come from: the form itself, or the system's lists.
	const OF = {
		sections: (doc) => coded(doc.pack_sections),
		fields: (doc) => fields_of(doc),
		numbers: (doc) => fields_of(doc, NUMBERS),
		days: (doc) => fields_of(doc, ["Day"]),
		choosing: (doc) => fields_of(doc, ["Choice from a List", "Table of Rows"]),
		tables: (doc) => fields_of(doc, ["Table of Rows"]),
		columns: (doc) => coded(doc.pack_columns, "column_name"),
		documents: (doc) => coded(doc.pack_documents),
		waivable: (doc) => [...coded(doc.pack_documents), ...coded(doc.pack_rules)],
		states: (doc) => coded(doc.pack_states),
		ends: (doc) => [...coded(doc.pack_states), ...of_appeal(doc, ["appealed", "appeal_refused"])],
		steps: (doc) => [
			...coded(doc.pack_actions),
			...of_appeal(doc, ["appeal", "accept_appeal", "refuse_appeal"]),
		],
		outputs: (doc) => coded(doc.pack_outputs),
		events: (doc) => [
			...offered("events")(),
			...coded(doc.pack_states).map(({ value, label }) => ({
				value: `state:${value}`,
				label: __("The request reaches «{0}»", [label]),
			})),
		],
		recipients: () => [
			...offered("recipients")(),
			...offered("roles")().map(({ value, label }) => ({ value: `role:${value}`, label })),
		],
		...Object.fromEntries(
			["roles", "rights", "levels", "channels", "ways", "requires"].map((key) => [key, offered(key)])
		),
	};
	const APPEAL = {
		appealed: () => __("Appeal under Review"),
		appeal_refused: () => __("Appeal Refused"),
		appeal: () => __("Appeal"),
		accept_appeal: () => __("Accept the Appeal"),
		refuse_appeal: () => __("Refuse the Appeal"),
	};
	const of_appeal = (doc, codes) =>
		doc.appeal_days ? codes.map((value) => ({ value, label: APPEAL[value]() })) : [];

	const ONE = {
		"Service Pack": {
			appeal_reopens_to: "states",
			second_unit_field: "fields",
			second_unit_from: "states",
		},
		"Pack Field": { section: "sections", from_state: "states" },
		"Pack Column": { of_field: "tables" },
		"Pack Option": { of_field: "choosing", of_column: "columns" },
		"Pack Action": { to_state: "states" },
		"Pack Access": { role: "roles" },
		"Pack Output": { on_state: "states", valid_until_field: "days" },
		"Pack Notification": { on_event: "events" },
		"Pack Indicator": { of_field: "numbers" },
		"Pack Sample": { ends_in: "ends" },
	};
	const MANY = {
		"Service Pack": { channels: "channels", clock_escalate_to: "roles", appeal_decided_by: "roles" },
		"Pack Document": { waivable_by: "roles" },
		"Pack Rule": { waivable_by: "roles" },
		"Pack State": { editors: "roles", escalate_to: "roles" },
		"Pack Action": { from_states: "states", roles: "roles", requires: "requires" },
		"Pack Access": { rights: "rights", levels: "levels" },
		"Pack Output": { shows: "fields" },
		"Pack Notification": { recipients: "recipients", channels: "ways" },
		"Pack Indicator": { states: "states" },
		"Pack Sample": {
			documents: "documents",
			waived: "waivable",
			wrong_fields: "fields",
			missing_documents: "documents",
			path: "steps",
			outputs: "outputs",
		},
	};

	social_care.builder.offered = social_care.builder.offered || {};
	social_care.builder.lines = lines;
	const source = (doctype, fieldname) => (ONE[doctype] || {})[fieldname] || (MANY[doctype] || {})[fieldname];
	const options = (df) => (df.pack_source ? OF[df.pack_source](social_care.builder.doc() || {}) : []);
	const label = (df, value) => (options(df).find((item) => item.value === value) || {}).label || value;

	// One of the offered values: the field shows its name and holds its code.
	frappe.ui.form.ControlPackChoice = class extends frappe.ui.form.ControlAutocomplete {
		get_data() {
			this._data = options(this.df);
			return this._data;
		}
		set_options() {
			this.get_data();
		}
		format_for_input(value) {
			return value ? label(this.df, value) : "";
		}
		get_input_value() {
			this.get_data();
			return super.get_input_value();
		}
		validate(value) {
			return !value || this.get_data().some((item) => item.value === value) ? value : "";
		}
	};

	// Several of them, one a line in the document.
	frappe.ui.form.ControlPackList = class extends frappe.ui.form.ControlMultiSelectPills {
		get_data() {
			this._data = options(this.df);
			return this._data;
		}
		set_options() {
			this.get_data();
		}
		get_label(value) {
			return label(this.df, value);
		}
		get_input_value() {
			this.get_data();
			return super.get_input_value();
		}
		parse(value) {
			if (!this.rows) return value;
			const known = this.get_data().some((item) => item.value === value);
			if (known && (this.df.pack_source === "steps" || !this.rows.includes(value))) this.rows.push(value);
			return this.rows.join("\n");
		}
		validate(value) {
			return value;
		}
		set_formatted_input(value) {
			this.rows = lines(value);
			this.set_pill_html(this.rows);
		}
		get_value() {
			return (this.rows || []).join("\n");
		}
		get_values() {
			return this.rows || [];
		}
	};

	const safe = (text) => frappe.utils.escape_html(text == null ? "" : String(text));
	const code = (value) => (value ? `<code dir="ltr">${safe(value)}</code>` : "");
	const shown = (value, df) =>
		lines(value)
			.map((part) => safe(label(df, part)))
			.join(safe(__("، ")));

	// Give the tables' fields these controls, and show every text of them as text.
	const CODES =
		/^(code|field_name|column_name|option_value|.*_when|.*_en|only_where|facts|field_values|rule_answers)$/;
	const TEXTS = ["Data", "Small Text", "Text", "Autocomplete"];
	const prepare = (doctype) => {
		for (const df of frappe.meta.get_docfields(doctype)) {
			if (!TEXTS.includes(df.fieldtype)) continue;
			df.pack_source = source(doctype, df.fieldname);
			if (df.pack_source) df.fieldtype = (MANY[doctype] || {})[df.fieldname] ? "Pack List" : "Pack Choice";
			df.formatter = df.pack_source ? shown : CODES.test(df.fieldname) ? code : safe;
		}
	};
	social_care.builder.prepare_tables = function (meta) {
		meta.fields.filter((df) => df.fieldtype === "Table").forEach((df) => prepare(df.options));
	};

	// The form's own fields. The layout stands before this script is read and takes each field from a copy of its
	// record type, one for each document: those there are, and the original for those to come.
	const DOCTYPE = "Service Pack";
	const fields_with_choices = Object.keys({ ...ONE[DOCTYPE], ...MANY[DOCTYPE] });
	const given = (df) =>
		Object.assign(df, {
			pack_source: source(DOCTYPE, df.fieldname),
			fieldtype: MANY[DOCTYPE][df.fieldname] ? "Pack List" : "Pack Choice",
			formatter: shown,
		});

	social_care.builder.prepare_form = function (frm) {
		const { docfield_map, docfield_copy } = frappe.meta;
		const copies = [docfield_map[DOCTYPE], ...Object.values(docfield_copy[DOCTYPE] || {})];
		for (const fieldname of fields_with_choices) {
			copies.forEach((fields) => fields[fieldname] && given(fields[fieldname]));
			frm.layout.replace_field(fieldname, given(frm.fields_dict[fieldname].df), true);
		}
	};
})();

// The builder of a service: a version's tables, its checks, its publishing.
frappe.provide("social_care.builder");

(() => {
	const CALLS = "social_care.api.services_builder";
	const EVERY = 1500; // milliseconds between two looks at the publishing
	const b = social_care.builder;
	let current = null;
	b.doc = () => current && current.doc;
	b.prepare_tables(frappe.get_meta("Service Pack"));

	frappe.ui.form.on("Service Pack", {
		async setup(frm) {
			current = frm;
			b.prepare_form(frm);
			b.offered = await frappe.xcall(`${CALLS}.offered`);
			frm.refresh_fields();
		},
		async refresh(frm) {
			current = frm;
			tell_history(frm);
			b.show_faults(frm, []);
			if (frm.is_new() || !b.may()) return;
			lock(frm);
			buttons(frm);
			b.offer_words(frm, frm.fields_dict);
			if (frm.doc.status === "Publishing") return follow(frm);
			if (frm.doc.status === "Draft") await b.check(frm);
		},
	});

	// The history tells a change in words (services/builder/history.py), not by the definition's text.
	const IN_WORDS = ["definition", "definition_digest", "edited_by", "artefacts"];
	const tell_history = function (frm) {
		const timeline = frm.timeline;
		if (!timeline || timeline.social_care_words) return;
		timeline.social_care_words = true;
		const of_versions = timeline.get_version_timeline_contents;
		timeline.get_version_timeline_contents = function () {
			for (const version of this.doc_info.versions || []) {
				const data = JSON.parse(version.data || "{}");
				data.changed = (data.changed || []).filter(([fieldname]) => !IN_WORDS.includes(fieldname));
				version.data = JSON.stringify(data);
			}
			return of_versions.call(this);
		};
		timeline.refresh();
	};

	// A published version is looked at, not changed.
	const lock = function (frm) {
		const locked = frm.doc.status !== "Draft";
		locked ? frm.disable_save() : frm.enable_save();
		if (Boolean(frm.social_care_locked) === locked) return;
		frm.social_care_locked = locked;
		const kinds = ["Section Break", "Column Break", "Tab Break", "HTML"];
		for (const df of frm.meta.fields) {
			if (kinds.includes(df.fieldtype) || df.read_only || df.fieldname === "service") continue;
			frm.set_df_property(df.fieldname, "read_only", locked ? 1 : 0);
			if (df.fieldtype === "Table") lock_table(frm.get_field(df.fieldname).grid, locked);
		}
	};

	const lock_table = function (grid, locked) {
		grid.cannot_add_rows = locked;
		for (const { fieldname } of frappe.meta.get_docfields(grid.doctype)) {
			grid.update_docfield_property(fieldname, "read_only", locked ? 1 : 0);
		}
		grid.refresh();
	};

	const saved = (frm, action) => async () => {
		if (frm.is_dirty()) await frm.save();
		await action(frm);
	};

	const buttons = function (frm) {
		const open = frm.doc.status === "Draft";
		const more = __("Version");
		const trial = __("Try It");
		if (open) {
			frm.add_custom_button(
				__("Check"),
				saved(frm, (form) => b.check(form, true)),
				trial
			);
			frm.add_custom_button(__("Show the Plan"), saved(frm, b.plan), trial);
			frm.add_custom_button(__("Publish"), saved(frm, publish)).addClass("btn-primary-dark");
		}
		frm.add_custom_button(__("Run the Samples"), saved(frm, b.samples), trial);
		frm.add_custom_button(__("Preview the Form"), saved(frm, b.preview), trial);
		frm.add_custom_button(__("New Version"), () => b.new_version(frm), more);
		frm.add_custom_button(__("Copy to Another Service"), () => b.copy(frm), more);
		frm.add_custom_button(__("Compare"), () => b.compare(frm), more);
		frm.add_custom_button(__("Export"), () => b.export(frm), more);
		frm.add_custom_button(__("Import"), () => b.import(frm), more);
	};

	const publish = function (frm) {
		const question = __("Publish version {0} of «{1}»? New requests begin under it at once.", [
			frm.doc.version,
			frappe.utils.escape_html(frm.doc.pack_title),
		]);
		frappe.confirm(question, async () => {
			const answer = await frappe.xcall(`${CALLS}.publish`, { pack: frm.doc.name });
			if (b.faulty(frm, answer)) return;
			await frm.reload_doc();
		});
	};

	const follow = async function (frm) {
		const name = frm.doc.name;
		const state = await frappe.xcall(`${CALLS}.publishing_state`, { pack: name });
		if (current !== frm || frm.doc.name !== name) return frappe.hide_progress();
		if (state.status === "Publishing") {
			frappe.show_progress(
				__("Publishing"),
				state.done,
				state.of || 100,
				__("Step {0} of {1}", [state.done, state.of])
			);
			setTimeout(() => follow(frm), EVERY);
			return;
		}
		frappe.hide_progress();
		await frm.reload_doc();
		const published = state.status === "Published";
		const message = published ? __("The version is published.") : state.note;
		frappe.show_alert(
			{ message: frappe.utils.escape_html(message), indicator: published ? "green" : "red" },
			10
		);
	};

	// Rows

	const coded = (rows, wanted) => {
		let name = wanted;
		for (let i = 2; rows.some((row) => [row.field_name, row.code].includes(name)); i++)
			name = `${wanted}_${i}`;
		return name;
	};
	const slug = (text) =>
		(text || "")
			.toLowerCase()
			.replace(/[^a-z0-9]+/g, "_")
			.replace(/^[_0-9]+|_+$/g, "")
			.slice(0, 36);

	const render = (frm, doctype, name) => {
		const row = frm.get_field(locals[doctype][name].parentfield).grid.grid_rows_by_docname[name];
		if (row && row.grid_form) b.offer_words(frm, row.grid_form.fields_dict);
		return row;
	};
	for (const doctype of ["Pack Section", "Pack Document", "Pack Rule", "Pack Points", "Pack Action"]) {
		frappe.ui.form.on(doctype, { form_render: render });
	}
	frappe.ui.form.on("Pack Field", {
		form_render(frm, doctype, name) {
			const line = render(frm, doctype, name);
			if (line && line.grid_form) choices(frm, line);
		},
		field_kind(frm, doctype, name) {
			const line = frm.get_field("pack_fields").grid.grid_rows_by_docname[name];
			if (line && line.grid_form) choices(frm, line);
		},
		pack_fields_add(frm, doctype, name) {
			const row = locals[doctype][name];
			const before = (frm.doc.pack_fields || [])[row.idx - 2];
			row.section = before ? before.section : ((frm.doc.pack_sections || [])[0] || {}).code;
			row.field_kind = "Line of Text";
			frm.refresh_field("pack_fields");
		},
	});

	// Options and columns are edited inside their field's row; the tables below hold them.
	const PARTS = {
		"Choice from a List": {
			table: "pack_options",
			title: () => __("Options"),
			columns: ["title_ar", "option_value", "title_en"],
			own: (row) => !row.of_column,
		},
		"Table of Rows": {
			table: "pack_columns",
			title: () => __("Columns"),
			columns: ["label_ar", "column_name", "column_kind", "required", "label_en"],
			own: () => true,
		},
	};

	const choices = function (frm, line) {
		const field = line.grid_form.fields_dict.choices;
		const part = PARTS[line.doc.field_kind];
		if (!field || !part) return;
		const held = (frm.doc[part.table] || []).filter(
			(row) => row.of_field === line.doc.field_name && part.own(row)
		);
		const names = held
			.map((row) => frappe.utils.escape_html(row.title_ar || row.label_ar || "…"))
			.join(__("، "));
		const button =
			frm.doc.status === "Draft"
				? `<button type="button" class="btn btn-default btn-xs">${__("Edit")}</button>`
				: "";
		field.$wrapper.html(`<p><strong>${part.title()}:</strong> ${names || __("None")}</p>${button}`);
		field.$wrapper.find("button").on("click", () => edit(frm, line, part, held));
	};

	const edit = function (frm, line, part, held) {
		const doc = line.doc;
		if (!doc.field_name) doc.field_name = coded(frm.doc.pack_fields, slug(doc.label_en) || "field");
		const { options } = frm.get_field(part.table).df;
		const fields = part.columns.map((fieldname) => {
			const { fieldtype, label, options: values } = frappe.meta.get_docfield(options, fieldname);
			return { fieldname, fieldtype, label: __(label), options: values, in_list_view: 1, columns: 2 };
		});
		const data = held.map((row) =>
			Object.fromEntries([...part.columns, "rest"].map((key) => [key, row[key]]))
		);
		const dialog = new frappe.ui.Dialog({
			title: `${part.title()}: ${frappe.utils.escape_html(doc.label_ar || doc.field_name)}`,
			size: "extra-large",
			fields: [
				{ fieldname: "rows", fieldtype: "Table", label: part.title(), fields, data, in_place_edit: true },
			],
			primary_action_label: __("Apply"),
			primary_action: ({ rows }) => {
				const written = (row) => part.columns.some((column) => column !== "required" && row[column]);
				keep(frm, doc.field_name, part, (rows || []).filter(written));
				dialog.hide();
				choices(frm, line);
			},
		});
		dialog.show();
	};

	const keep = function (frm, of_field, part, rows) {
		const mine = (row) => row.of_field === of_field && part.own(row);
		const others = (frm.doc[part.table] || []).filter((row) => !mine(row));
		frm.clear_table(part.table);
		const made = rows.map((row) => ({ ...row, of_field }));
		for (const row of [...others, ...made]) {
			const kept = Object.fromEntries(
				Object.entries(row).filter(([key]) => !["name", "idx", "__islocal", "doctype"].includes(key))
			);
			frm.add_child(part.table, kept);
		}
		frm.refresh_field(part.table);
		frm.dirty();
	};
})();

// Help with conditions: what they may ask for, put into the field with a click.
frappe.provide("social_care.builder");

(() => {
	const CONDITIONS = [
		...["show_when", "required_when", "valid_when", "applies_when", "passes_when", "given_when"],
		...["only_when", "fee_exempt_when"],
	];
	const safe = (text) => frappe.utils.escape_html(text == null ? "" : String(text));

	// A link under every condition of an opened row, or of the form.
	social_care.builder.offer_words = function (frm, fields) {
		if (frm.doc.status !== "Draft" || frm.is_new()) return;
		for (const fieldname of CONDITIONS) {
			const field = fields[fieldname];
			if (!field || field.$wrapper.find(".social-care-words").length) continue;
			$(
				`<a class="social-care-words small" role="button" tabindex="0">${__("What a condition may ask for")}</a>`
			)
				.appendTo(field.$wrapper.find(".control-input-wrapper, .form-group").first())
				.on("click keydown", (event) => {
					if (event.type === "click" || event.key === "Enter") words(frm, field);
				});
		}
	};

	const words = async function (frm, field) {
		const found = await frappe.xcall("social_care.api.services_builder.words", { pack: frm.doc.name });
		found.fields = fields_of(frm.doc);
		const titles = {
			fields: __("Fields of the form"),
			facts: __("Facts from the system"),
			functions: __("Functions"),
			examples: __("Examples"),
		};
		const part = ([key, title]) => `<h5>${title}</h5>${(found[key] || []).map(row).join("")}`;
		const dialog = new frappe.ui.Dialog({ title: __("What a condition may ask for"), size: "large" });
		dialog.$body.addClass("social-care-words-list").html(Object.entries(titles).map(part).join(""));
		dialog.$body.on("click", "[data-text]", (event) => {
			insert(field, $(event.currentTarget).attr("data-text"));
			dialog.hide();
		});
		dialog.show();
	};

	// The form's own fields as they stand now, saved or not.
	const fields_of = (doc) =>
		(doc.pack_fields || []).flatMap((field) => [
			{ text: field.field_name || "", meaning: field.label_ar },
			...(doc.pack_options || [])
				.filter((option) => option.of_field === field.field_name && !option.of_column)
				.map((option) => ({
					text: `${field.field_name} == '${option.option_value}'`,
					meaning: option.title_ar,
				})),
		]);

	const row = ({ text, meaning }) =>
		`<button type="button" class="btn btn-default btn-sm" data-text="${safe(text)}">
			<code dir="ltr">${safe(text)}</code><span>${safe(meaning)}</span></button>`;

	const insert = function (field, text) {
		const input = field.$input && field.$input.get(0);
		const value = input ? input.value : "";
		const at = input && input.selectionStart != null ? input.selectionStart : value.length;
		const space = at && !/\s$/.test(value.slice(0, at)) ? " " : "";
		field.set_value(value.slice(0, at) + space + text + value.slice(at));
	};
})();

// New services, new versions, copies and files.
frappe.provide("social_care.builder");

(() => {
	const CALLS = "social_care.api.services_builder";
	const ask = (method, args) => frappe.xcall(`${CALLS}.${method}`, args);
	const open = (name) => frappe.set_route("Form", "Service Pack", name);
	const GROUP = () => __("Services");

	social_care.builder.may = () => frappe.model.can_create("Service Pack");

	social_care.builder.new_service = async function () {
		const { next_code } = await ask("catalogue");
		frappe.prompt(
			[
				{ fieldname: "name", fieldtype: "Data", label: __("Name of the Service"), reqd: 1 },
				{
					fieldname: "name_en",
					fieldtype: "Data",
					label: __("English Name"),
					reqd: 1,
					description: __("In Latin letters; the record type gets its name from it"),
				},
				{ fieldname: "code", fieldtype: "Data", label: __("Service Code"), reqd: 1, default: next_code },
				{
					fieldname: "group",
					fieldtype: "Link",
					options: "Service Group",
					label: __("Service Group"),
					reqd: 1,
				},
			],
			(values) => ask("new_service", values).then(open),
			__("New Service"),
			__("Create")
		);
	};

	social_care.builder.begin = (service) => ask("begin", { service }).then(open);
	social_care.builder.new_version = (frm) => ask("new_version", { pack: frm.doc.name }).then(open);

	social_care.builder.copy = function (frm) {
		const field = {
			fieldname: "service",
			fieldtype: "Link",
			options: "Service",
			label: __("Service"),
			reqd: 1,
		};
		frappe.prompt(
			field,
			({ service }) => ask("copy", { pack: frm.doc.name, service }).then(open),
			__("Copy to Another Service"),
			__("Copy")
		);
	};

	social_care.builder.export = function (frm) {
		open_url_post(`/api/method/${CALLS}.export`, { pack: frm.doc.name }, false);
	};

	// A file from this computer: into the open draft, or as a new version of the service that it names.
	social_care.builder.import = function (frm) {
		const dialog = new frappe.ui.Dialog({
			title: __("Import"),
			fields: [
				{
					fieldname: "file",
					fieldtype: "HTML",
					options: `<p class="text-muted">${__("A file that was exported here or on another site. A published version is never overwritten: the file becomes a draft.")}</p>
						<input type="file" class="form-control" accept=".json,application/json" aria-label="${__("File")}">
						<p class="text-danger" role="alert"></p>`,
				},
			],
			primary_action_label: __("Import"),
			primary_action: async () => {
				const file = dialog.$body.find("input[type=file]").get(0).files[0];
				if (!file) return dialog.$body.find("[role=alert]").text(__("Choose a file first."));
				const definition = await file.text();
				const answer = await ask("import_pack", { definition, into: (frm && frm.doc.name) || "" });
				dialog.hide();
				if (frm && frm.doc.name === answer.name) return frm.reload_doc();
				open(answer.name);
			},
		});
		dialog.show();
	};

	social_care.builder.list_buttons = async function (list) {
		const { services, published } = await ask("catalogue");
		const colour = published === services ? "green" : "blue";
		list.page.set_indicator(__("{0} of {1} services published", [published, services]), colour);
		if (!social_care.builder.may()) return;
		list.page.add_inner_button(__("New Service"), social_care.builder.new_service, GROUP());
		list.page.add_inner_button(__("Import"), () => social_care.builder.import(), GROUP());
	};
})();

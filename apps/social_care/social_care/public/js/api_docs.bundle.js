// Shows the OpenAPI document of the interface, operation by operation. Texts of the document are put in as texts only.
(() => {
	const texts = JSON.parse(document.body.dataset.texts);
	const services = document.getElementById("services");
	const operations = document.getElementById("operations");
	const METHODS = ["get", "post", "put"];
	let whole;

	function element(name, attributes = {}, ...children) {
		const made = document.createElement(name);
		for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
		made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
		return made;
	}

	const filled = (text, value) => text.replace("{0}", value);

	function resolved(part) {
		// One of a list, or nothing: shown as the list itself.
		const given = part?.anyOf?.filter((one) => one.type !== "null");
		if (given?.length === 1 && part.anyOf.length === 2) return { ...resolved(given[0]), title: part.title };
		if (!part?.$ref) return part || {};
		const found = part.$ref
			.slice(2)
			.split("/")
			.reduce((place, step) => place[step], whole);
		return part.title ? { ...found, title: part.title } : found;
	}

	function kind(schema) {
		const type = [schema.type].flat().find((one) => one && one !== "null");
		if (schema["x-links-to"]) return filled(texts.kinds.link, schema["x-links-to"]);
		if (schema.enum?.length && schema.enum.every((one) => [0, 1, null].includes(one)))
			return texts.kinds.yesno;
		if (schema.enum || schema.const) return texts.kinds.choice;
		if (schema.format && texts.kinds[schema.format]) return texts.kinds[schema.format];
		if (type === "array" && !schema.items?.properties) return texts.kinds.list;
		return texts.kinds[type] || "";
	}

	function limits(schema) {
		const found = [];
		if (schema.maxLength && !schema.enum && !schema["x-links-to"])
			found.push(filled(texts.longest, schema.maxLength));
		if (Math.abs(schema.minimum ?? 1e9) < 1e9) found.push(filled(texts.least, schema.minimum));
		if (Math.abs(schema.maximum ?? 1e9) < 1e9) found.push(filled(texts.most, schema.maximum));
		return found.join("، ");
	}

	function choices(schema) {
		const values = schema.const ? [schema.const] : schema.enum;
		if (!values || values.every((one) => [0, 1, null].includes(one))) return null;
		const titles = schema["x-enum-titles"] || [];
		const rows = values
			.map((value, at) => [value, titles[at]])
			.filter(([value]) => value !== null && value !== "");
		return element(
			"ul",
			{ class: "choices" },
			...rows.map(([value, title]) =>
				element(
					"li",
					{},
					element("code", { dir: "ltr" }, String(value)),
					title && title !== value ? ` ${title}` : ""
				)
			)
		);
	}

	function head(...names) {
		return element("thead", {}, element("tr", {}, ...names.map((name) => element("th", {}, name))));
	}

	function field(name, schema, required) {
		const marks = [
			required ? texts.required : "",
			schema.readOnly ? texts.readonly : "",
			schema.deprecated ? texts.earlier : "",
		];
		const rows = schema.items?.properties;
		return element(
			"tr",
			{},
			element("td", {}, element("code", { dir: "ltr" }, name)),
			element(
				"td",
				{},
				schema.title || "",
				schema.description && element("span", { class: "note" }, schema.description)
			),
			element(
				"td",
				{},
				kind(schema),
				element("span", { class: "note" }, limits(schema)),
				choices(schema),
				rows && element("span", { class: "note" }, texts.rows),
				rows && table(schema.items),
				...record(schema.contentSchema || {})
			),
			element("td", {}, element("span", { class: "must" }, marks.filter(Boolean).join("، ")))
		);
	}

	function table(schema) {
		const required = new Set(schema.required || []);
		return element(
			"table",
			{},
			head(texts.name, texts.meaning, texts.kind, ""),
			element(
				"tbody",
				{},
				...Object.entries(schema.properties || {}).map(([name, part]) =>
					field(name, resolved(part), required.has(name))
				)
			)
		);
	}

	// A record, or one of several: then one after the other, each under its name.
	function record(schema) {
		const found = resolved(schema);
		const several = found.anyOf || found.oneOf;
		if (found.type === "array") return record(found.items);
		if (!several) return found.properties ? [table(found)] : [];
		return several.flatMap((one) => {
			const part = resolved(one);
			const title = element("summary", {}, part.title || texts.one_of);
			const more = element("details", {}, title);
			more.addEventListener("toggle", () => more.open && more.append(element("div", {}, ...record(one))), {
				once: true,
			});
			return [more];
		});
	}

	function argument(one) {
		const schema = one.schema || one.content["application/json"].schema;
		const shown =
			schema.type === "array" || schema.anyOf ? { type: "array" } : { ...schema, enum: undefined };
		const listed = schema.enum ? schema : shown;
		return field(one.name, { ...listed, description: undefined, title: one.description }, one.required);
	}

	function parameters(path, operation) {
		const all = [...(path.parameters || []), ...(operation.parameters || [])];
		if (!all.length) return [];
		const rows = element("tbody", {}, ...all.map(argument));
		return [
			element("h3", {}, texts.arguments),
			element("table", {}, head(texts.name, texts.meaning, texts.kind, ""), rows),
		];
	}

	function answers(operation) {
		const rows = Object.entries(operation.responses).map(([status, part]) =>
			element(
				"tr",
				{},
				element("td", {}, element("code", { dir: "ltr" }, status)),
				element("td", {}, resolved(part).description)
			)
		);
		const done = operation.responses["200"].content?.["application/json"].schema.properties || {};
		const inner = done.data || done.message;
		return [
			element("h3", {}, texts.answers),
			element("table", {}, head(texts.status, texts.meaning), element("tbody", {}, ...rows)),
			...(inner ? record(inner) : []),
		];
	}

	function content(path, operation) {
		const body = Object.values(operation.requestBody?.content || {})[0]?.schema;
		return element(
			"div",
			{},
			operation.description && element("p", {}, operation.description),
			...parameters(path, operation),
			...(body ? [element("h3", {}, texts.body), ...record(body)] : []),
			...answers(operation)
		);
	}

	function shown(address, method, path, operation) {
		const made = element(
			"details",
			{ id: operation.operationId },
			element(
				"summary",
				{},
				element("span", { class: `method ${method}` }, method.toUpperCase()),
				element("b", {}, operation.summary),
				element("span", { class: "path", dir: "ltr" }, decodeURI(address))
			)
		);
		made.addEventListener("toggle", () => made.append(content(path, operation)), { once: true });
		return made;
	}

	function service(tag) {
		const title = tag["x-displayName"] || tag.name;
		const found = Object.entries(whole.paths).flatMap(([address, path]) =>
			METHODS.filter((method) => path[method]?.tags.includes(tag.name)).map((method) =>
				shown(address, method, path, path[method])
			)
		);
		const code = tag["x-code"] ? element("span", { class: "code" }, tag["x-code"]) : null;
		return element(
			"section",
			{ class: "service", id: `service-${tag.name}` },
			element("h2", {}, title, " ", code),
			tag.description === title ? null : element("p", {}, tag.description),
			...found
		);
	}

	function link(tag) {
		const code = tag["x-code"] ? element("small", {}, ` ${tag["x-code"]}`) : null;
		const title = tag["x-displayName"] || tag.name;
		return element("li", {}, element("a", { href: `#service-${tag.name}` }, title, code));
	}

	function access() {
		const rows = Object.values(whole.components.securitySchemes).map((scheme) =>
			element(
				"tr",
				{},
				element("td", {}, element("code", { dir: "ltr" }, scheme.name)),
				element("td", {}, scheme.description)
			)
		);
		const body = element("div", {}, element("table", {}, element("tbody", {}, ...rows)));
		return element("details", {}, element("summary", {}, element("b", {}, texts.access)), body);
	}

	function find(words) {
		const asked = words.trim().toLowerCase();
		let left = 0;
		for (const section of operations.children) {
			const fits = section.textContent.toLowerCase().includes(asked);
			section.hidden = !fits;
			left += fits;
		}
		for (const item of services.children) {
			const target = document.getElementById(item.firstChild.hash.slice(1));
			item.hidden = Boolean(target?.hidden);
		}
		const version = element("bdi", { dir: "ltr" }, whole.info.version);
		document
			.getElementById("version")
			.replaceChildren(...(left ? [texts.version, " ", version] : [texts.nothing]));
	}

	async function load() {
		const answer = await fetch(document.body.dataset.document, { headers: { Accept: "application/json" } });
		if (!answer.ok) throw new Error(String(answer.status));
		whole = await answer.json();
		document.getElementById("about").textContent = whole.info.description;
		document.getElementById("access").replaceChildren(access());
		services.replaceChildren(...whole.tags.map(link));
		operations.replaceChildren(...whole.tags.map(service));
		find("");
		document.getElementById("find").addEventListener("input", (event) => find(event.target.value));
		document.getElementById(location.hash.slice(1))?.scrollIntoView();
	}

	load().catch(() => operations.replaceChildren(element("p", {}, texts.failed)));
})();

// The form of a service: conditions live, answers kept on this device until they are sent, one request however often it is tapped.
(() => {
	const { texts, digits, element, call, send_paper, new_key } = citizen;
	const form = document.getElementById("request");
	const service = document.body.dataset.service;
	const store = `services/${service}`;
	const governorate = document.getElementById("f-governorate");
	const place = document.getElementById("f-place");
	const send = document.getElementById("send");
	const NUMBERS = ["integer", "number", "money", "percent"];
	const all = (selector, within = form) => [...within.querySelectorAll(selector)];
	const boxes = all(".field[data-name]").filter((box) => !box.closest(".row"));
	const box_of = (name) => boxes.find((box) => box.dataset.name === name);
	const tree = (node, key) => (node.dataset[key] ? JSON.parse(node.dataset[key]) : null);
	let page_key = new_key();

	// Values

	const control = (box) => box.querySelector("input, select, textarea");
	const is_table = (box) => "table" in box.dataset;
	const rows_of = (box) => all(".row", box);
	const row_values = (row) =>
		Object.fromEntries(
			all("[data-column]", row).map((box) => [box.dataset.column, control(box).value.trim()])
		);
	const written = (row) => Object.values(row).some(Boolean);

	function raw(name) {
		const box = box_of(name);
		if (!box) return "";
		return is_table(box) ? rows_of(box).map(row_values).filter(written) : control(box).value.trim();
	}

	// As conditions see it: numbers as numbers, what is hidden as not there.
	function value(name) {
		const box = box_of(name);
		if (!box || box.hidden || box.closest("fieldset").hidden) return undefined;
		const found = raw(name);
		if (is_table(box)) return found;
		const { kind } = control(box).dataset;
		if (kind === "yes_no") return Number(found || 0);
		if (found && NUMBERS.includes(kind)) return Number(digits(found).replace("٫", ".").replace(/[٬,]/g, ""));
		return found;
	}

	const answers = () =>
		Object.fromEntries(
			boxes
				.filter((box) => !box.hidden && !box.closest("fieldset").hidden)
				.map((box) => [box.dataset.name, raw(box.dataset.name)])
		);

	// What is shown and needed

	function refresh() {
		for (const part of all("[data-when]")) part.hidden = !conditions.evaluate(tree(part, "when"), value);
		for (const box of all(".field[data-name], .paper")) {
			const needed = tree(box, "needed");
			const required = "required" in box.dataset || Boolean(needed && conditions.holds(needed, value));
			box.classList.toggle("needed", required);
			const mark = box.querySelector("label small");
			if (mark) mark.textContent = required ? "" : `(${texts.optional})`;
			const field = is_table(box) || box.classList.contains("paper") ? null : control(box);
			if (field) field.setAttribute("aria-required", String(required));
		}
	}

	// Sentences beside fields

	function mark(name, sentence) {
		const said = document.getElementById(`w-${name}`);
		if (!said) return false;
		said.textContent = sentence;
		said.hidden = !sentence;
		const box = box_of(name);
		box?.classList.toggle("is-wrong", Boolean(sentence));
		if (box && !is_table(box)) control(box).setAttribute("aria-invalid", String(Boolean(sentence)));
		return true;
	}

	function show_errors(errors) {
		for (const box of boxes) mark(box.dataset.name, "");
		const other = [];
		for (const [name, sentence] of Object.entries(errors)) {
			if (!name || !mark(name, sentence)) other.push(sentence);
		}
		const count = Object.keys(errors).length;
		mark("form", other.join(" ") || (count ? texts.wrong : ""));
		const first = boxes.find((box) => box.classList.contains("is-wrong"));
		if (first) (control(first) || first.querySelector("button")).focus();
		else if (count) document.getElementById("w-form").scrollIntoView({ block: "center" });
	}

	function own_errors() {
		const found = {};
		for (const box of boxes) {
			if (box.hidden || box.closest("fieldset").hidden) continue;
			const { name } = box.dataset;
			const held = raw(name);
			const empty = !held || held.length === 0;
			const valid = tree(box, "valid");
			if (empty && (box.classList.contains("needed") || ["governorate", "place"].includes(name)))
				found[name] = texts.missing;
			else if (!empty && valid && conditions.evaluate(valid, value) === false)
				found[name] = box.dataset.message;
		}
		return found;
	}

	// Places

	async function load_places(chosen = "") {
		place.disabled = true;
		place.replaceChildren(
			element("option", { value: "" }, governorate.value ? texts.wait : texts.office_first)
		);
		if (!governorate.value) return;
		try {
			const groups = await call("offices", { service, governorate: governorate.value });
			fill_places(groups, chosen);
			await load_institutions();
		} catch (error) {
			place.replaceChildren(element("option", { value: "" }, texts.choose));
			mark("governorate", error.message);
		}
	}

	function fill_places(groups, chosen) {
		const options = (rows) => rows.map(([key, name]) => element("option", { value: key }, name));
		const made = groups.map((group) => element("optgroup", { label: group.title }, ...options(group.rows)));
		place.replaceChildren(
			element("option", { value: "" }, groups.length ? texts.choose : texts.none),
			...made
		);
		place.disabled = !groups.length;
		place.value = chosen;
		if (!place.value && groups.length === 1 && groups[0].rows.length === 1)
			place.value = groups[0].rows[0][0];
		mark("governorate", "");
	}

	async function load_institutions() {
		const lists = all("select[data-institutions]");
		if (!lists.length) return;
		const rows = await call("institutions", { service, governorate: governorate.value });
		for (const list of lists) {
			const options = rows.map(([key, name]) => element("option", { value: key }, name));
			list.replaceChildren(element("option", { value: "" }, texts.choose), ...options);
		}
	}

	// Tables

	function add_row(box, values = {}) {
		const row = box.querySelector("template").content.firstElementChild.cloneNode(true);
		for (const part of all("[data-column]", row)) {
			const id = `r${Math.random().toString(36).slice(2)}`;
			control(part).id = id;
			control(part).value = values[part.dataset.column] || "";
			part.querySelector("label").htmlFor = id;
		}
		row.querySelector(".remove").addEventListener("click", () => {
			row.remove();
			number_rows(box);
			changed();
			box.querySelector(".add").focus();
		});
		box.querySelector(".rows").append(row);
		number_rows(box);
		return row;
	}

	function number_rows(box) {
		for (const [index, row] of rows_of(box).entries()) {
			const title = texts.row.replace("{0}", index + 1);
			row.querySelector("b").textContent = title;
			row.setAttribute("aria-label", title);
		}
	}

	// Kept on this device, for this tab

	function keep() {
		const kept = Object.fromEntries(boxes.map((box) => [box.dataset.name, raw(box.dataset.name)]));
		try {
			sessionStorage.setItem(store, JSON.stringify({ page_key, kept }));
		} catch {
			// a full or closed store costs the answers of a reload, nothing else
		}
	}

	function put_back() {
		let found = null;
		try {
			found = JSON.parse(sessionStorage.getItem(store));
		} catch {
			// unreadable: begin anew
		}
		if (!found?.kept) return;
		page_key = found.page_key;
		for (const box of boxes) {
			const held = found.kept[box.dataset.name];
			if (is_table(box)) for (const row of held || []) add_row(box, row);
			else if (held && box.dataset.name !== "place") control(box).value = held;
		}
		if (!Object.values(found.kept).some((held) => held?.length)) return;
		const said = document.getElementById("kept");
		said.textContent = texts.kept;
		said.hidden = false;
		load_places(found.kept.place);
	}

	function forget() {
		sessionStorage.removeItem(store);
	}

	function changed() {
		refresh();
		keep();
	}

	// Sending

	async function submit() {
		const wrong = own_errors();
		show_errors(wrong);
		if (Object.keys(wrong).length) return;
		send.disabled = true;
		send.textContent = texts.sending;
		try {
			const answer = await call("apply", { service, page_key, data: JSON.stringify(answers()) });
			if (answer.errors) return show_errors(answer.errors);
			await done(answer);
		} catch (error) {
			show_errors({ "": error.message });
		} finally {
			send.disabled = false;
			send.textContent = send.dataset.text;
		}
	}

	async function done(answer) {
		forget();
		const section = document.getElementById("done");
		const [number, secret] = all(".number b", section);
		number.textContent = answer.receipt;
		secret.textContent = answer.secret;
		document.getElementById("secret").hidden = !answer.secret;
		section.querySelector("dl").append(...citizen.facts(answer.facts));
		document.getElementById("kept").hidden = true;
		form.hidden = true;
		section.hidden = false;
		section.focus();
		section.scrollIntoView();
		await send_papers(answer, section.querySelector("#sending"));
		form.reset();
		page_key = new_key();
	}

	const chosen = (box) => citizen.chosen(box.querySelector("input"), box.dataset.most);

	// One after another: two at once share a poor line and both fail.
	async function send_papers(answer, into) {
		const wanted = new Set(answer.papers.map((paper) => paper.code));
		for (const box of all(".paper")) {
			const files = chosen(box);
			if (!files.length || !wanted.has(box.dataset.paper)) continue;
			const title = box.querySelector("label").firstChild.textContent.trim();
			const paper = send_paper(answer.pass, answer.request, box.dataset.paper, title, files);
			into.append(paper.box);
			await paper.begin();
		}
	}

	send.dataset.text = send.textContent;
	form.addEventListener("input", (event) => {
		const box = event.target.closest(".field[data-name]");
		if (box) mark(box.dataset.name, "");
		mark("form", "");
		changed();
	});
	form.addEventListener("change", (event) => {
		if (event.target === governorate) load_places().then(keep);
		const paper = event.target.closest(".paper");
		if (paper) paper.querySelector("bdi").textContent = citizen.names(chosen(paper)) || texts.take;
		changed();
	});
	form.addEventListener("click", (event) => {
		if (!event.target.classList.contains("add")) return;
		control(add_row(event.target.closest(".field"))).focus();
		changed();
	});
	form.addEventListener("submit", (event) => {
		event.preventDefault();
		if (!send.disabled) submit();
	});
	put_back();
	refresh();
})();

// A complaint: one, however often it is tapped. Nothing of it is kept on the device, which others may use, too.
(() => {
	const { texts, element, call, new_key } = citizen;
	const form = document.getElementById("complaint");
	const done = document.getElementById("done");
	const send = document.getElementById("send");
	const list = form.institution;
	const ANOTHER = "another";
	const page_key = new_key();

	const box = (name) => form.querySelector(`.field[data-name="${name}"]`);

	function mark(name, sentence) {
		const said = document.getElementById(`w-${name}`);
		if (!said) return false;
		said.textContent = sentence;
		said.hidden = !sentence;
		box(name)?.classList.toggle("is-wrong", Boolean(sentence));
		return true;
	}

	function show_errors(errors) {
		form.querySelectorAll(".field[data-name]").forEach(({ dataset }) => mark(dataset.name, ""));
		const other = Object.entries(errors).filter(([name, sentence]) => !name || !mark(name, sentence));
		const said = other.map(([, sentence]) => sentence).join(" ");
		mark("form", said || (Object.keys(errors).length ? texts.wrong : ""));
		form.querySelector(".is-wrong :is(input, select, textarea)")?.focus();
	}

	// A list that did not come, or that lacks the institution, stops nobody: its name can be written.
	async function load_institutions() {
		const option = (value, name) => element("option", { value }, name);
		list.disabled = !form.governorate.value;
		if (list.disabled) return;
		list.replaceChildren(option("", texts.wait));
		const rows = await call("institutions", { governorate: form.governorate.value }).catch(() => []);
		const named = rows.map(([key, name]) => option(key, name));
		list.replaceChildren(option("", texts.choose), ...named, option(ANOTHER, texts.another));
		show_name();
	}

	function show_name() {
		box("institution_as_written").hidden = list.value !== ANOTHER;
	}

	const values = () => ({
		...Object.fromEntries(new FormData(form)),
		institution: list.value === ANOTHER ? "" : list.value,
		institution_as_written: list.value === ANOTHER ? form.institution_as_written.value : "",
	});

	function own_errors(sent) {
		const wrong = {};
		for (const name of ["governorate", "complaint_kind", "description"])
			if (!sent[name].trim()) wrong[name] = texts.missing;
		if (!list.value && sent.governorate) wrong.institution = texts.missing;
		if (list.value === ANOTHER && !sent.institution_as_written.trim())
			wrong.institution_as_written = texts.missing;
		if (sent.with_name && !sent.full_name.trim() && !sent.telephone.trim()) wrong.full_name = texts.missing;
		return wrong;
	}

	const number = (title, text) =>
		element("p", { class: "number" }, title, element("b", { dir: "ltr" }, text));

	function show_receipt({ receipt, secret }) {
		form.hidden = true;
		form.reset();
		done.replaceChildren(
			element("h2", {}, texts.sent),
			element("p", { class: "note" }, texts.keep),
			number(texts.number, receipt),
			number(texts.secret, secret)
		);
		done.hidden = false;
		done.focus();
	}

	form.addEventListener("input", ({ target }) => mark(target.name, ""));
	form.governorate.addEventListener("change", load_institutions);
	list.addEventListener("change", show_name);
	form.with_name.addEventListener("change", () => {
		document.getElementById("sender").hidden = !form.with_name.checked;
	});
	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		if (send.disabled) return;
		const sent = values();
		const wrong = own_errors(sent);
		show_errors(wrong);
		if (Object.keys(wrong).length) return;
		const text = send.textContent;
		send.disabled = true;
		send.textContent = texts.sending;
		try {
			const answer = await call("send", { data: JSON.stringify(sent), page_key });
			if (answer.errors) show_errors(answer.errors);
			else show_receipt(answer);
		} catch (error) {
			mark("form", error.message);
		}
		send.disabled = false;
		send.textContent = text;
	});
})();

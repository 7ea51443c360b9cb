// Following a request: receipt and telephone once, then what is asked of the applicant and what he can do.
(() => {
	const { texts, element, call, send_paper } = citizen;
	const question = document.getElementById("question");
	const list = document.getElementById("requests");
	const leave = document.getElementById("leave");
	let visit = "";

	async function busy(button, work, said) {
		if (button.disabled) return;
		button.disabled = true;
		const text = button.textContent;
		button.textContent = texts.wait;
		said.hidden = true;
		try {
			await work();
		} catch (error) {
			said.textContent = error.message;
			said.hidden = false;
		} finally {
			button.disabled = false;
			button.textContent = text;
		}
	}

	function show(answer) {
		visit = answer.pass;
		question.hidden = true;
		leave.hidden = false;
		const cards = answer.requests.map(card);
		list.replaceChildren(...(cards.length ? cards : [element("p", { class: "note" }, texts.nothing)]));
		list.focus();
	}

	function card(request) {
		const facts = [[texts.state, request.state], ...request.facts];
		return element(
			"section",
			{ class: `request ${request.kind}` },
			element("h2", {}, request.service),
			element("p", { class: "words" }, request.words),
			element("dl", {}, ...citizen.facts(facts)),
			asked(request),
			papers(request),
			issued(request),
			...request.steps.map((step) => step_form(request, step)),
			rating(request)
		);
	}

	const asked = ({ asked }) =>
		asked
			? element("div", { class: "asked" }, element("h3", {}, texts.asked), element("p", {}, asked))
			: null;

	function papers(request) {
		if (!request.papers.length) return null;
		return element(
			"div",
			{},
			element("h3", {}, texts.papers),
			...request.papers.map((row) => paper_box(request, row))
		);
	}

	function paper_box(request, paper) {
		const there = paper.state === "Handed In";
		const sent = paper.files > 1 ? texts.files.replace("{0}", paper.files) : texts.file_sent;
		const state = there ? sent : paper.required ? texts.required : texts.optional;
		const box = element(
			"div",
			{ class: "field paper" },
			element("b", {}, paper.title, element("small", {}, ` (${state})`)),
			paper.remark ? element("p", { class: "wrong" }, paper.remark) : null
		);
		if (there && paper.files && paper.files < paper.most) {
			box.append(...chooser(request, paper, box, texts.more, paper.most - paper.files, 1));
		}
		box.append(...chooser(request, paper, box, there ? texts.again : texts.take, paper.most, 0));
		return box;
	}

	// A button that sends what is chosen, as many files as the paper still takes.
	function chooser(request, paper, box, text, most, more) {
		const id = `file-${request.key}-${paper.code}${more ? "-more" : ""}`;
		const input = element("input", { id, class: "unseen", type: "file", accept: "image/*,application/pdf" });
		input.multiple = most > 1;
		input.addEventListener("change", () => {
			const files = citizen.chosen(input, most);
			if (!files.length) return;
			const sending = send_paper(visit, request.key, paper.code, paper.title, files, more);
			box.replaceChildren(sending.box);
			sending.box.addEventListener("arrived", ({ detail }) => {
				const now = detail.papers.find((row) => row.code === paper.code);
				if (now && now.files < now.most) box.replaceWith(paper_box(request, now));
			});
			sending.begin();
		});
		return [input, element("label", { for: id, class: "choose" }, text)];
	}

	function issued({ issued }) {
		if (!issued.length) return null;
		const rows = issued.map((row) =>
			element(
				"p",
				{},
				`${row.title}: `,
				element("a", { href: `/verify#${row.number}`, dir: "ltr" }, row.number),
				row.until ? ` – ${texts.valid_until.replace("{0}", row.until)}` : ""
			)
		);
		return element("div", {}, element("h3", {}, texts.issued), ...rows);
	}

	function step_form(request, step) {
		const words = { answer: texts.your_words, appeal: texts.appeal_words, withdraw: texts.withdraw_words }[
			step.kind
		];
		const id = `${step.code}-${request.key}`;
		const text = element("textarea", { id, rows: 3, maxlength: 4000 });
		const said = element("p", { class: "wrong", role: "alert", hidden: true });
		const button = element("button", {}, step.title);
		const form = element(
			"form",
			{ novalidate: true },
			step.kind === "withdraw" ? element("p", { class: "help" }, texts.withdraw_sure) : null,
			element("label", { for: id }, words),
			text,
			said,
			button
		);
		form.addEventListener("submit", (event) => {
			event.preventDefault();
			const values = { visit, request: request.key, code: step.code, text: text.value, seen: request.seen };
			busy(button, async () => show(await call("step", values)), said);
		});
		if (step.kind === "answer") return form;
		return element("details", {}, element("summary", {}, step.title), form);
	}

	function rating(request) {
		if (request.rating) return element("p", { class: "good" }, texts.thanks);
		if (!request.rate) return null;
		const said = element("p", { class: "wrong", role: "alert", hidden: true });
		const button = element("button", {}, texts.rate);
		const remark = element("textarea", { id: `remark-${request.key}`, rows: 2, maxlength: 4000 });
		const stars = [1, 2, 3, 4, 5].map((number) => {
			const id = `star-${request.key}-${number}`;
			const input = element("input", {
				id,
				type: "radio",
				name: `star-${request.key}`,
				value: number,
				class: "unseen",
			});
			const label = element("label", { for: id, "aria-label": texts.star.replace("{0}", number) }, "★");
			return [input, label];
		});
		const form = element(
			"form",
			{ class: "rating", novalidate: true },
			element("fieldset", { class: "stars" }, element("legend", {}, texts.stars), ...stars.flat()),
			element("label", { for: remark.id }, texts.remark),
			remark,
			said,
			button
		);
		form.addEventListener("submit", (event) => {
			event.preventDefault();
			const chosen = form.querySelector("input:checked");
			const values = {
				visit,
				request: request.key,
				stars: chosen ? Number(chosen.value) : 0,
				text: remark.value,
			};
			busy(button, async () => show(await call("rate", values)), said);
		});
		return form;
	}

	question.addEventListener("submit", (event) => {
		event.preventDefault();
		const said = question.querySelector(".wrong");
		const values = { receipt: question.receipt.value, phone: question.phone.value };
		busy(question.querySelector("button"), async () => show(await call("follow", values)), said);
	});

	// Others use the same telephone or a computer of a library: nothing stays.
	leave.querySelector("button").addEventListener("click", () => {
		visit = "";
		list.replaceChildren();
		leave.hidden = true;
		question.reset();
		question.hidden = false;
		question.receipt.focus();
	});
})();

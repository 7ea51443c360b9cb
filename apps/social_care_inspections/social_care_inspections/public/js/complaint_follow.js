// Following a complaint: number and secret word, then its state and answer. Nothing stays on the device.
(() => {
	const { texts, facts, element, call } = citizen;
	const question = document.getElementById("question");
	const found = document.getElementById("found");
	const said = question.querySelector(".wrong");
	const button = question.querySelector("button");

	function card(complaint) {
		const answer = complaint.answer
			? element(
					"div",
					{ class: "asked" },
					element("h3", {}, texts.answer),
					element("p", {}, complaint.answer)
				)
			: null;
		return element(
			"section",
			{ class: "request" },
			element("h2", {}, complaint.state),
			element("p", { class: "words" }, complaint.words),
			element("dl", {}, ...facts(complaint.facts)),
			answer
		);
	}

	question.addEventListener("submit", async (event) => {
		event.preventDefault();
		if (button.disabled) return;
		button.disabled = true;
		said.hidden = true;
		found.replaceChildren();
		try {
			const values = { receipt: question.receipt.value, secret: question.secret.value };
			found.replaceChildren(card(await call("follow", values)));
			found.focus();
		} catch (error) {
			said.textContent = error.message;
			said.hidden = false;
		}
		button.disabled = false;
	});
})();

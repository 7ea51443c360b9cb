// The public page of prints. The code comes behind "#" of the address, which browsers send to no server.
(() => {
	const texts = JSON.parse(document.body.dataset.texts);
	const form = document.getElementById("question");
	const code = document.getElementById("code");
	const file = document.getElementById("file");
	const answer = document.getElementById("answer");
	const button = form.querySelector("button");
	const PAPER = /^[a-z]{2}\d{4}[0-9a-z]{8}$/i; // number of a certificate, card or permit

	// Digests need a secure page; elsewhere the file is not asked for.
	document.getElementById("with-file").hidden = !window.crypto?.subtle;

	const arabic = (text) => text.replace(/[٠-٩]/g, (digit) => digit.charCodeAt(0) - 0x660);

	function show(state, title, facts = [], note = "") {
		answer.className = state;
		answer.querySelector("h2").textContent = title;
		answer.querySelector("p").textContent = note;
		answer
			.querySelector("dl")
			.replaceChildren(...facts.flatMap(([label, value]) => [element("dt", label), element("dd", value)]));
		answer.hidden = false;
		answer.focus();
	}

	function element(name, text) {
		const made = document.createElement(name);
		made.append(Object.assign(document.createElement("bdi"), { textContent: text }));
		return made;
	}

	async function digest_of_file() {
		if (!window.crypto?.subtle || !file.files.length) return "";
		const bytes = await crypto.subtle.digest("SHA-256", await file.files[0].arrayBuffer());
		return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
	}

	async function ask() {
		const sent = await fetch("/api/method/social_care.api.prints.verify", {
			method: "POST",
			referrerPolicy: "no-referrer",
			headers: {
				Accept: "application/json",
				"Content-Type": "application/json",
				"X-Frappe-CSRF-Token": document.body.dataset.token,
			},
			body: JSON.stringify({ code: code.value, file_digest: await digest_of_file() }),
		});
		if (sent.status === 429) return show("", texts.many);
		if (!sent.ok) return show("", texts.failed);
		const { message } = await sent.json();
		show(message.state, message.title, message.facts, texts[message.file] || "");
	}

	async function verify() {
		const signs = arabic(code.value).replace(/[^0-9a-z]/gi, "");
		if (signs.length !== 16 && !PAPER.test(signs)) return show("", texts.incomplete);
		button.disabled = true;
		try {
			await ask();
		} catch {
			show("", texts.failed);
		} finally {
			button.disabled = false;
		}
	}

	file.addEventListener("change", () => {
		const [chosen] = file.files;
		if (chosen) document.getElementById("chosen").textContent = chosen.name;
	});

	form.addEventListener("submit", (event) => {
		event.preventDefault();
		verify();
	});

	function scanned() {
		const given = decodeURIComponent(location.hash.slice(1));
		if (!given) return;
		history.replaceState(null, "", location.pathname); // nobody who sees the address later learns the code
		code.value = given.slice(0, 40);
		verify();
	}

	window.addEventListener("hashchange", scanned);
	scanned();
})();

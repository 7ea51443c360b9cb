// What the public pages of services share: calls, sentences, elements, files. No cookie is sent, so nobody is logged in here.
const citizen = (() => {
	const texts = JSON.parse(document.body.dataset.texts);
	const api = document.body.dataset.api || "social_care.api.citizens";
	const largest = Number(document.body.dataset.fileMb) * 1024 * 1024;
	const SIDE = 2000; // longest side of a picture in pixels: enough to read a paper

	const digits = (text) =>
		String(text)
			.replace(/[٠-٩]/g, (digit) => digit.charCodeAt(0) - 0x660)
			.replace(/[۰-۹]/g, (digit) => digit.charCodeAt(0) - 0x6f0);

	function element(name, attributes = {}, ...children) {
		const made = document.createElement(name);
		for (const [key, value] of Object.entries(attributes)) {
			if (key === "class") made.className = value;
			else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
			else if (value !== false && value !== null) made.setAttribute(key, value === true ? "" : value);
		}
		made.append(...children.filter((child) => child !== null));
		return made;
	}

	// What a refusal says in the user's language; the framework puts it into a list of messages.
	function sentence(answer) {
		try {
			const [first] = JSON.parse(answer._server_messages);
			const { message } = JSON.parse(first);
			return new DOMParser().parseFromString(message, "text/html").body.textContent;
		} catch {
			return texts.failed;
		}
	}

	async function call(method, values) {
		let sent;
		try {
			sent = await fetch(`/api/method/${api}.${method}`, {
				method: "POST",
				credentials: "omit",
				referrerPolicy: "no-referrer",
				headers: { Accept: "application/json", "Content-Type": "application/json" },
				body: JSON.stringify(values),
			});
		} catch {
			throw new Error(texts.failed);
		}
		const answer = await sent.json().catch(() => ({}));
		if (sent.ok) return answer.message;
		throw Object.assign(new Error(refused(sent.status, answer)), { status: sent.status });
	}

	function refused(status, answer) {
		if (status === 429) return texts.many; // the framework says it in the browser's language
		if (status === 413) return texts.file_large;
		return answer._server_messages ? sentence(answer) : texts.failed;
	}

	// A picture with no more pixels than a reader needs; anything else, or where the browser cannot, as it is.
	async function shrunk(file) {
		if (!/^image\/(jpeg|png|webp)$/.test(file.type) || !window.createImageBitmap) return file;
		try {
			const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
			const part = Math.min(1, SIDE / Math.max(picture.width, picture.height));
			if (part === 1 && file.size < 700_000) return file;
			const canvas = document.createElement("canvas");
			canvas.width = Math.round(picture.width * part);
			canvas.height = Math.round(picture.height * part);
			const sheet = canvas.getContext("2d");
			sheet.fillStyle = "#fff";
			sheet.fillRect(0, 0, canvas.width, canvas.height);
			sheet.drawImage(picture, 0, 0, canvas.width, canvas.height);
			const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));
			const name = `${file.name.replace(/\.[^.]*$/, "")}.jpg`;
			return made && made.size < file.size ? new File([made], name, { type: "image/jpeg" }) : file;
		} catch {
			return file;
		}
	}

	// fetch() tells nothing of how far an upload is, so this one way of asking is the older one.
	async function upload(values, file, progress) {
		const small = await shrunk(file);
		if (small.size > largest) throw new Error(texts.file_large);
		const form = new FormData();
		for (const [key, value] of Object.entries(values)) form.append(key, value);
		form.append("file", small, small.name);
		return new Promise((done, failed) => {
			const request = new XMLHttpRequest();
			request.open("POST", "/api/method/social_care.api.citizens.upload");
			request.setRequestHeader("Accept", "application/json");
			request.responseType = "json";
			request.upload.addEventListener("progress", ({ loaded, total }) => progress(loaded / total));
			request.addEventListener("error", () => failed(new Error(texts.file_failed)));
			request.addEventListener("load", () => {
				const answer = request.response || {};
				if (request.status === 200) done(answer.message);
				else failed(new Error(refused(request.status, answer)));
			});
			request.send(form);
		});
	}

	// Files that were chosen for a paper, as many as it takes, and their names.
	const chosen = (input, most) => [...input.files].slice(0, Number(most) || 1);
	const names = (files) => files.map((file) => file.name).join("، ");

	// One paper: its state, a bar while its files are on their way, and a button to try again from the one that failed.
	// The first file takes the place of what was there, or with `more` stands beside it.
	function send_paper(visit, request, paper, title, files, more = 0) {
		let sent = 0;
		const bar = element("progress", { max: 1, value: 0, "aria-label": title });
		const said = element("p", { role: "status" }, texts.sending);
		const box = element("div", { class: "field" }, element("b", {}, title), bar, said);
		async function begin() {
			bar.hidden = false;
			said.className = "";
			said.textContent = texts.sending;
			try {
				let answer;
				for (; sent < files.length; sent++) {
					const values = { visit, request, paper, more: more || sent ? 1 : 0 };
					answer = await upload(values, files[sent], (part) => {
						bar.value = (sent + part) / files.length;
					});
				}
				said.textContent = texts.file_sent;
				said.className = "good";
				box.dispatchEvent(new CustomEvent("arrived", { detail: answer }));
			} catch (error) {
				said.className = "wrong";
				said.replaceChildren(
					error.message,
					" ",
					element("button", { type: "button", class: "second", onclick: begin }, texts.retry)
				);
			}
			bar.hidden = true;
		}
		return { box, begin };
	}

	// Makes a form one request, however often it is sent.
	function new_key() {
		const bytes = crypto.getRandomValues(new Uint8Array(20));
		return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
	}

	const facts = (list) =>
		list.flatMap(([label, value]) => [
			element("dt", {}, label),
			element("dd", {}, element("bdi", {}, value)),
		]);

	return { texts, facts, digits, element, call, chosen, names, send_paper, new_key };
})();

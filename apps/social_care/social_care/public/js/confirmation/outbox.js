// Decisions on their way: kept on this device until the server has answered, so that a cut line loses none. The server takes the same
// decision twice as one. What is kept are codes of children and digests, no data of theirs.

const AT_ONCE = 100;
const AGAIN = 5000; // ms after a call that did not arrive

export class Outbox {
	constructor(confirmation, told) {
		this.key = `social_care_confirmation:${frappe.session.user}:${confirmation}`;
		this.confirmation = confirmation;
		this.told = told;
		this.waiting = new Map(JSON.parse(localStorage.getItem(this.key) || "[]"));
		this.heard = () => this.send();
		window.addEventListener("online", this.heard);
		if (this.waiting.size) this.send();
	}

	put(decisions) {
		decisions.forEach((decision) => this.waiting.set(decision.child, decision));
		this.keep();
		return this.send();
	}

	keep() {
		if (this.waiting.size) localStorage.setItem(this.key, JSON.stringify([...this.waiting]));
		else localStorage.removeItem(this.key);
		this.told.waiting(this.waiting.size);
	}

	// One call at a time; what is decided meanwhile goes with the next one.
	async send() {
		if (this.sending || this.ended || !this.waiting.size) return;
		this.sending = true;
		const decisions = [...this.waiting.values()].slice(0, AT_ONCE);
		try {
			const answer = await post("decide", { name: this.confirmation, decisions });
			this.sending = false;
			this.done(decisions);
			this.told.answered(answer);
			return this.send();
		} catch (failure) {
			this.sending = false;
			if (failure.refused) {
				this.done(decisions);
				return this.told.refused(failure.sentence);
			}
			this.timer = setTimeout(() => this.send(), AGAIN);
		}
	}

	// A decision that was replaced by a newer one while it was on its way still waits.
	done(decisions) {
		decisions
			.filter((decision) => this.waiting.get(decision.child) === decision)
			.forEach((decision) => this.waiting.delete(decision.child));
		this.keep();
	}

	end() {
		this.ended = true;
		clearTimeout(this.timer);
		window.removeEventListener("online", this.heard);
	}
}

// Without the framework's dialogs: a line that is cut is told once, in the head of the screen.
async function post(name, values) {
	const answer = await fetch(`/api/method/social_care.api.confirmation.${name}`, {
		method: "POST",
		headers: {
			Accept: "application/json",
			"Content-Type": "application/json",
			"X-Frappe-CSRF-Token": frappe.csrf_token,
		},
		body: JSON.stringify(values),
	});
	if (answer.ok) return (await answer.json()).message;
	if (answer.status >= 500 || answer.status === 429) throw new Error("later");
	const told = await answer.json().catch(() => ({}));
	const [first] = JSON.parse(told._server_messages || "[]");
	const sentence = first ? JSON.parse(first).message : __("The decision was refused.");
	throw Object.assign(new Error("refused"), { refused: true, sentence });
}

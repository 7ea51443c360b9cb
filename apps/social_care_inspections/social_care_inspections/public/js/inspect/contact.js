/** Calls to the server. Nothing of an answer is kept by the browser. */
const BASE = "/api/method/social_care_inspections.api.phone.";
const PATIENCE = 60_000;
let token = "";

export class Refusal extends Error {
	constructor(status, message) {
		super(message);
		this.status = status;
	}
	/** Nobody is logged in, or the session has ended. */
	get isStranger() {
		return this.status === 401 || this.stranger;
	}
}

/** The line is cut, or the server cannot answer now: everything stays as it is and is tried later. */
export class NoAnswer extends Error {}

// What a refusal says in words; the framework puts it into a list of messages.
function sentence(answer) {
	try {
		const [first] = JSON.parse(answer._server_messages);
		return new DOMParser().parseFromString(JSON.parse(first).message, "text/html").body.textContent;
	} catch {
		return "";
	}
}

async function call(method, options) {
	let sent;
	const headers = { Accept: "application/json", "Accept-Language": "ar", "X-Frappe-CSRF-Token": token };
	const signal = AbortSignal.timeout(PATIENCE);
	try {
		sent = await fetch(`${BASE}${method}`, {
			cache: "no-store",
			redirect: "error",
			signal,
			...options,
			headers: { ...headers, ...options.headers },
		});
	} catch (error) {
		throw new NoAnswer(String(error));
	}
	const answer = await sent.json().catch(() => ({}));
	if (sent.ok) return answer.message;
	if (sent.status >= 500 || sent.status === 429) throw new NoAnswer(String(sent.status));
	throw new Refusal(sent.status, sentence(answer));
}

/** What the session user takes along. Whoever is logged in gets an answer, though it may be empty. */
export async function visits() {
	try {
		const answer = await call("visits", { method: "GET" });
		token = answer.token;
		return answer;
	} catch (error) {
		throw Object.assign(error, { stranger: error.status < 500 });
	}
}

export const apply = (visit, sent) =>
	call("apply", {
		method: "POST",
		headers: { "Content-Type": "application/json" },
		body: JSON.stringify({ visit, sent }),
	});

export function photograph(visit, operation, picture) {
	const body = new FormData();
	body.append("visit", visit);
	body.append("operation", JSON.stringify(operation));
	body.append("photograph", new Blob([picture], { type: "image/jpeg" }), "photograph.jpg");
	return call("photograph", { method: "POST", body });
}

/** End the session; without a line it ends when its time is over. */
export async function logOut() {
	const headers = { "X-Frappe-CSRF-Token": token };
	await fetch("/api/method/logout", { method: "POST", headers }).catch(() => null);
}

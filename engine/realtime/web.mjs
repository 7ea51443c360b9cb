import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

const TIMEOUT_MS = 5000;
const PAUSES_MS = [500, 2000]; // before a question is put once more to a web process that was too busy to answer
const MOST_AT_ONCE = 3;
const MOST_WAITING = 2000;
const MOST_BYTES = 1 << 20;

/**
 * Asks the web process what a session may do. Every question carries the session's own cookie and the site
 * whose events are wanted, so the answer is the framework's, for that user on that site. Anything but success
 * is a refusal. A web process that does not answer in time is asked again; when it stays silent, that is one too.
 */
export class Web {
	constructor(port) {
		Object.assign(this, { port, running: 0, waiting: [] });
	}

	/** Who holds the session: `{user, user_type}`; null where there is no such session. */
	identify(session) {
		return this.#ask(session, "frappe.realtime.get_user_info", {});
	}

	/** May the session read documents of this type at all? */
	async mayReadType(session, doctype) {
		return (await this.#ask(session, "frappe.realtime.can_subscribe_doctype", { doctype })) === true;
	}

	/** May the session read this document? */
	async mayRead(session, doctype, docname) {
		return (await this.#ask(session, "frappe.realtime.can_subscribe_doc", { doctype, docname })) === true;
	}

	/** Those of the names that the session's list of this type would show. */
	async visible(session, doctype, names) {
		const filters = JSON.stringify({ name: ["in", names] });
		const parameters = { doctype, filters, fields: '["name"]', limit_page_length: names.length };
		const rows = await this.#ask(session, "frappe.client.get_list", parameters);
		return new Set(Array.isArray(rows) ? rows.map((row) => String(row.name)) : []);
	}

	async #ask(session, method, parameters) {
		if (this.waiting.length >= MOST_WAITING) return null;
		if (this.running >= MOST_AT_ONCE) await new Promise((resolve) => this.waiting.push(resolve));
		this.running += 1;
		try {
			return await this.#answer(session, method, parameters);
		} finally {
			this.running -= 1;
			this.waiting.shift()?.();
		}
	}

	async #answer(...question) {
		for (const pause of [...PAUSES_MS, null]) {
			try {
				return await this.#request(...question);
			} catch {
				if (pause !== null) await sleep(pause);
			}
		}
		return null;
	}

	#request({ site, sid, address }, method, parameters) {
		const headers = {
			host: site,
			"x-frappe-site-name": site,
			"x-forwarded-for": address,
			cookie: `sid=${sid}`,
			accept: "application/json",
		};
		const target = {
			host: "127.0.0.1",
			port: this.port,
			path: `/api/method/${method}?${new URLSearchParams(parameters)}`,
			headers,
			agent: false,
			signal: AbortSignal.timeout(TIMEOUT_MS),
		};
		return new Promise((resolve, reject) => {
			http.get(target, (response) => readMessage(response).then(resolve, reject)).on("error", reject);
		});
	}
}

async function readMessage(response) {
	let text = "";
	response.setEncoding("utf8");
	for await (const part of response) {
		text += part;
		if (text.length > MOST_BYTES) throw new Error("answer too long");
	}
	if (response.statusCode >= 500) throw new Error("no answer");
	return response.statusCode === 200 ? (JSON.parse(text).message ?? null) : null;
}
